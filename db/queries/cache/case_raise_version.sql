-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE cases SET version = max(version, :version) WHERE id = :id
