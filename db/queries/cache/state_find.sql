-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT scope_epoch, cursor, upto, staging_complete, applied_at FROM sync_state WHERE id = 1
