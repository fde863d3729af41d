-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT b.sha256, b.size, b.event_id, e.case_id, e.saved_at,
  NOT EXISTS (SELECT 1 FROM unreceipted u WHERE u.position = e.position) AS event_delivered, b.receipt_at, b.removed_at
FROM blob b JOIN event e ON e.event_id = b.event_id
WHERE b.sha256 = :sha256
