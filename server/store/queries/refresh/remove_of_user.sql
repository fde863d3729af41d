DELETE FROM refresh_tokens WHERE device_id IN (SELECT device_id FROM devices WHERE user_id = :user_id)
