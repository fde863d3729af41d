SELECT 1 FROM revokes WHERE revoke_id = :revoke_id AND user_id = :user_id AND case_id = :case_id
