-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO events (id, case_id, type, at, received_at, server_seq, actor_id, party_id, contact_point_id, account_ids, channel, direction,
  initiated_by, result, right_party, duration_s, outcome, note, verdict)
VALUES (:id, :case_id, :type, :at, :received_at, :server_seq, :actor_id, :party_id, :contact_point_id, :account_ids, :channel, :direction,
  :initiated_by, :result, :right_party, :duration_s, :outcome, :note, :verdict)
ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, type = excluded.type, at = excluded.at, received_at = excluded.received_at,
  server_seq = excluded.server_seq, actor_id = excluded.actor_id, party_id = excluded.party_id, contact_point_id = excluded.contact_point_id,
  account_ids = excluded.account_ids, channel = excluded.channel, direction = excluded.direction, initiated_by = excluded.initiated_by,
  result = excluded.result, right_party = excluded.right_party, duration_s = excluded.duration_s, outcome = excluded.outcome,
  note = excluded.note, verdict = excluded.verdict
