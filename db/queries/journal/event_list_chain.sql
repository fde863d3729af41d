-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT event_id, epoch, seq, type, case_id, header, hash, sig, payload_local FROM event ORDER BY epoch, seq
