-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM search_key WHERE key = :key AND ref = :ref
