INSERT INTO case_digests(case_id, row_count, digest) VALUES (:case_id, :row_count, :digest)
ON CONFLICT(case_id) DO UPDATE SET row_count = excluded.row_count, digest = excluded.digest
