INSERT INTO settings(name, value) VALUES (:name, :value)
