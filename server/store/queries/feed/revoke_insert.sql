INSERT INTO revokes(revoke_id, user_id, case_id, seq, statement, sig) VALUES (:revoke_id, :user_id, :case_id, :seq, :statement, :sig)
