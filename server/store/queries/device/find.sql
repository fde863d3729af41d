SELECT device_id, user_id, public_key, label, enrolled_at FROM devices WHERE device_id = :device_id
