SELECT size, verified_at, receipt, receipt_sig FROM blobs WHERE sha256 = :sha256
