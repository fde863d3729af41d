-- min-compatible: 5
-- A program that does not settle promises would leave these days behind. due_at: when time alone changes something about the promises or the plan
-- of the case next.
CREATE TABLE agreement_times(case_id BLOB PRIMARY KEY, due_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX ix_agreement_times_due_at ON agreement_times(due_at);
