-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT ref, business_no, debtor_name FROM cases WHERE id = :id
