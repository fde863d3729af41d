-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, case_id, is_plan FROM requests ORDER BY requested_at, id LIMIT :limit
