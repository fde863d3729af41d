SELECT 1 FROM cases
WHERE case_id = :case_id AND (assigned_to = :user_id OR (:sees_team AND team = :team AND team <> ''))
