DELETE FROM sessions WHERE device_id = :device_id AND expires_at < :before
