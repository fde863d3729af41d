-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT name FROM parties WHERE case_id = :case_id ORDER BY role <> 'debtor', id
