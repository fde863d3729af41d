INSERT INTO projection_rows(kind, id, case_id, version, body) VALUES (:kind, :id, :case_id, :version, :body)
