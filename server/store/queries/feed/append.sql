INSERT INTO view_log(user_id, seq, case_id, op) VALUES (:user_id, :seq, :case_id, :op)
ON CONFLICT(user_id, seq, case_id) DO UPDATE SET op = excluded.op WHERE excluded.op <> 2
