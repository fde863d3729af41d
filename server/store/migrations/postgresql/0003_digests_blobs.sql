-- min-compatible: 3
-- A program that does not know the sums would leave them wrong. A case without a line has not been written since; its sum is counted then.
CREATE TABLE case_digests(case_id BYTEA PRIMARY KEY, row_count BIGINT NOT NULL, digest BYTEA NOT NULL);

-- Which stored events name a recording or photo. size is what the event said.
CREATE TABLE blob_refs(
  sha256 BYTEA NOT NULL, event_id BYTEA NOT NULL, device_id BYTEA NOT NULL, case_id BYTEA, size BIGINT NOT NULL,
  PRIMARY KEY(sha256, event_id));

-- Only those whose bytes were read back and have their hash.
CREATE TABLE blobs(
  sha256 BYTEA PRIMARY KEY, size BIGINT NOT NULL, verified_at BIGINT NOT NULL, receipt BYTEA NOT NULL, receipt_sig BYTEA NOT NULL);

CREATE TABLE purge_receipts(
  device_id BYTEA NOT NULL, subject_id BYTEA NOT NULL, kind TEXT COLLATE "C" NOT NULL, case_id BYTEA, is_known BIGINT NOT NULL, received_at BIGINT NOT NULL,
  statement BYTEA NOT NULL, sig BYTEA NOT NULL, PRIMARY KEY(device_id, subject_id));

-- Whose view changed since a number: for the pokes.
CREATE INDEX ix_view_log_seq ON view_log(seq);
