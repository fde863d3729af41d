-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO event (epoch, seq, event_id, type, case_id, saved_at, hlc, header, hash, sig, payload_local)
VALUES (:epoch, :seq, :event_id, :type, :case_id, :saved_at, :hlc, :header, :hash, :sig, :payload_local)
