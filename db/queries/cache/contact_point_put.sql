-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO contact_points (id, case_id, party_id, kind, value) VALUES (:id, :case_id, :party_id, :kind, :value)
ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, party_id = excluded.party_id, kind = excluded.kind, value = excluded.value
