UPDATE sequences SET last_value = last_value + 1 WHERE name = 'server_seq' RETURNING last_value
