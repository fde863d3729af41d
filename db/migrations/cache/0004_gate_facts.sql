-- SPDX-FileCopyrightText: Evenhand contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- min-compatible: 1

-- What the contact gate asks about every case of a queue, beside the bodies: reading it must not cost a parser for each row.
ALTER TABLE parties ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
ALTER TABLE parties ADD COLUMN opted_out INTEGER;
ALTER TABLE contact_points ADD COLUMN source TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE contact_points ADD COLUMN status TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE contact_points ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN has_conditions INTEGER NOT NULL DEFAULT 1;   -- flags or consents: then the body is read as well

UPDATE parties SET
  time_zone = coalesce((SELECT json_extract(CAST(r.body AS TEXT), '$.time_zone') FROM row r WHERE r.case_id = parties.case_id AND r.kind = 'debtor' AND r.id = parties.id), ''),
  opted_out = (SELECT json_extract(CAST(r.body AS TEXT), '$.opted_out') FROM row r WHERE r.case_id = parties.case_id AND r.kind = 'debtor' AND r.id = parties.id);
UPDATE contact_points SET
  source = coalesce((SELECT json_extract(CAST(r.body AS TEXT), '$.source') FROM row r
    WHERE r.case_id = contact_points.case_id AND r.kind IN ('phone', 'address') AND r.id = contact_points.id), 'unknown'),
  status = coalesce((SELECT json_extract(CAST(r.body AS TEXT), '$.status') FROM row r
    WHERE r.case_id = contact_points.case_id AND r.kind IN ('phone', 'address') AND r.id = contact_points.id), 'unknown'),
  time_zone = coalesce((SELECT json_extract(CAST(r.body AS TEXT), '$.time_zone') FROM row r
    WHERE r.case_id = contact_points.case_id AND r.kind IN ('phone', 'address') AND r.id = contact_points.id), '');
