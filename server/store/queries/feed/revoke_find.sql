SELECT revoke_id, statement, sig FROM revokes WHERE user_id = :user_id AND case_id = :case_id AND seq = :seq
