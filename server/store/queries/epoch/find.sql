SELECT device_id, epoch, acked_upto, known_head_seq, known_head_hash FROM epochs WHERE device_id = :device_id AND epoch = :epoch
