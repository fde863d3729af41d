-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO lease (case_id, lease_until) VALUES (:case_id, :lease_until) ON CONFLICT (case_id) DO UPDATE SET lease_until = excluded.lease_until
