-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE sync_state SET scope_epoch = :scope_epoch, cursor = '', upto = 0, staging_complete = 0 WHERE id = 1
