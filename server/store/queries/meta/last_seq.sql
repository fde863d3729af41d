SELECT last_value FROM sequences WHERE name = 'server_seq'
