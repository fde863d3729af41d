INSERT INTO devices(device_id, user_id, public_key, label, enrolled_at) VALUES (:device_id, :user_id, :public_key, :label, :enrolled_at)
