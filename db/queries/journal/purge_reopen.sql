-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE purge SET reopened_at = :at WHERE case_id = :case_id AND reopened_at IS NULL
