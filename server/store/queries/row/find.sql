SELECT kind, id, case_id, version, body FROM projection_rows WHERE id = :id AND kind = :kind AND body IS NOT NULL
