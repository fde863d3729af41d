-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT c.id, c.business_no, c.debtor_name, c.portfolio, c.status, c.currency, c.balance_minor, c.overdue_minor, c.days_past_due, c.bucket, c.priority,
  c.active_flags, c.next_action_at, c.promise_due_on, c.promise_broken_on, c.assigned_to, c.version
FROM cases c
WHERE c.id IN (SELECT p.case_id FROM parties p WHERE p.person_key = :person_key AND p.person_key <> '') AND c.id <> :except
ORDER BY c.status <> 'open', c.balance_minor DESC, c.ref
