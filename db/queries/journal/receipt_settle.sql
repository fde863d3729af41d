-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM unreceipted WHERE position = (SELECT position FROM event WHERE event_id = :event_id)
