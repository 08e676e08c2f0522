"""w3c: the W3C Web Annotation model in JSON-LD (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterable
from typing import Any, BinaryIO

from annotations.export.about import about_lines, list_title
from annotations.export.options import Options
from annotations.issue_rows import IssueRow

_OURS = "urn:x-reviewer:"
CONTEXT = (
    "http://www.w3.org/ns/anno.jsonld",
    {
        name: _OURS + name
        for name in ("slug", "role", "status", "severity", "due", "section", "filter", "anchor")
    },
)
"""The model's own context, and the terms that it has no word for."""


def write_w3c(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """An AnnotationCollection with one page; each annotation has a quote and a position selector.

    Positions are code points into the canonical text that `source` names by its SHA-256 (RFC 6920).
    """
    context = options.context
    name = json.dumps([context.filter, context.at, context.title], ensure_ascii=False)
    collection = uuid.uuid5(uuid.NAMESPACE_URL, _OURS + name).urn
    head: dict[str, Any] = {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": "; ".join(
            [list_title(options), *(": ".join(pair) for pair in about_lines(options, dated=False))]
        ),
        "filter": context.filter,
    }
    if context.anchor:
        head["anchor"] = context.anchor
    if context.reviewer:
        head["creator"] = {"type": "Person", "name": context.reviewer}
    if context.at:
        head["modified"] = context.at
    page: dict[str, Any] = {"id": uuid.uuid5(uuid.NAMESPACE_URL, collection).urn, "type": "AnnotationPage"}
    page |= {"partOf": collection, "startIndex": 0}
    out.write(_json(head)[:-1] + b',\n"first": ' + _json(page)[:-1] + b', "items": [')
    count = 0
    for row in rows:
        out.write((b",\n" if count else b"\n") + _json(annotation(row, options)))
        count += 1
    out.write(b'\n]},\n"total": ' + str(count).encode() + b"}\n")


def annotation(row: IssueRow, options: Options) -> dict[str, Any]:
    """`row` as an Annotation of the model."""
    made: dict[str, Any] = {
        "id": f"urn:uuid:{row.uid}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Person", "name": row.reviewer},
        "created": row.created_at,
        "modified": row.updated_at,
    }
    made |= {name: value for name in ("status", "severity", "due") if (value := getattr(row, name))}
    bodies = _bodies(row, options)
    if bodies:
        made["body"] = bodies
    made["target"] = _target(row)
    return made


def _bodies(row: IssueRow, options: Options) -> list[dict[str, Any]]:
    language = options.language
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": label, "language": language, "slug": slug}
        for slug, label in zip(row.tag_slugs, row.tag_labels(language), strict=True)
    ]
    for link in row.links:
        body = {"type": "TextualBody", "purpose": "identifying", "value": link.label(language)}
        bodies.append({**body, "language": language, "slug": link.agency, "role": link.role.value})
    if row.note:
        note = {"type": "TextualBody", "purpose": "commenting", "value": row.note, "format": "text/plain"}
        bodies.append(note)
    return bodies


def _target(row: IssueRow) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": row.passage, "prefix": row.prefix, "suffix": row.suffix}
    position = {"type": "TextPositionSelector", "start": row.start, "end": row.end}
    source = {"id": hash_name(row.sha256), "type": "Text", "format": "text/plain", "label": row.report_title}
    target: dict[str, Any] = {"type": "SpecificResource", "source": source, "selector": [quote, position]}
    if row.section:
        target["section"] = row.section
    return target


def hash_name(sha256: str) -> str:
    """The `ni` address (RFC 6920) of the text whose SHA-256 has these hex digits."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
