INSERT INTO events(server_seq, event_id, device_id, epoch, seq, case_id, actor_id, type, occurred_at, received_at, header, hash, sig, payload, salt, verdict, reason, flags, receipt, receipt_sig)
VALUES (:server_seq, :event_id, :device_id, :epoch, :seq, :case_id, :actor_id, :type, :occurred_at, :received_at, :header, :hash, :sig, :payload, :salt, :verdict, :reason, :flags, :receipt, :receipt_sig)
