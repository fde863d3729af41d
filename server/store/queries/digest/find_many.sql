SELECT case_id, row_count, digest FROM case_digests WHERE case_id IN (:keys)
