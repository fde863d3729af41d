-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, at, channel, direction, initiated_by, result, right_party, duration_s, outcome, party_id, contact_point_id, account_ids, actor_id, case_id
FROM events
WHERE case_id BETWEEN :first AND :last
ORDER BY case_id, at, server_seq
