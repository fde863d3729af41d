-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT c.id, c.business_no, c.debtor_name, c.portfolio, c.status, c.currency, c.balance_minor, c.overdue_minor, c.days_past_due, c.bucket, c.priority,
  c.active_flags, c.next_action_at, c.promise_due_on, c.promise_broken_on, c.assigned_to, c.version
FROM cases c
WHERE c.status = 'open' AND (:assigned_to IS NULL OR c.assigned_to = :assigned_to)
  AND c.next_action_at <= :callback_until
ORDER BY c.next_action_at, c.priority DESC, c.ref
LIMIT :limit OFFSET :offset
