-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT p.revoke_id, p.case_id, p.reopened_at IS NOT NULL,
  (SELECT count(*) FROM unreceipted u JOIN event e ON e.position = u.position WHERE e.case_id = p.case_id)
FROM purge p
WHERE p.purged_at IS NULL
ORDER BY p.begun_at
