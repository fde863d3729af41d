INSERT INTO sessions(session_id, device_id, user_id, may_pull, access_hash, opened_at, expires_at)
VALUES (:session_id, :device_id, :user_id, :may_pull, :access_hash, :opened_at, :expires_at)
