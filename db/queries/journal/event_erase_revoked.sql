-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE event SET payload_local = NULL
WHERE event_id = :event_id AND payload_local IS NOT NULL
  AND EXISTS (SELECT 1 FROM purge p WHERE p.case_id = event.case_id AND p.reopened_at IS NULL)
