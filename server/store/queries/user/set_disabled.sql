UPDATE users SET is_disabled = :is_disabled WHERE user_id = :user_id
