-- min-compatible: 3
-- A program that does not know the sums would leave them wrong. A case without a line has not been written since; its sum is counted then.
CREATE TABLE case_digests(case_id BLOB PRIMARY KEY, row_count INTEGER NOT NULL, digest BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Which stored events name a recording or photo. size is what the event said.
CREATE TABLE blob_refs(
  sha256 BLOB NOT NULL, event_id BLOB NOT NULL, device_id BLOB NOT NULL, case_id BLOB, size INTEGER NOT NULL,
  PRIMARY KEY(sha256, event_id)) STRICT, WITHOUT ROWID;

-- Only those whose bytes were read back and have their hash.
CREATE TABLE blobs(
  sha256 BLOB PRIMARY KEY, size INTEGER NOT NULL, verified_at INTEGER NOT NULL, receipt BLOB NOT NULL, receipt_sig BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE purge_receipts(
  device_id BLOB NOT NULL, subject_id BLOB NOT NULL, kind TEXT NOT NULL, case_id BLOB, is_known INTEGER NOT NULL, received_at INTEGER NOT NULL,
  statement BLOB NOT NULL, sig BLOB NOT NULL, PRIMARY KEY(device_id, subject_id)) STRICT, WITHOUT ROWID;

-- Whose view changed since a number: for the pokes.
CREATE INDEX ix_view_log_seq ON view_log(seq);
