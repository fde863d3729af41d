INSERT INTO cases(case_id, portfolio_id, business_no, content_hash, status, balance_minor, days_past_due, region)
VALUES (:case_id, :portfolio_id, :business_no, :content_hash, :status, :balance_minor, :days_past_due, :region)
