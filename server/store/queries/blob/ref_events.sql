SELECT event_id, case_id FROM blob_refs WHERE sha256 = :sha256 AND case_id IS NOT NULL ORDER BY event_id
