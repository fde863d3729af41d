SELECT 1 FROM assignments
WHERE case_id = :case_id AND (user_id = :user_id OR (:sees_team AND team = :team AND team <> '')) LIMIT 1
