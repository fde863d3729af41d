-- min-compatible: 1
-- Ids are 16 bytes; times are milliseconds UTC; money is minor units.
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE sequences(name TEXT PRIMARY KEY, last_value INTEGER NOT NULL) STRICT;
INSERT INTO sequences(name, last_value) VALUES ('server_seq', 0);

CREATE TABLE users(
  user_id BLOB PRIMARY KEY, user_name TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, role TEXT NOT NULL, team TEXT NOT NULL,
  password_hash TEXT NOT NULL, is_disabled INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL) STRICT;
CREATE INDEX ix_users_team ON users(team);

CREATE TABLE devices(
  device_id BLOB PRIMARY KEY, user_id BLOB NOT NULL REFERENCES users(user_id), public_key BLOB NOT NULL, label TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL) STRICT;
CREATE INDEX ix_devices_user_id ON devices(user_id);

CREATE TABLE sessions(
  session_id BLOB PRIMARY KEY, device_id BLOB NOT NULL REFERENCES devices(device_id), user_id BLOB NOT NULL, may_pull INTEGER NOT NULL,
  access_hash BLOB NOT NULL UNIQUE, opened_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, is_superseded INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX ix_sessions_device_id ON sessions(device_id);

CREATE TABLE refresh_tokens(
  token_hash BLOB PRIMARY KEY, device_id BLOB NOT NULL REFERENCES devices(device_id), expires_at INTEGER NOT NULL) STRICT;
CREATE INDEX ix_refresh_tokens_device_id ON refresh_tokens(device_id);

CREATE TABLE portfolios(portfolio_id BLOB PRIMARY KEY, name TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL) STRICT;

CREATE TABLE cases(
  case_id BLOB PRIMARY KEY, portfolio_id BLOB NOT NULL REFERENCES portfolios(portfolio_id), business_no TEXT NOT NULL,
  content_hash BLOB NOT NULL, status TEXT NOT NULL, balance_minor INTEGER NOT NULL, days_past_due INTEGER NOT NULL, region TEXT NOT NULL,
  assigned_to BLOB, team TEXT NOT NULL DEFAULT '', UNIQUE(portfolio_id, business_no)) STRICT;
CREATE INDEX ix_cases_assigned_to ON cases(assigned_to);
CREATE INDEX ix_cases_team ON cases(team);

-- Who had which case when: [from_seq, to_seq).
CREATE TABLE assignments(
  case_id BLOB NOT NULL, from_seq INTEGER NOT NULL, user_id BLOB NOT NULL, team TEXT NOT NULL, to_seq INTEGER,
  PRIMARY KEY(case_id, from_seq)) STRICT, WITHOUT ROWID;

-- row_no orders the rows of a case for paging; an update keeps it.
CREATE TABLE projection_rows(
  row_no INTEGER PRIMARY KEY, kind TEXT NOT NULL, id BLOB NOT NULL, case_id BLOB, version INTEGER NOT NULL, body TEXT,
  UNIQUE(id, kind)) STRICT;
CREATE INDEX ix_projection_rows_case_id ON projection_rows(case_id);

CREATE TABLE events(
  server_seq INTEGER PRIMARY KEY, event_id BLOB NOT NULL UNIQUE, device_id BLOB NOT NULL, epoch BLOB NOT NULL, seq INTEGER NOT NULL,
  case_id BLOB, actor_id BLOB, type TEXT NOT NULL, occurred_at INTEGER NOT NULL, received_at INTEGER NOT NULL, header BLOB NOT NULL,
  hash BLOB NOT NULL, sig BLOB NOT NULL, payload BLOB, salt BLOB, verdict TEXT NOT NULL, reason TEXT, flags TEXT NOT NULL,
  receipt BLOB NOT NULL, receipt_sig BLOB NOT NULL, UNIQUE(device_id, epoch, seq)) STRICT;
CREATE INDEX ix_events_type_occurred_at ON events(type, occurred_at);
CREATE INDEX ix_events_case_id ON events(case_id);

-- What clashed with a stored event: both byte strings are kept.
CREATE TABLE event_conflicts(
  server_seq INTEGER PRIMARY KEY, event_id BLOB NOT NULL, device_id BLOB NOT NULL, epoch BLOB NOT NULL, seq INTEGER NOT NULL,
  case_id BLOB, actor_id BLOB, type TEXT NOT NULL, occurred_at INTEGER NOT NULL, received_at INTEGER NOT NULL, header BLOB NOT NULL,
  hash BLOB NOT NULL, sig BLOB NOT NULL, payload BLOB, salt BLOB, verdict TEXT NOT NULL, reason TEXT, flags TEXT NOT NULL,
  receipt BLOB NOT NULL, receipt_sig BLOB NOT NULL, UNIQUE(event_id, hash)) STRICT;

CREATE TABLE epochs(
  device_id BLOB NOT NULL, epoch BLOB NOT NULL, acked_upto INTEGER NOT NULL, known_head_seq INTEGER NOT NULL, known_head_hash BLOB,
  PRIMARY KEY(device_id, epoch)) STRICT, WITHOUT ROWID;

-- op: 1 grant, 2 change, 3 revoke. case_id of 16 zero bytes: rows without a case.
CREATE TABLE view_log(
  user_id BLOB NOT NULL, seq INTEGER NOT NULL, case_id BLOB NOT NULL, op INTEGER NOT NULL,
  PRIMARY KEY(user_id, seq, case_id)) STRICT, WITHOUT ROWID;

CREATE TABLE revokes(
  revoke_id BLOB PRIMARY KEY, user_id BLOB NOT NULL, case_id BLOB NOT NULL, seq INTEGER NOT NULL, statement BLOB NOT NULL, sig BLOB NOT NULL,
  UNIQUE(user_id, case_id, seq)) STRICT;
