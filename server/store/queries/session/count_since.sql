SELECT count(*) FROM sessions WHERE device_id = :device_id AND opened_at >= :since
