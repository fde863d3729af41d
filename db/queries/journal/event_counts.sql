-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT (SELECT coalesce(sum(head), 0) FROM (SELECT max(seq) AS head FROM event GROUP BY epoch)) AS total,
  (SELECT count(*) FROM unreceipted) AS pending,
  (SELECT min(e.saved_at) FROM unreceipted u JOIN event e ON e.position = u.position) AS oldest_pending,
  (SELECT count(DISTINCT event_id) FROM receipt WHERE verdict = 'quarantined') AS quarantined,
  (SELECT count(*) FROM draft) AS drafts,
  (SELECT count(*) FROM blob WHERE receipt IS NULL) AS unsent_blobs,
  (SELECT coalesce(sum(size), 0) FROM blob WHERE receipt IS NULL) AS unsent_blob_bytes
