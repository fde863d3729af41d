-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT seq, hash FROM event WHERE epoch = :epoch ORDER BY seq DESC LIMIT 1
