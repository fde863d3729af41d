-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT lease_until FROM lease WHERE case_id IN (:case_id, x'') ORDER BY length(case_id) DESC LIMIT 1
