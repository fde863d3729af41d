-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT e.id, e.type, e.at, e.received_at, e.actor_id, u.display_name, e.case_id, c.business_no, c.debtor_name, e.channel, e.direction, e.result,
  e.outcome, e.duration_s, e.right_party, e.verdict, e.note
FROM events e LEFT JOIN users u ON u.id = e.actor_id LEFT JOIN cases c ON c.id = e.case_id
WHERE e.channel IS NOT NULL AND e.at >= :from AND e.at < :to
  AND (:actor_id IS NULL OR e.actor_id = :actor_id)
  AND (:outcome = '' OR e.outcome = :outcome)
  AND (:text = '' OR instr(e.note, :text) > 0 OR instr(c.business_no, :text) > 0 OR instr(c.debtor_name, :text) > 0)
ORDER BY e.at DESC, e.server_seq DESC
LIMIT :limit OFFSET :offset
