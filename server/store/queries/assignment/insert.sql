INSERT INTO assignments(case_id, from_seq, user_id, team) VALUES (:case_id, :from_seq, :user_id, :team)
