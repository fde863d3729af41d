SELECT r.revoke_id, r.case_id, r.seq, r.statement, r.sig FROM revokes r
WHERE r.user_id = :user_id
  AND NOT EXISTS (SELECT 1 FROM purge_receipts p WHERE p.device_id = :device_id AND p.subject_id = r.revoke_id)
  AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.case_id = r.case_id AND (c.assigned_to = :user_id OR (:sees_team AND c.team = :team AND c.team <> '')))
ORDER BY r.seq, r.case_id
