-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- min-compatible: 1

-- Ids are stored as their 16 bytes: this file is rebuilt at will, and half the size is half the start-up time.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Where the pull stands: one row.
CREATE TABLE sync_state (
  id               INTEGER PRIMARY KEY CHECK (id = 1),
  scope_epoch      INTEGER NOT NULL,
  cursor           TEXT NOT NULL,
  upto             INTEGER NOT NULL,
  staging_complete INTEGER NOT NULL,
  applied_at       INTEGER
) STRICT;
INSERT INTO sync_state (id, scope_epoch, cursor, upto, staging_complete) VALUES (1, 0, '', 0, 0);

-- Pages of a checkpoint that is not complete yet, each as the operations arrived.
CREATE TABLE staging (
  page INTEGER PRIMARY KEY,
  ops  BLOB NOT NULL
) STRICT;

-- Everything the server said, verbatim. A row belongs to a case, or to none (empty case_id).
CREATE TABLE row (
  case_id BLOB NOT NULL,
  kind    TEXT NOT NULL,
  id      BLOB NOT NULL,
  version INTEGER NOT NULL,
  body    BLOB NOT NULL,
  UNIQUE (case_id, kind, id)
) STRICT;

CREATE INDEX ix_row_kind ON row (kind) WHERE length(case_id) = 0;

CREATE TABLE lease (
  case_id     BLOB PRIMARY KEY,                -- empty: all cases without a row of their own
  lease_until INTEGER NOT NULL
) STRICT;

-- What lists, filters and search need, taken from the bodies above in the same transaction.
CREATE TABLE cases (
  ref               INTEGER PRIMARY KEY,
  id                BLOB NOT NULL UNIQUE,
  business_no       TEXT NOT NULL,
  debtor_name       TEXT NOT NULL,
  portfolio         TEXT NOT NULL,
  status            TEXT NOT NULL,
  currency          TEXT NOT NULL,
  balance_minor     INTEGER NOT NULL,
  overdue_minor     INTEGER NOT NULL,
  days_past_due     INTEGER NOT NULL,
  bucket            TEXT NOT NULL,
  priority          INTEGER NOT NULL,
  active_flags      INTEGER NOT NULL,
  next_action_at    INTEGER,
  promise_due_on    INTEGER,                   -- day number of the earliest open promise
  promise_broken_on INTEGER,                   -- day number of the latest broken one, unless a later one is open or kept
  assigned_to       BLOB,
  version           INTEGER NOT NULL           -- highest version among the rows of the case
) STRICT;

CREATE INDEX ix_cases_queue ON cases (status, priority DESC, days_past_due DESC, ref);
-- The summary of Today reads this index only.
CREATE INDEX ix_cases_summary ON cases (status, assigned_to, next_action_at, promise_due_on, promise_broken_on, currency, balance_minor);
CREATE INDEX ix_cases_next_action_at ON cases (next_action_at) WHERE next_action_at IS NOT NULL;
CREATE INDEX ix_cases_promise_due_on ON cases (promise_due_on) WHERE promise_due_on IS NOT NULL;
CREATE INDEX ix_cases_promise_broken_on ON cases (promise_broken_on) WHERE promise_broken_on IS NOT NULL;

CREATE TABLE parties (
  id         BLOB PRIMARY KEY,
  case_id    BLOB NOT NULL,
  role       TEXT NOT NULL,
  name       TEXT NOT NULL,
  person_key TEXT NOT NULL
) STRICT;
CREATE INDEX ix_parties_case_id ON parties (case_id);
CREATE INDEX ix_parties_person_key ON parties (person_key) WHERE person_key <> '';

CREATE TABLE contact_points (
  id       BLOB PRIMARY KEY,
  case_id  BLOB NOT NULL,
  party_id BLOB NOT NULL,
  kind     TEXT NOT NULL,
  value    TEXT NOT NULL
) STRICT;
CREATE INDEX ix_contact_points_case_id ON contact_points (case_id);

CREATE TABLE promises (
  id      BLOB PRIMARY KEY,
  case_id BLOB NOT NULL,
  state   TEXT NOT NULL,
  due_on  INTEGER NOT NULL
) STRICT;
CREATE INDEX ix_promises_case_id ON promises (case_id, due_on);

-- Echoes of events; the members of contacts are NULL for other types.
CREATE TABLE events (
  id               BLOB PRIMARY KEY,
  case_id          BLOB NOT NULL,
  type             TEXT NOT NULL,
  at               INTEGER NOT NULL,           -- of a contact its start, else when it was recorded
  received_at      INTEGER NOT NULL,
  server_seq       INTEGER NOT NULL,
  actor_id         BLOB NOT NULL,
  party_id         BLOB,
  contact_point_id BLOB,
  account_ids      BLOB,                       -- 16 bytes each
  channel          TEXT,
  direction        TEXT,
  initiated_by     TEXT,
  result           TEXT,
  right_party      INTEGER,
  duration_s       INTEGER,
  outcome          TEXT,
  note             TEXT NOT NULL,
  verdict          TEXT NOT NULL
) STRICT;
CREATE INDEX ix_events_case_id ON events (case_id, at);
CREATE INDEX ix_events_contacts ON events (at DESC, server_seq DESC) WHERE channel IS NOT NULL;

CREATE TABLE users (
  id           BLOB PRIMARY KEY,
  user_name    TEXT NOT NULL,
  display_name TEXT NOT NULL,
  role         TEXT NOT NULL,
  team         TEXT NOT NULL
) STRICT;

-- Search: the folded texts of a case, and every key under which it can be found (db/searchkeys.h). A query word finds the keys
-- that begin with it, so one range of this table answers each keystroke.
CREATE TABLE search_doc (
  ref     INTEGER PRIMARY KEY,
  names   TEXT NOT NULL,                       -- one per line
  numbers TEXT NOT NULL
) STRICT;

CREATE TABLE search_key (
  key TEXT NOT NULL,
  ref INTEGER NOT NULL,
  PRIMARY KEY (key, ref)
) STRICT, WITHOUT ROWID;
