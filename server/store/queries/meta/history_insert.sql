INSERT INTO schema_history(version, name, sha256, min_compatible, applied_at) VALUES (:version, :name, :sha256, :min_compatible, :applied_at)
