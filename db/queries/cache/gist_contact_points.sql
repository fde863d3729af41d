-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT case_id, id, party_id, kind, source, status, time_zone FROM contact_points WHERE case_id BETWEEN :first AND :last ORDER BY case_id
