-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT count(*)
FROM events e LEFT JOIN cases c ON c.id = e.case_id
WHERE e.channel IS NOT NULL AND e.at >= :from AND e.at < :to
  AND (:actor_id IS NULL OR e.actor_id = :actor_id)
  AND (:outcome = '' OR e.outcome = :outcome)
  AND (:text = '' OR instr(e.note, :text) > 0 OR instr(c.business_no, :text) > 0 OR instr(c.debtor_name, :text) > 0)
