-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO parties (id, case_id, role, name, person_key, time_zone, opted_out)
VALUES (:id, :case_id, :role, :name, :person_key, :time_zone, :opted_out)
ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, role = excluded.role, name = excluded.name, person_key = excluded.person_key,
  time_zone = excluded.time_zone, opted_out = excluded.opted_out
