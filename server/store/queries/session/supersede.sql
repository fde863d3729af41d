UPDATE sessions SET is_superseded = 1 WHERE device_id = :device_id AND is_superseded = 0
