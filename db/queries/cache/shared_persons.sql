-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT DISTINCT p.case_id FROM parties p
WHERE p.person_key IN (SELECT person_key FROM parties WHERE person_key <> '' GROUP BY person_key HAVING count(DISTINCT case_id) > 1)
