SELECT case_id, portfolio_id, business_no, content_hash, status, balance_minor, days_past_due, region, assigned_to, team FROM cases
WHERE portfolio_id = :portfolio_id AND assigned_to IS NULL AND status = 'open'
ORDER BY days_past_due DESC, business_no LIMIT :limit
