INSERT INTO projection_rows(kind, id, case_id, version, body) VALUES (:kind, :id, :case_id, :version, :body)
ON CONFLICT(id, kind) DO UPDATE SET version = excluded.version, body = excluded.body WHERE projection_rows.case_id IS NOT DISTINCT FROM excluded.case_id
