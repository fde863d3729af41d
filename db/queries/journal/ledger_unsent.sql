-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT e.position, e.event_id, e.epoch, e.seq, e.type, e.case_id, e.saved_at,
  1 AS is_pending,
  EXISTS (SELECT 1 FROM attempt a WHERE a.outcome IS NULL AND a.epoch = e.epoch AND e.seq BETWEEN a.first_seq AND a.last_seq) AS is_sent,
  NULL AS verdict, NULL AS reason, NULL AS stored_at, t.request_id, t.outcome, t.detail
FROM unreceipted u JOIN event e ON e.position = u.position
LEFT JOIN attempt t ON t.id = (
  SELECT max(id) FROM attempt WHERE id > (SELECT max(id) FROM attempt) - 50 AND epoch = e.epoch AND e.seq BETWEEN first_seq AND last_seq)
WHERE u.position < :before
ORDER BY u.position DESC
LIMIT :limit
