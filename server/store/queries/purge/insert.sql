INSERT INTO purge_receipts(device_id, subject_id, kind, case_id, is_known, received_at, statement, sig)
VALUES (:device_id, :subject_id, :kind, :case_id, :is_known, :received_at, :statement, :sig)
ON CONFLICT(device_id, subject_id) DO NOTHING
