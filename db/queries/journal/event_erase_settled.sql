-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE event SET payload_local = NULL
WHERE case_id = :case_id AND payload_local IS NOT NULL AND position NOT IN (SELECT position FROM unreceipted)
