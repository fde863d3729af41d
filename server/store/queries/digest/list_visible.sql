SELECT c.case_id, d.row_count, d.digest FROM cases c LEFT JOIN case_digests d ON d.case_id = c.case_id
WHERE c.assigned_to = :user_id OR (:sees_team AND c.team = :team AND c.team <> '')
