"""The tables of the first version."""

from __future__ import annotations

SCRIPT = """
CREATE TABLE reviewers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'lead' CHECK (role IN ('viewer', 'reviewer', 'lead')),
    created_at TEXT NOT NULL,
    retired_at TEXT
) STRICT;

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    issuer TEXT NOT NULL DEFAULT '',
    date TEXT,
    period TEXT,
    source TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT
) STRICT;
CREATE INDEX reports_by_date ON reports (coalesce(date, ''), slug);

-- One immutable text. `structure` packs its blocks and styles (reports.document.Document.pack).
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    length INTEGER NOT NULL,
    blocks INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    UNIQUE (report_id, number)
) STRICT;
CREATE INDEX revisions_by_hash ON revisions (sha256);
CREATE TABLE revision_texts (
    revision_id INTEGER PRIMARY KEY REFERENCES revisions (id),
    text TEXT NOT NULL,
    structure BLOB NOT NULL
) STRICT;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL DEFAULT '',
    label_vi TEXT NOT NULL,
    label_en TEXT NOT NULL DEFAULT '',
    definition_vi TEXT NOT NULL DEFAULT '',
    definition_en TEXT NOT NULL DEFAULT '',
    colour TEXT NOT NULL DEFAULT '',
    parent_id INTEGER REFERENCES tags (id),
    digit INTEGER CHECK (digit BETWEEN 1 AND 9),
    phrases TEXT NOT NULL DEFAULT '[]',
    position INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    retired_at TEXT
) STRICT;
CREATE INDEX tags_by_parent ON tags (parent_id);

CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    short TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    level TEXT NOT NULL DEFAULT '',
    parent_id INTEGER REFERENCES agencies (id),
    valid_from TEXT,
    valid_to TEXT,
    note TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    retired_at TEXT
) STRICT;
CREATE INDEX agencies_by_parent ON agencies (parent_id);
-- `folded` is the alias without accents, case and punctuation: what a typed name is compared with.
CREATE TABLE agency_aliases (
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    alias TEXT NOT NULL,
    folded TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (agency_id, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX agency_aliases_by_folded ON agency_aliases (folded);
CREATE TABLE agency_successors (
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    successor_id INTEGER NOT NULL REFERENCES agencies (id),
    date TEXT,
    note TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (agency_id, successor_id)
) STRICT, WITHOUT ROWID;
-- The agencies that usually answer for an issue type, first one first.
CREATE TABLE tag_agencies (
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (tag_id, agency_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE annotations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    revision_id INTEGER NOT NULL REFERENCES revisions (id),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > start),
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    section TEXT NOT NULL DEFAULT '',
    paragraph INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    severity TEXT CHECK (severity IN ('low', 'medium', 'high')),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in-progress', 'resolved', 'rejected')),
    due TEXT,
    resolved_on TEXT,
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT
) STRICT;
-- In list order, with all that a filter asks of an annotation itself: filters and counts read nothing else.
CREATE INDEX annotations_in_report
    ON annotations (report_id, start, id, status, severity, due, resolved_on, reviewer_id)
    WHERE deleted_at IS NULL;
CREATE INDEX annotations_by_status ON annotations (status, due) WHERE deleted_at IS NULL;
CREATE INDEX annotations_by_revision ON annotations (revision_id);
CREATE INDEX annotations_deleted ON annotations (id) WHERE deleted_at IS NOT NULL;

CREATE TABLE annotation_tags (
    annotation_id INTEGER NOT NULL REFERENCES annotations (id),
    position INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (annotation_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX annotation_tags_by_tag ON annotation_tags (tag_id, annotation_id);
CREATE TABLE annotation_agencies (
    annotation_id INTEGER NOT NULL REFERENCES annotations (id),
    position INTEGER NOT NULL,
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    role TEXT NOT NULL CHECK (role IN ('lead', 'coordinating')),
    PRIMARY KEY (annotation_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX annotation_agencies_by_agency ON annotation_agencies (agency_id, annotation_id);
CREATE INDEX annotation_agencies_by_role ON annotation_agencies (agency_id, role, annotation_id);

-- Passage and note without accents and case, for words typed without them; rowid is the annotation's id.
CREATE VIRTUAL TABLE annotation_search USING fts5 (
    words, tokenize='unicode61 remove_diacritics 0', prefix='1 2'
);

CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    act TEXT NOT NULL,
    undoes INTEGER REFERENCES changes (id),
    report_id INTEGER REFERENCES reports (id)
) STRICT;
CREATE INDEX changes_by_reviewer ON changes (reviewer_id, id);
CREATE INDEX changes_by_report ON changes (report_id, id);
-- The whole state of each row that a change touched, as JSON, before and after it.
CREATE TABLE change_items (
    change_id INTEGER NOT NULL REFERENCES changes (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    item_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (change_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_items_by_item ON change_items (kind, item_id, change_id);

-- Where a reviewer is in a report, and which of its blocks they have read (one bit a block).
CREATE TABLE places (
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    report_id INTEGER NOT NULL REFERENCES reports (id),
    revision_id INTEGER NOT NULL REFERENCES revisions (id),
    "offset" INTEGER NOT NULL,
    unit TEXT NOT NULL,
    read BLOB NOT NULL,
    share REAL NOT NULL DEFAULT 0,
    at TEXT NOT NULL,
    PRIMARY KEY (reviewer_id, report_id)
) STRICT, WITHOUT ROWID;

-- A text being typed: kept within a second, gone when it is saved or given up.
CREATE TABLE drafts (
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    annotation_id INTEGER NOT NULL REFERENCES annotations (id),
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (reviewer_id, annotation_id)
) STRICT, WITHOUT ROWID;

-- What a reviewer's screens remember: the last screen, filter, widths.
CREATE TABLE memories (
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (reviewer_id, name)
) STRICT, WITHOUT ROWID;

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
    a.updated_at AS updated_at
FROM annotations a
JOIN reports r ON r.id = a.report_id
JOIN revisions v ON v.id = a.revision_id
JOIN reviewers w ON w.id = a.reviewer_id
WHERE a.deleted_at IS NULL AND r.deleted_at IS NULL;
"""
