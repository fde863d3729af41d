-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE purge SET purged_at = :at, receipt = :receipt, receipt_sig = :receipt_sig WHERE revoke_id = :revoke_id AND purged_at IS NULL
