SELECT session_id, device_id, user_id, may_pull, expires_at, is_superseded FROM sessions WHERE access_hash = :access_hash
