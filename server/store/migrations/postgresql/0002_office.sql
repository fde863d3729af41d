-- min-compatible: 1
-- As the SQLite one.
ALTER TABLE users ADD COLUMN staff_no TEXT COLLATE "C" NOT NULL DEFAULT '';
