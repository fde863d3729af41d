SELECT user_id, user_name, display_name, role, team, password_hash, is_disabled, created_at, staff_no FROM users WHERE user_id = :user_id
