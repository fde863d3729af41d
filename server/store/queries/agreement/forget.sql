DELETE FROM agreement_times WHERE case_id = :case_id
