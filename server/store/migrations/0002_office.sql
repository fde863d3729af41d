-- min-compatible: 1
-- What agents must say of themselves on the telephone. The names of the office stand in settings, "office.…".
ALTER TABLE users ADD COLUMN staff_no TEXT NOT NULL DEFAULT '';
