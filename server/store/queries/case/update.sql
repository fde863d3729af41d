UPDATE cases SET content_hash = :content_hash, status = :status, balance_minor = :balance_minor, days_past_due = :days_past_due, region = :region
WHERE case_id = :case_id
