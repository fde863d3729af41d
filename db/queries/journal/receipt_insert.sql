-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO receipt (event_id, verdict, reason, receipt, receipt_sig, stored_at)
VALUES (:event_id, :verdict, :reason, :receipt, :receipt_sig, :stored_at)
ON CONFLICT (event_id, receipt) DO NOTHING
