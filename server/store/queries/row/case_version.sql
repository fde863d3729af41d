SELECT max(version) FROM projection_rows WHERE case_id = :case_id
