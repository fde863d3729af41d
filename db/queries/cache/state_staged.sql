-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE sync_state SET scope_epoch = :scope_epoch, cursor = :cursor, upto = :upto, staging_complete = :staging_complete WHERE id = 1
