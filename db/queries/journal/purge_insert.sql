-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR IGNORE INTO purge (revoke_id, case_id, begun_at, statement, sig) VALUES (:revoke_id, :case_id, :begun_at, :statement, :sig)
