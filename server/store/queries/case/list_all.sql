SELECT case_id, portfolio_id, business_no, content_hash, status, balance_minor, days_past_due, region, assigned_to, team FROM cases
WHERE :portfolio_id IS NULL OR portfolio_id = :portfolio_id ORDER BY portfolio_id, business_no
