-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR IGNORE INTO blob (sha256, event_id, size) VALUES (:sha256, :event_id, :size)
