-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- min-compatible: 1

-- Recordings and photos: when the server proved that it has them, and when the file here was removed after that.
ALTER TABLE blob ADD COLUMN receipt_at INTEGER;
ALTER TABLE blob ADD COLUMN removed_at INTEGER;
CREATE INDEX ix_blob_unsent ON blob (event_id) WHERE receipt IS NULL;

-- A case that was taken away: when the cache had forgotten it, too, and what this device signs about it.
ALTER TABLE purge ADD COLUMN purged_at INTEGER;
ALTER TABLE purge ADD COLUMN receipt BLOB;
ALTER TABLE purge ADD COLUMN receipt_sig BLOB;
CREATE INDEX ix_purge_unsent ON purge (begun_at) WHERE sent_at IS NULL;

-- What the server answered to an attempt that brought no receipts, for the Sync page.
ALTER TABLE attempt ADD COLUMN detail TEXT;
