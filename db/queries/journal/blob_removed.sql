-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE blob SET removed_at = :at WHERE sha256 = :sha256 AND receipt IS NOT NULL
