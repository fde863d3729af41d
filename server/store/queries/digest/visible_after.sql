SELECT case_id FROM cases
WHERE case_id > :after AND (assigned_to = :user_id OR (:sees_team AND team = :team AND team <> ''))
ORDER BY case_id LIMIT :limit
