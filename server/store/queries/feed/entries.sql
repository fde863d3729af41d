SELECT seq, case_id, op FROM view_log
WHERE user_id = :user_id AND (seq, case_id) > (:seq, :case_id) AND seq <= :upto
ORDER BY seq, case_id LIMIT :limit
