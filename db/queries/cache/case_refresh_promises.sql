-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE cases SET
  promise_due_on = (SELECT min(due_on) FROM promises WHERE case_id = :id AND state = 'open'),
  promise_broken_on = (SELECT CASE WHEN latest.state IN ('broken', 'partly_kept') THEN latest.due_on END
    FROM (SELECT state, due_on FROM promises WHERE case_id = :id AND state NOT IN ('cancelled', 'requested', 'rejected') ORDER BY due_on DESC LIMIT 1) latest)
WHERE id = :id
