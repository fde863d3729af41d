SELECT expires_at FROM refresh_tokens WHERE token_hash = :token_hash AND device_id = :device_id
