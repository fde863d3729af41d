-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT draft_id, case_id, form, body, saved_at FROM draft WHERE case_id = :case_id ORDER BY saved_at, draft_id
