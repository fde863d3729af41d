-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, body FROM row WHERE length(case_id) = 0 AND kind = :kind ORDER BY id
