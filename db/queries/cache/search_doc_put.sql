-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO search_doc (ref, names, numbers) VALUES (:ref, :names, :numbers)
ON CONFLICT (ref) DO UPDATE SET names = excluded.names, numbers = excluded.numbers
