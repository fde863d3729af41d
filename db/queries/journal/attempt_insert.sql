-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO attempt (at, epoch, first_seq, last_seq, request_id) VALUES (:at, :epoch, :first_seq, :last_seq, :request_id)
