-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO bucket (bucket, row_count, digest) VALUES (:bucket, :row_count, :digest)
ON CONFLICT (bucket) DO UPDATE SET row_count = excluded.row_count, digest = excluded.digest
