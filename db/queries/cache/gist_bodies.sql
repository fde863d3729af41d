-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT c.id, r.body FROM cases c JOIN row r ON r.case_id = c.id AND r.kind = 'case' AND r.id = c.id
WHERE c.id BETWEEN :first AND :last AND c.has_conditions <> 0
ORDER BY c.id
