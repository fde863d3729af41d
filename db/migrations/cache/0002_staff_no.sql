-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- min-compatible: 1

-- What an agent says on the telephone.
ALTER TABLE users ADD COLUMN staff_no TEXT NOT NULL DEFAULT '';
