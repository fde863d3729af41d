UPDATE assignments SET to_seq = :to_seq WHERE case_id = :case_id AND to_seq IS NULL
