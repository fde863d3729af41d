-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO contact_points (id, case_id, party_id, kind, value, source, status, time_zone)
VALUES (:id, :case_id, :party_id, :kind, :value, :source, :status, :time_zone)
ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, party_id = excluded.party_id, kind = excluded.kind, value = excluded.value,
  source = excluded.source, status = excluded.status, time_zone = excluded.time_zone
