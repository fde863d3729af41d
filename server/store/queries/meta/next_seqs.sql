UPDATE sequences SET last_value = last_value + :count WHERE name = 'server_seq' RETURNING last_value
