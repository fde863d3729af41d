UPDATE cases SET assigned_to = :assigned_to, team = :team WHERE case_id = :case_id
