"""A report as part of the page: its blocks, its passages marked and linked to their rows of the list."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from annotations.export.about import shown_day, text_words
from annotations.export.cells import xml_text
from annotations.issue_rows import IssueRow
from annotations.models import Language
from reports.document import CELL_SEPARATOR, Block, BlockKind, Document

_ISSUE: dict[Language, str] = {"vi": "Vấn đề", "en": "Issue"}
_CLASSES = {
    BlockKind.ITEM: "item",
    BlockKind.QUOTE: "quote",
    BlockKind.ROW: "code",
    BlockKind.CODE: "code",
    BlockKind.FOOTNOTE: "footnote",
}


def report_parts(document: Document, row: IssueRow, places: array[int], language: Language) -> Iterator[str]:
    """The page's section on the report of `row`, block by block.

    `places`: start, end and id of each passage of it, one after another, in code points.
    """
    day = shown_day(row.report_date, language)
    said = [row.issuer, row.period or "", day, text_words(row.revision, language)]
    about = " · ".join(part for part in said if part)
    yield f'<section class="report" id="r{row.revision_id}">\n<h3>{_text(row.report_title)}</h3>\n'
    if about:
        yield f"<p>{_text(about)}</p>\n"
    yield '<div class="text">\n'
    marks = _Marks(places, _ISSUE[language])
    for number, block in enumerate(document.blocks):
        table = document.table_at(number) if block.kind is BlockKind.ROW else None
        if table is None:
            opening, closing = _tags(block)
            yield opening + marks.between(document.text, block.start, block.end) + closing + "\n"
        else:
            yield _table_row(
                document, block, marks, number == table.first, number + 1 == table.last, table.header
            )
    yield "</div></section>\n"


def _table_row(document: Document, block: Block, marks: _Marks, first: bool, last: bool, headed: bool) -> str:
    """A row of a table, with the table's own beginning or end where it is the `first` or `last` one."""
    tag = 'th scope="col"' if first and headed else "td"
    cells = []
    at = since = block.start
    while at <= block.end:
        end = document.text.find(CELL_SEPARATOR, at, block.end)
        end = block.end if end < 0 else end
        until = min(end + len(CELL_SEPARATOR), block.end)
        inside = marks.between(document.text, at, end, since, until)
        cells.append(f"<{tag}>{inside}</{tag[:2]}>")
        since, at = end, end + len(CELL_SEPARATOR)
    opening = '<div class="wide"><table>\n' if first else ""
    return opening + f"<tr>{''.join(cells)}</tr>\n" + ("</table></div>\n" if last else "")


def _tags(block: Block) -> tuple[str, str]:
    if block.kind is BlockKind.HEADING:
        level = min(block.level + 3, 6)
        return f"<h{level}>", f"</h{level}>"
    name = _CLASSES.get(block.kind)
    if block.kind is BlockKind.ITEM and block.bullet:
        return f'<p class="{name}">• ', "</p>"
    return (f'<p class="{name}">' if name else "<p>"), "</p>"


class _Marks:
    """The passages of one report, in order of their starts, to be woven into its text."""

    def __init__(self, places: array[int], word: str) -> None:
        self._passages = sorted(zip(places[::3], places[1::3], places[2::3], strict=True))
        self._longest = max((end - start for start, end, _ in self._passages), default=0)
        self._word = word

    def between(
        self, text: str, start: int, end: int, since: int | None = None, until: int | None = None
    ) -> str:
        """The text of [start, end) with what of the passages lies in it marked.

        A passage that begins from `since` on is shown to begin at `start`, one that ends up to `until` to end
        at `end`: what lies there is not shown.
        """
        first = bisect_left(self._passages, (start - self._longest,))
        last = bisect_left(self._passages, (end,))
        inside = []
        for begin, stop, number in self._passages[first:last]:
            if stop > start:
                begin = start if since is not None and since <= begin < start else begin
                stop = end if until is not None and end < stop <= until else stop
                inside.append((begin, stop, number))
        if not inside:
            return _text(text[start:end])
        edges = {start, end}
        for begin, stop, _ in inside:
            edges.update((max(begin, start), min(stop, end)))
        waiting = deque(inside)
        covering: list[tuple[int, int, int]] = []
        parts = []
        for left, right in pairwise(sorted(edges)):
            covering = [passage for passage in covering if passage[1] > left]
            while waiting and waiting[0][0] <= left:
                covering.append(waiting.popleft())
            parts.append(self._segment(text, covering, left, right))
        return "".join(parts)

    def _segment(self, text: str, covering: list[tuple[int, int, int]], left: int, right: int) -> str:
        made = _text(text[left:right])
        if covering:
            more = ' class="more"' if len(covering) > 1 else ""
            made = f"<mark{more}>{made}</mark>"
        anchors = "".join(f'<span id="p{number}"></span>' for begin, _, number in covering if begin == left)
        links = "".join(self._link(number) for _, stop, number in covering if stop == right)
        return anchors + made + links

    def _link(self, number: int) -> str:
        return f'<a class="to" href="#i{number}" aria-label="{self._word} {number}">[{number}]</a>'


def _text(value: str) -> str:
    return escape(xml_text(value), quote=False)
