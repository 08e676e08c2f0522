"""Owners, comments, earlier issues, saved views, and the files that texts were read from."""

from __future__ import annotations

SCRIPT = """
-- Who sees to it, and which earlier annotation (of another report) says the same issue still stands.
ALTER TABLE annotations ADD COLUMN owner_id INTEGER REFERENCES reviewers (id);
ALTER TABLE annotations ADD COLUMN earlier_id INTEGER REFERENCES annotations (id);
CREATE INDEX annotations_by_owner ON annotations (owner_id, status, deleted_at) WHERE owner_id IS NOT NULL;
CREATE INDEX annotations_by_earlier ON annotations (earlier_id) WHERE earlier_id IS NOT NULL;

CREATE TABLE comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    annotation_id INTEGER NOT NULL REFERENCES annotations (id),
    report_id INTEGER NOT NULL REFERENCES reports (id),
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT
) STRICT;
CREATE INDEX comments_by_annotation ON comments (annotation_id, id) WHERE deleted_at IS NULL;

-- A named filter with the way in which its rows are shown. `columns`: a JSON list of names, with the width
-- in cells behind a colon where one was set; empty for the usual ones.
CREATE TABLE views (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
    filter TEXT NOT NULL DEFAULT '',
    "columns" TEXT NOT NULL DEFAULT '[]',
    "groups" TEXT NOT NULL DEFAULT '[]',
    sorts TEXT NOT NULL DEFAULT '[]',
    position INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT
) STRICT;

-- How far what a session has current in its report goes, so that two on one passage are told.
ALTER TABLE sessions ADD COLUMN "end" INTEGER NOT NULL DEFAULT 0;

-- The files that texts were read from, byte for byte, once each; `data` is null where it was not to be kept.
CREATE TABLE source_files (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    data BLOB
) STRICT;
ALTER TABLE revisions ADD COLUMN file_sha256 TEXT REFERENCES source_files (sha256);
CREATE INDEX revisions_by_file ON revisions (file_sha256) WHERE file_sha256 IS NOT NULL;
ALTER TABLE revisions ADD COLUMN format TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN encoding TEXT NOT NULL DEFAULT '';

DROP VIEW issue_list;
CREATE VIEW issue_list AS
SELECT
    a.id AS id,
    r.slug AS report,
    r.title AS report_title,
    r.date AS report_date,
    r.period AS period,
    substr(v.sha256, 1, 12) AS revision,
    a.section AS section,
    a.start AS start,
    a."end" AS "end",
    a.exact AS passage,
    (SELECT group_concat(label, '; ') FROM (
        SELECT t.label_vi AS label FROM annotation_tags x JOIN tags t ON t.id = x.tag_id
        WHERE x.annotation_id = a.id ORDER BY x.position)) AS tags,
    (SELECT group_concat(name, '; ') FROM (
        SELECT g.name AS name FROM annotation_agencies x JOIN agencies g ON g.id = x.agency_id
        WHERE x.annotation_id = a.id AND x.role = 'lead' ORDER BY x.position)) AS lead_agencies,
    (SELECT group_concat(name, '; ') FROM (
        SELECT g.name AS name FROM annotation_agencies x JOIN agencies g ON g.id = x.agency_id
        WHERE x.annotation_id = a.id AND x.role = 'coordinating' ORDER BY x.position))
        AS coordinating_agencies,
    a.severity AS severity,
    a.status AS status,
    a.due AS due,
    a.note AS note,
    w.name AS reviewer,
    a.created_at AS created_at,
    a.updated_at AS updated_at,
    a.placement AS placement,
    o.name AS owner,
    a.earlier_id AS earlier
FROM annotations a
JOIN reports r ON r.id = a.report_id
JOIN revisions v ON v.id = a.revision_id
JOIN reviewers w ON w.id = a.reviewer_id
LEFT JOIN reviewers o ON o.id = a.owner_id
WHERE a.deleted_at IS NULL AND r.deleted_at IS NULL;
"""
