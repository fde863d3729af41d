INSERT INTO view_log(user_id, seq, case_id, op)
SELECT :user_id, :seq, case_id, 1 FROM cases WHERE team = :team AND team <> ''
