"""Roles of people, the sealed history, and who is where."""

from __future__ import annotations

SCRIPT = """
ALTER TABLE reviewers ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- SHA-256 over the change, its items and the hash of the change before it.
ALTER TABLE changes ADD COLUMN hash TEXT NOT NULL DEFAULT '';

-- Which sessions are open, and where. `started` tells a process from a later one with the same number.
CREATE TABLE sessions (
    pid INTEGER NOT NULL,
    started INTEGER NOT NULL,
    reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
    report_id INTEGER NOT NULL REFERENCES reports (id),
    "offset" INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (pid, started)
) STRICT, WITHOUT ROWID;
"""
