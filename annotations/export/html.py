"""html: one file that needs nothing else: the list, with a filter and a search, and the reports it quotes."""

from __future__ import annotations

import base64
import hashlib
import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from typing import BinaryIO

from annotations.counts import GridRow
from annotations.export.about import (
    about_lines,
    anchor_lines,
    citation,
    grid_labels,
    list_title,
    overdue_mark,
    revision_words,
    shown_day,
)
from annotations.export.cells import xml_text
from annotations.export.html_report import report_parts
from annotations.export.options import Options
from annotations.issue_rows import IssueRow
from annotations.labels import column_label, value_label
from annotations.models import Language, Placement, Role

_BATCH = 200
_WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "skip": "Đến danh mục",
        "contents": "Các phần khác",
        "list": "Danh mục",
        "reports": "Báo cáo",
        "agency": "Cơ quan",
        "any": "Tất cả cơ quan",
        "search": "Tìm trong danh mục, không cần dấu",
        "shown": "Hiện {shown} trong {all} vấn đề",
        "state": "Tình trạng",
        "agencies": "Cơ quan",
    },
    "en": {
        "skip": "To the list",
        "contents": "Other parts",
        "list": "List",
        "reports": "Reports",
        "agency": "Agency",
        "any": "All agencies",
        "search": "Search the list, accents optional",
        "shown": "{shown} of {all} issues shown",
        "state": "State",
        "agencies": "Agencies",
    },
}


@dataclass(slots=True)
class _Quoted:
    """A revision that the list quotes, and where: `places` holds start, end and id of each passage."""

    row: IssueRow
    places: array[int] = field(default_factory=lambda: array("q"))


@dataclass(slots=True)
class _Page:
    """What is known of the page while it is written. `listed`: ids of the rows that it has so far."""

    options: Options
    words: dict[str, str]
    agencies: dict[str, int] = field(default_factory=dict)
    quoted: dict[int, _Quoted] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)


def write_html(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """The list, then each report with its passages marked, linked both ways.

    The reports are left out where the context cannot give their texts. One batch of rows and one report are
    in memory at a time, besides the places of the passages.
    """
    context = options.context
    page = _Page(options, _WORDS[options.language])
    out.write(_utf8(_head(page)))
    lines: list[str] = []
    for row in rows:
        lines.append(_row(row, page))
        if len(lines) >= _BATCH:
            out.write(_utf8("".join(lines)))
            lines.clear()
    lines.append("</tbody></table></section>\n" + _grid(context.grid, page))
    out.write(_utf8("".join(lines)))
    if context.documents is not None:
        out.write(_utf8(f'<h2 id="reports">{text(page.words["reports"])}</h2>\n'))
        for revision_id, quoted in page.quoted.items():
            document = context.documents(revision_id)
            for part in report_parts(document, quoted.row, quoted.places, options.language):
                out.write(_utf8(part))
    out.write(_utf8(_foot(page)))


def text(value: str) -> str:
    """`value` as text of the page, whatever it looks like."""
    return escape(xml_text(value), quote=True)


def _utf8(value: str) -> bytes:
    return value.encode("utf-8", "replace")


def _asset(name: str) -> str:
    return (files("annotations.export") / "assets" / name).read_text("utf-8")


def _digest(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"


def _head(page: _Page) -> str:
    options, words = page.options, page.words
    style, script = _asset("page.css"), _asset("page.js")
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; img-src data:"
    lines = about_lines(options, dated=True)
    about = "".join(f"<dt>{text(label)}</dt><dd>{text(value)}</dd>" for label, value in lines)
    heads = "".join(f'<th scope="col" class="{name}">{text(label)}</th>' for name, label in _heads(page))
    return f"""<!doctype html>
<html lang="{options.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{text(list_title(options))}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#list">{text(words["skip"])}</a>
<header>
<h1>{text(list_title(options))}</h1>
<dl class="about">{about}</dl>
{_contents(page)}</header>
<main>
<section id="list" class="list">
<h2>{text(words["list"])}</h2>
<form class="filter" role="search" hidden>
<label>{text(words["agency"])}<select><option value="">{text(words["any"])}</option></select></label>
<label>{text(words["search"])}<input type="search" autocomplete="off"></label>
<output data-words="{text(words["shown"])}"></output>
</form>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
"""


def _contents(page: _Page) -> str:
    """Links to the parts of the page below the list."""
    parts = []
    if page.options.context.grid is not None:
        parts.append(("grid", grid_labels(page.options.language).title))
    if page.options.context.documents is not None:
        parts.append(("reports", page.words["reports"]))
    links = "".join(f'<li><a href="#{name}">{text(label)}</a></li>' for name, label in parts)
    return f'<nav aria-label="{text(page.words["contents"])}"><ul>{links}</ul></nav>\n' if links else ""


def _heads(page: _Page) -> list[tuple[str, str]]:
    language, words = page.options.language, page.words
    return [
        ("id", column_label("id", language)),
        ("quoted", column_label("passage", language)),
        ("tags", column_label("tags", language)),
        ("agencies", words["agencies"]),
        ("state", words["state"]),
        ("notes", column_label("note", language)),
    ]


def _row(row: IssueRow, page: _Page) -> str:
    language = page.options.language
    names = [link.shown(language) for link in row.links]
    numbers = " ".join(str(page.agencies.setdefault(name, len(page.agencies))) for name in names)
    number: str = str(row.id)
    page.listed.add(row.id)
    if page.options.context.documents is not None:
        quoted = page.quoted.setdefault(row.revision_id, _Quoted(row))
        quoted.places.extend((row.start, row.end, row.id))
        number = f'<a href="#p{row.id}">{row.id}</a>'
    return (
        f'<tr id="i{row.id}" data-a="{numbers}"><td class="id">{number}</td>'
        f'<td class="quoted"><q class="passage">{text(row.passage)}</q>'
        f'<cite class="source">{text(citation(row, language))}{_placed(row, language)}</cite></td>'
        f'<td class="tags">{_listed(row.tag_labels(language))}</td>'
        f'<td class="agencies">{_agencies(row, language)}</td>'
        f'<td class="state">{_state(row, page)}</td>'
        f'<td class="notes"><span class="note">{text(row.note)}</span>'
        f'<span class="reviewer">{text(row.reviewer)}</span></td></tr>\n'
    )


def _placed(row: IssueRow, language: Language) -> str:
    """The text a passage is in, marked where its place in the latest one is in doubt."""
    doubt = "" if row.placement == Placement.EXACT else " doubt"
    return f' · <span class="revision{doubt}">{text(revision_words(row, language))}</span>'


def _listed(values: Iterable[str]) -> str:
    made = "".join(f"<li>{text(value)}</li>" for value in values)
    return f"<ul>{made}</ul>" if made else ""


def _agencies(row: IssueRow, language: Language) -> str:
    made = "".join(
        f'<li class="{link.role.value}">{text(link.shown(language))}'
        f' <span class="role">({text(value_label(link.role.value, language))})</span></li>'
        for link in sorted(row.links, key=lambda link: link.role is not Role.LEAD)
    )
    return f"<ul>{made}</ul>" if made else ""


def _state(row: IssueRow, page: _Page) -> str:
    language = page.options.language
    parts = [f'<li class="status">{text(value_label(row.status, language))}</li>']
    if row.severity:
        label = column_label("severity", language)
        parts.append(f'<li class="severity">{text(label)}: {text(value_label(row.severity, language))}</li>')
    if row.due:
        label, day = column_label("due", language), shown_day(row.due, language)
        late = overdue_mark(row, page.options)
        mark, word = (' class="overdue"', f" ({text(late)})") if late else ("", "")
        parts.append(
            f'<li{mark}>{text(label)}: <time datetime="{text(row.due)}">{text(day)}</time>{word}</li>'
        )
    if row.earlier is not None:
        there = f'<a href="#i{row.earlier}">{row.earlier}</a>' if row.earlier in page.listed else row.earlier
        parts.append(f'<li class="earlier">{text(column_label("earlier", language))} {there}</li>')
    return f"<ul>{''.join(parts)}</ul>"


def _grid(grid: Iterable[GridRow] | None, page: _Page) -> str:
    if grid is None:
        return ""
    labels = grid_labels(page.options.language)
    heads = "".join(f'<th scope="col">{text(label)}</th>' for label in labels.heads)
    lines = "".join(
        f'<tr><th scope="row">{text(row.name or labels.nobody)}</th>'
        + "".join(f"<td>{count}</td>" for count in row.cells)
        + "</tr>"
        for row in grid
    )
    title = f"<h2>{text(labels.title)}</h2>"
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<section id="grid" class="grid">{title}<div class="wide">{table}</div></section>\n'


def _foot(page: _Page) -> str:
    names = json.dumps(list(page.agencies), ensure_ascii=False).replace("<", "\\u003c")
    lines = anchor_lines(page.options)
    said = "".join(f"<footer>{text(label)}: <code>{text(value)}</code></footer>\n" for label, value in lines)
    names = xml_text(names).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return (
        f'</main>\n{said}<script type="application/json" id="agencies">{names}</script>\n'
        f"<script>{_asset('page.js')}</script>\n</body>\n</html>\n"
    )
