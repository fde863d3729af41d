SELECT COUNT(*), COALESCE(MAX(occurred_at), 0) FROM events
WHERE case_id = :case_id AND device_id = :device_id AND type = 'call' AND occurred_at >= :since
