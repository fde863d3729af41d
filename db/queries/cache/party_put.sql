-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO parties (id, case_id, role, name, person_key) VALUES (:id, :case_id, :role, :name, :person_key)
ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, role = excluded.role, name = excluded.name, person_key = excluded.person_key
