-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT revoke_id, receipt, receipt_sig FROM purge WHERE sent_at IS NULL AND receipt IS NOT NULL ORDER BY begun_at LIMIT :limit
