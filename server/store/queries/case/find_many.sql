SELECT case_id, portfolio_id, business_no, content_hash, status, balance_minor, days_past_due, region, assigned_to, team FROM cases WHERE case_id IN (:keys)
