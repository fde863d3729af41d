SELECT CAST(coalesce(sum(length(header) + coalesce(length(payload), 0)), 0) AS BIGINT) FROM events
WHERE device_id = :device_id AND verdict = 'quarantined' AND received_at >= :since
