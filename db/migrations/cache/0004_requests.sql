-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- min-compatible: 4

-- Plan requests, and promises above the limits, that wait for a decision.
CREATE TABLE requests (
  id           BLOB PRIMARY KEY,
  case_id      BLOB NOT NULL,
  is_plan      INTEGER NOT NULL,
  requested_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ix_requests_case_id ON requests (case_id);
CREATE INDEX ix_requests_requested_at ON requests (requested_at);
