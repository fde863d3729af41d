INSERT INTO blob_refs(sha256, event_id, device_id, case_id, size) VALUES (:sha256, :event_id, :device_id, :case_id, :size)
ON CONFLICT(sha256, event_id) DO NOTHING
