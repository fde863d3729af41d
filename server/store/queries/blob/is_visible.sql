SELECT 1 FROM blob_refs r JOIN cases c ON c.case_id = r.case_id
WHERE r.sha256 = :sha256 AND (c.assigned_to = :user_id OR (:sees_team AND c.team = :team AND c.team <> '')) LIMIT 1
