-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR IGNORE INTO search_key (key, ref) VALUES (:key, :ref)
