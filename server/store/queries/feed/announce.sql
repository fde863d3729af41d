INSERT INTO view_log(user_id, seq, case_id, op)
SELECT u.user_id, :seq, c.case_id, 2 FROM cases c
JOIN users u ON u.user_id = c.assigned_to OR (u.team = c.team AND c.team <> '' AND u.role IN ('supervisor', 'qa'))
WHERE c.case_id = :case_id
ON CONFLICT(user_id, seq, case_id) DO NOTHING
