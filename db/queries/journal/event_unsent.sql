-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT e.event_id, e.epoch, e.seq, e.header, e.hash, e.sig, e.payload_local
FROM unreceipted u JOIN event e ON e.position = u.position
WHERE e.epoch = (SELECT f.epoch FROM unreceipted v JOIN event f ON f.position = v.position ORDER BY v.position LIMIT 1)
ORDER BY e.seq
LIMIT :limit
