-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE purge SET sent_at = :at WHERE revoke_id = :revoke_id
