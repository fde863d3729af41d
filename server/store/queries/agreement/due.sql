SELECT case_id FROM agreement_times WHERE due_at <= :at ORDER BY due_at, case_id LIMIT :limit
