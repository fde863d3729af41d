-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE sync_state SET staging_complete = 0, applied_at = :applied_at WHERE id = 1
