-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO row (case_id, kind, id, version, body) VALUES (:case_id, :kind, :id, :version, :body)
ON CONFLICT (case_id, kind, id) DO UPDATE SET version = excluded.version, body = excluded.body WHERE excluded.version >= row.version
