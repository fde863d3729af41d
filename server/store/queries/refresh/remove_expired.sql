DELETE FROM refresh_tokens WHERE device_id = :device_id AND expires_at < :now
