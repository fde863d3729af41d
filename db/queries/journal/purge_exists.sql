-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT EXISTS (SELECT 1 FROM purge WHERE case_id = :case_id AND reopened_at IS NULL)
