-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT value FROM contact_points WHERE case_id = :case_id AND kind IN ('mobile', 'landline') ORDER BY id
