-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM row WHERE case_id = :case_id AND kind = :kind AND id = :id
