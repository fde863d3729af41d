SELECT u.user_id FROM users u
WHERE u.user_id = :assigned_to OR (u.team = :team AND :team <> '' AND u.role IN ('supervisor', 'qa'))
