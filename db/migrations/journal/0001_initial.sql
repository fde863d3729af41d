-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- min-compatible: 1

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- What was recorded. Insert only: the triggers below forbid everything but the erasure of content.
CREATE TABLE event (
  position       INTEGER PRIMARY KEY,          -- order of saving over all epochs
  epoch          TEXT NOT NULL,
  seq            INTEGER NOT NULL,
  event_id       TEXT NOT NULL UNIQUE,
  type           TEXT NOT NULL,
  case_id        TEXT,
  saved_at       INTEGER NOT NULL,             -- UTC milliseconds
  hlc            TEXT NOT NULL,
  header         BLOB NOT NULL,
  hash           BLOB NOT NULL,
  sig            BLOB NOT NULL,
  seal_key_id    TEXT,
  payload_sealed BLOB,
  payload_local  BLOB,                         -- salt (32 bytes) and payload
  UNIQUE (epoch, seq)
) STRICT;

CREATE INDEX ix_event_case_id ON event (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX ix_event_saved_at ON event (saved_at);

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are never deleted');
END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
WHEN NOT (NEW.position IS OLD.position AND NEW.epoch IS OLD.epoch AND NEW.seq IS OLD.seq AND NEW.event_id IS OLD.event_id
          AND NEW.type IS OLD.type AND NEW.case_id IS OLD.case_id AND NEW.saved_at IS OLD.saved_at AND NEW.hlc IS OLD.hlc
          AND NEW.header IS OLD.header AND NEW.hash IS OLD.hash AND NEW.sig IS OLD.sig AND NEW.seal_key_id IS OLD.seal_key_id
          AND NEW.payload_local IS NULL AND (NEW.payload_sealed IS NULL OR NEW.payload_sealed IS OLD.payload_sealed))
BEGIN
  SELECT RAISE(ABORT, 'events are never changed');
END;

-- What the server answered. The newest row of an event counts; older ones are kept.
CREATE TABLE receipt (
  id          INTEGER PRIMARY KEY,
  event_id    TEXT NOT NULL,
  verdict     TEXT NOT NULL,
  reason      TEXT,
  log_id      TEXT,
  receipt     BLOB NOT NULL,
  receipt_sig BLOB NOT NULL,
  stored_at   INTEGER NOT NULL,
  UNIQUE (event_id, receipt)
) STRICT;

CREATE INDEX ix_receipt_quarantined ON receipt (event_id) WHERE verdict = 'quarantined';

-- Which events have no receipt: an index kept by triggers, so that it cannot disagree with the two tables above. The server
-- may also say that it lost one (a restore); then it stands here again until the next receipt.
CREATE TABLE unreceipted (
  position INTEGER PRIMARY KEY
) STRICT;

CREATE TRIGGER event_waits AFTER INSERT ON event
BEGIN
  INSERT INTO unreceipted (position) VALUES (NEW.position);
END;

CREATE TRIGGER receipt_settles AFTER INSERT ON receipt
BEGIN
  DELETE FROM unreceipted WHERE position = (SELECT position FROM event WHERE event_id = NEW.event_id);
END;

CREATE TABLE proof (
  event_id  TEXT NOT NULL,
  log_id    TEXT NOT NULL,
  tree_size INTEGER NOT NULL,
  proven_at INTEGER NOT NULL,
  PRIMARY KEY (event_id, log_id)
) STRICT;

CREATE TABLE draft (
  draft_id TEXT PRIMARY KEY,
  case_id  TEXT,
  form     TEXT NOT NULL,
  body     BLOB NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE blob (
  sha256      BLOB PRIMARY KEY,
  event_id    TEXT NOT NULL,
  size        INTEGER NOT NULL,
  receipt     BLOB,
  receipt_sig BLOB
) STRICT;

-- Cases that were taken away, and what is owed to the server about it.
CREATE TABLE purge (
  revoke_id   TEXT PRIMARY KEY,
  case_id     TEXT NOT NULL,
  begun_at    INTEGER NOT NULL,
  statement   BLOB,
  sig         BLOB,
  sent_at     INTEGER,
  reopened_at INTEGER                          -- the case came back
) STRICT;

CREATE INDEX ix_purge_case_id ON purge (case_id) WHERE reopened_at IS NULL;

CREATE TABLE attempt (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  epoch      TEXT NOT NULL,
  first_seq  INTEGER NOT NULL,
  last_seq   INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  outcome    TEXT                              -- NULL while open
) STRICT;

CREATE INDEX ix_attempt_open ON attempt (epoch, first_seq, last_seq) WHERE outcome IS NULL;
