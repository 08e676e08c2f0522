"""Reports that get another text, and where their annotations are then."""

from __future__ import annotations

SCRIPT = """
-- Where an annotation is since its report was revised. `exact` and `marked` (carried, but worth a look) are
-- in the report's current text; `waiting` and `orphan` keep their passage in the text they were made on.
ALTER TABLE annotations ADD COLUMN placement TEXT NOT NULL DEFAULT 'exact'
    CHECK (placement IN ('exact', 'marked', 'waiting', 'orphan'));
CREATE INDEX annotations_unplaced ON annotations (placement, report_id) WHERE placement != 'exact';
ALTER TABLE revisions ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN withdrawn_at TEXT;
UPDATE revisions SET source = (SELECT source FROM reports WHERE id = report_id);

-- Why an annotation was marked or waits in a text, and where in it it may be, best first.
CREATE TABLE anchorings (
    annotation_id INTEGER NOT NULL REFERENCES annotations (id),
    revision_id INTEGER NOT NULL REFERENCES revisions (id),
    reasons TEXT NOT NULL,
    candidates TEXT NOT NULL,
    PRIMARY KEY (annotation_id, revision_id)
) STRICT, WITHOUT ROWID;

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
    a.placement AS placement
FROM annotations a
JOIN reports r ON r.id = a.report_id
JOIN revisions v ON v.id = a.revision_id
JOIN reviewers w ON w.id = a.reviewer_id
WHERE a.deleted_at IS NULL AND r.deleted_at IS NULL;
"""
