-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT draft_id, case_id, form, body, saved_at FROM draft ORDER BY saved_at DESC, draft_id
