-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, has_conditions, next_action_at FROM cases WHERE id > :after ORDER BY id LIMIT :limit
