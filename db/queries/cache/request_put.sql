-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO requests (id, case_id, is_plan, requested_at) VALUES (:id, :case_id, :is_plan, :requested_at)
