INSERT INTO agreement_times(case_id, due_at) VALUES (:case_id, :due_at)
ON CONFLICT(case_id) DO UPDATE SET due_at = excluded.due_at
