-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, user_name, display_name, role, team, staff_no FROM users ORDER BY display_name, user_name
