SELECT server_seq, event_id, device_id, epoch, seq, case_id, actor_id, type, occurred_at, received_at, header, hash, sig, payload, salt, verdict, reason, flags, receipt, receipt_sig FROM events
WHERE type = :type AND verdict = 'accepted' AND occurred_at >= :from AND occurred_at < :to ORDER BY server_seq
