-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, at, first_seq, last_seq, request_id, outcome, detail FROM attempt ORDER BY id DESC LIMIT 1
