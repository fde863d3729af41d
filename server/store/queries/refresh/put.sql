INSERT INTO refresh_tokens(token_hash, device_id, expires_at) VALUES (:token_hash, :device_id, :expires_at)
ON CONFLICT(token_hash) DO UPDATE SET expires_at = excluded.expires_at
