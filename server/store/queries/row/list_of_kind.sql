SELECT kind, id, case_id, version, body FROM projection_rows WHERE kind = :kind AND body IS NOT NULL ORDER BY row_no
