"""The tables of the record, version by version: added to, never renamed, within a major version."""

from __future__ import annotations

from annotations.steps import life, people, revisions, tables

APPLICATION_ID = 0x52455657
"""`PRAGMA application_id` of our files: the letters REVW."""

STEPS: tuple[tuple[str, str], ...] = (
    ("0001_tables", tables.SCRIPT),
    ("0002_people", people.SCRIPT),
    ("0003_revisions", revisions.SCRIPT),
    ("0004_life", life.SCRIPT),
)
"""What makes a file from nothing, step by step: a name and a script each. Steps are added, never edited."""

SCHEMA_VERSION = len(STEPS)
"""`PRAGMA user_version` of a file that has had every step."""
