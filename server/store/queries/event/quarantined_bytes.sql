SELECT CAST(coalesce(sum(kept.bytes), 0) AS BIGINT) FROM (
  SELECT length(header) + coalesce(length(payload), 0) AS bytes FROM events
  WHERE device_id = :device_id AND verdict = 'quarantined' AND received_at >= :since
  UNION ALL
  SELECT length(header) + coalesce(length(payload), 0) AS bytes FROM event_conflicts
  WHERE device_id = :device_id AND received_at >= :since) AS kept
