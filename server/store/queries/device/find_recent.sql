SELECT device_id, user_id, public_key, label, enrolled_at FROM devices
WHERE user_id = :user_id AND public_key = :public_key AND enrolled_at >= :since ORDER BY enrolled_at DESC LIMIT 1
