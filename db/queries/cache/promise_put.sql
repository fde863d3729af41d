-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO promises (id, case_id, state, due_on) VALUES (:id, :case_id, :state, :due_on)
ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, state = excluded.state, due_on = excluded.due_on
