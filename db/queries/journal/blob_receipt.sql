-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE blob SET receipt = :receipt, receipt_sig = :receipt_sig, receipt_at = :at WHERE sha256 = :sha256
