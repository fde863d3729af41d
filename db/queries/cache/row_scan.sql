-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT rowid, case_id, kind, id, version, body FROM row WHERE rowid > :after ORDER BY rowid LIMIT :limit
