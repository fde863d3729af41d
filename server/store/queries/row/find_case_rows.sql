SELECT kind, id, case_id, version, body FROM projection_rows WHERE id IN (:keys) AND kind = 'case' AND body IS NOT NULL
