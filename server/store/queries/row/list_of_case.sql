SELECT kind, id, case_id, version, body FROM projection_rows WHERE case_id = :case_id AND body IS NOT NULL ORDER BY row_no
