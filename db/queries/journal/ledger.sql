-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT e.position, e.event_id, e.epoch, e.seq, e.type, e.case_id, e.saved_at,
  u.position IS NOT NULL AS is_pending,
  EXISTS (SELECT 1 FROM attempt a WHERE a.outcome IS NULL AND a.epoch = e.epoch AND e.seq BETWEEN a.first_seq AND a.last_seq) AS is_sent,
  r.verdict, r.reason, r.stored_at, t.request_id, t.outcome, t.detail
FROM event e
LEFT JOIN unreceipted u ON u.position = e.position
LEFT JOIN receipt r ON r.id = (SELECT max(id) FROM receipt WHERE event_id = e.event_id)
LEFT JOIN attempt t ON u.position IS NOT NULL AND t.id = (
  SELECT max(id) FROM attempt WHERE id > (SELECT max(id) FROM attempt) - 50 AND epoch = e.epoch AND e.seq BETWEEN first_seq AND last_seq)
WHERE e.position < :before
ORDER BY e.position DESC
LIMIT :limit
