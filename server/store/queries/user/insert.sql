INSERT INTO users(user_id, user_name, display_name, role, team, password_hash, is_disabled, created_at, staff_no)
VALUES (:user_id, :user_name, :display_name, :role, :team, :password_hash, :is_disabled, :created_at, :staff_no)
