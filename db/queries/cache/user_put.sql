-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO users (id, user_name, display_name, role, team, staff_no) VALUES (:id, :user_name, :display_name, :role, :team, :staff_no)
ON CONFLICT (id) DO UPDATE SET user_name = excluded.user_name, display_name = excluded.display_name, role = excluded.role, team = excluded.team,
  staff_no = excluded.staff_no
