SELECT row_no, kind, id, case_id, version, body FROM projection_rows
WHERE case_id = :case_id AND row_no > :after AND version = :seq ORDER BY row_no LIMIT :limit
