SELECT version, min_compatible FROM schema_history ORDER BY version DESC LIMIT 1
