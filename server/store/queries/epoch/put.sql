INSERT INTO epochs(device_id, epoch, acked_upto, known_head_seq, known_head_hash) VALUES (:device_id, :epoch, :acked_upto, :known_head_seq, :known_head_hash)
ON CONFLICT(device_id, epoch) DO UPDATE SET acked_upto = excluded.acked_upto, known_head_seq = excluded.known_head_seq,
  known_head_hash = excluded.known_head_hash
