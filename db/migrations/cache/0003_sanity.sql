-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- min-compatible: 1

-- Running sums over the rows, by bucket (app/domain/rowdigest.h); kept with each change. A bucket without a row is empty, or, in a
-- file of an older program, not counted yet: then meta has no counted_at.
CREATE TABLE bucket (
  bucket    INTEGER PRIMARY KEY,
  row_count INTEGER NOT NULL,
  digest    BLOB NOT NULL
) STRICT;
