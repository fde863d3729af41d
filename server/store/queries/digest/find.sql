SELECT row_count, digest FROM case_digests WHERE case_id = :case_id
