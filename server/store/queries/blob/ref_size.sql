SELECT size FROM blob_refs WHERE sha256 = :sha256 AND device_id = :device_id ORDER BY event_id LIMIT 1
