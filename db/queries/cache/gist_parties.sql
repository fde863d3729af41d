-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT case_id, id, role, person_key, time_zone, opted_out FROM parties WHERE case_id BETWEEN :first AND :last ORDER BY case_id
