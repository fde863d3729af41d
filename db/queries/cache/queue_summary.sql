-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT CASE WHEN next_action_at <= :callback_until THEN 0 WHEN promise_due_on <= :today THEN 1 WHEN promise_broken_on IS NOT NULL THEN 2 ELSE 3 END AS bucket_no,
  currency, count(*), sum(balance_minor)
FROM cases
WHERE status = 'open' AND (:assigned_to IS NULL OR assigned_to = :assigned_to)
GROUP BY bucket_no, currency
