-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT e.event_id, e.epoch, e.seq, e.header, e.hash, e.sig, e.payload_local,
  EXISTS (SELECT 1 FROM unreceipted u WHERE u.position = e.position) AS is_pending,
  EXISTS (SELECT 1 FROM attempt a WHERE a.outcome IS NULL AND a.epoch = e.epoch AND e.seq BETWEEN a.first_seq AND a.last_seq) AS is_sent,
  (SELECT r.verdict FROM receipt r WHERE r.event_id = e.event_id ORDER BY r.id DESC LIMIT 1) AS verdict
FROM event e
WHERE e.event_id = :event_id
