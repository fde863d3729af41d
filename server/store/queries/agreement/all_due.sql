UPDATE agreement_times SET due_at = :at WHERE due_at > :at
