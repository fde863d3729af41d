SELECT user_id FROM users WHERE team = :team AND team <> ''
