SELECT seq, case_id, op FROM view_log WHERE user_id = :user_id AND seq = :seq AND case_id = :case_id
