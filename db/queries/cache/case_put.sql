-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO cases (id, business_no, debtor_name, portfolio, status, currency, balance_minor, overdue_minor, days_past_due, bucket, priority,
  active_flags, has_conditions, next_action_at, assigned_to, version)
VALUES (:id, :business_no, :debtor_name, :portfolio, :status, :currency, :balance_minor, :overdue_minor, :days_past_due, :bucket, :priority,
  :active_flags, :has_conditions, :next_action_at, :assigned_to, :version)
ON CONFLICT (id) DO UPDATE SET business_no = excluded.business_no, debtor_name = excluded.debtor_name, portfolio = excluded.portfolio,
  status = excluded.status, currency = excluded.currency, balance_minor = excluded.balance_minor, overdue_minor = excluded.overdue_minor,
  days_past_due = excluded.days_past_due, bucket = excluded.bucket, priority = excluded.priority, active_flags = excluded.active_flags,
  has_conditions = excluded.has_conditions,
  next_action_at = excluded.next_action_at, assigned_to = excluded.assigned_to, version = max(cases.version, excluded.version)
