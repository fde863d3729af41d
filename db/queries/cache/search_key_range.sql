-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT ref FROM search_key WHERE key >= :from AND key < :to
