-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT hlc, (SELECT max(event_id) FROM event) FROM event ORDER BY position DESC LIMIT 1
