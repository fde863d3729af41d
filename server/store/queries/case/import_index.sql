SELECT business_no, case_id, content_hash FROM cases WHERE portfolio_id = :portfolio_id ORDER BY business_no
