-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR IGNORE INTO unreceipted (position)
SELECT position FROM event WHERE epoch = :epoch AND seq BETWEEN :first_seq AND :last_seq
