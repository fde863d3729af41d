INSERT INTO blobs(sha256, size, verified_at, receipt, receipt_sig) VALUES (:sha256, :size, :verified_at, :receipt, :receipt_sig)
ON CONFLICT(sha256) DO NOTHING
