-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT event_id, case_id, type, saved_at FROM event WHERE saved_at >= :since ORDER BY saved_at, position
