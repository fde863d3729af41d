-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO draft (draft_id, case_id, form, body, saved_at) VALUES (:draft_id, :case_id, :form, :body, :saved_at)
ON CONFLICT (draft_id) DO UPDATE SET case_id = excluded.case_id, form = excluded.form, body = excluded.body, saved_at = excluded.saved_at
