-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE attempt SET outcome = :outcome, detail = :detail WHERE id = :id AND outcome IS NULL
