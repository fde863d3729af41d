-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT case_id, id FROM row WHERE case_id BETWEEN :first AND :last AND kind = 'account' ORDER BY case_id
