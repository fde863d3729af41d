-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT DISTINCT case_id FROM row WHERE length(case_id) > 0
