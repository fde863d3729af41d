SELECT p.row_no, p.kind, p.id, p.case_id, p.version, p.body FROM projection_rows p
JOIN users u ON u.user_id = p.id
WHERE p.kind = 'user' AND p.case_id IS NULL AND p.row_no > :after AND (:any_version OR p.version = :seq) AND p.body IS NOT NULL
  AND (u.user_id = :user_id OR (u.team = :team AND u.team <> ''))
ORDER BY p.row_no LIMIT :limit
