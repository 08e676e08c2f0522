"""Walks block tokens of Markdown and adds what a reader sees to a document."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reports.builder import LONGEST_BLOCK, DocumentBuilder, Runs, split_points
from reports.document import BlockKind, Document, Style
from reports.inline import HTML_NAMES, Line, is_plain, render
from reports.labels import LabelKind, marker_length, read_label
from reports.titles import LONGEST_LINE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_BRACKETS = 500
"""Opening brackets in one piece of text beyond which it is no Markdown; parsing them would take minutes."""

_HIDDEN_HTML = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)\b[^<>]*>")
_INLINE_NAMES = "a abbr b big cite code del em font i ins kbd mark s small span strong sub sup u"
_INLINE_HTML = frozenset(_INLINE_NAMES.split())
_TYPED_ITEM = re.compile(r"(?<=[.;:,])[ ]*\n(?=\s*\S)")
_ITEM_LABELS = (
    LabelKind.LETTER,
    LabelKind.NUMBER,
    LabelKind.DECIMAL,
    LabelKind.ARTICLE,
    LabelKind.PARENTHESIS,
)


class Walker:
    """Turns the tokens of one document into blocks; they may come in several portions."""

    def __init__(self, parser: MarkdownIt, env: dict[str, Any]) -> None:
        self._parser = parser
        self._env = env
        self._builder = DocumentBuilder()
        self._footnotes: list[tuple[str, list[Token]]] = []
        self._containers: list[str] = []
        self._labels: list[str] = []
        self._bullet = False
        self._footnote = False
        self._deeper = 0
        self._last_bullet = ""
        self._cells: list[tuple[str, Runs]] = []
        self._row_line = 0
        self._in_head = False
        self._heading = 0
        self._underlined = False
        self._line = 1

    def take(self, tokens: Sequence[Token]) -> None:
        """Add what `tokens`, whole top-level blocks, show."""
        outside: list[Token] = []
        inside: list[Token] | None = None
        for token in tokens:
            if token.type == "footnote_reference_open":
                inside = []
                self._footnotes.append((token.meta["label"], inside))
            elif token.type == "footnote_reference_close":
                inside = None
            else:
                (outside if inside is None else inside).append(token)
        self._walk(outside)

    def finish(self) -> Document:
        """The document, its footnotes at the end."""
        for label, tokens in self._footnotes:
            self._footnote = True
            self._labels = [f"[{label}] "]
            self._walk(tokens)
            self._flush_label()
        self._inline_footnotes()
        return self._builder.finish()

    def _inline_footnotes(self) -> None:
        notes = self._env.get("footnotes", {}).get("list", {})
        names = self._env.get("inline_labels", {})
        written = 0
        while written < len(names):
            for number, name in list(names.items())[written:]:
                written += 1
                line = Line()
                line.put(f"[{name}] ", Style(0))
                marker = len(line.text)
                for token in notes[number]["tokens"]:
                    render(token.children or [token], self._env, line)
                self._builder.add(BlockKind.FOOTNOTE, line.text, line.runs, line=self._line, marker=marker)

    def _walk(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.map is not None and token.type != "inline":
                self._line = token.map[0] + 1
            handler = _HANDLERS.get(token.type)
            if handler is not None:
                handler(self, token)

    def _open_list(self, token: Token) -> None:
        self._flush_label()
        if token.type == "bullet_list_open":
            self._deeper = int(token.markup == "+" and self._last_bullet in ("-", "*"))
        self._containers.append("list")

    def _close_list(self, token: Token) -> None:
        self._containers.pop()
        self._last_bullet = token.markup if token.type == "bullet_list_close" and not self._deeper else ""
        self._deeper = 0

    def _open_item(self, token: Token) -> None:
        if token.info:
            self._labels.append(f"{token.info}{token.markup} ")
            self._bullet = False
        else:
            self._bullet = True

    def _close_item(self, token: Token) -> None:
        self._flush_label()
        self._bullet = False

    def _flush_label(self) -> None:
        """Write a label whose item has no text of its own in front of what follows."""
        if self._labels:
            text = "".join(self._labels).rstrip()
            self._labels = []
            kind = BlockKind.FOOTNOTE if self._footnote else BlockKind.ITEM
            self._builder.add(kind, text, line=self._line, level=self._depth("list"), marker=0)

    def _open_quote(self, token: Token) -> None:
        self._containers.append("quote")

    def _close_quote(self, token: Token) -> None:
        self._containers.pop()

    def _depth(self, container: str) -> int:
        return self._containers.count(container)

    def _open_heading(self, token: Token) -> None:
        self._heading = int(token.tag[1:])
        self._underlined = not token.markup.startswith("#")

    def _close_heading(self, token: Token) -> None:
        self._heading = 0

    def _inline(self, token: Token) -> None:
        if self._row_line:
            self._cells.append(self._rendered(token.content))
            return
        if self._underlined and len(token.content) > LONGEST_LINE:
            self._heading = 0
        line = self._line
        for content in _typed_items(token.content):
            for piece in _pieces(content):
                self._text(*self._rendered(piece), line=line)
            line += content.count("\n") + 1

    def _rendered(self, content: str) -> tuple[str, Runs]:
        if is_plain(content) or content.count("[") > MOST_BRACKETS or len(content) > LONGEST_BLOCK:
            return " ".join(content.split()), ()
        tokens: list[Token] = []
        try:
            self._parser.inline.parse(content, self._parser, self._env, tokens)
        except RecursionError:
            return content, ()
        line = render(tokens, self._env)
        return line.text, line.runs

    def _text(self, text: str, runs: Runs, *, line: int) -> None:
        kind, level = self._kind()
        marker = None
        if self._labels:
            label = "".join(self._labels)
            self._labels = []
            text = label + text
            runs = [(start + len(label), end + len(label), style) for start, end, style in runs]
            marker = len(label)
        bullet = self._bullet and not marker_length(text)
        self._builder.add(kind, text, runs, line=line, level=level, marker=marker, bullet=bullet)
        self._bullet = False

    def _kind(self) -> tuple[BlockKind, int]:
        if self._footnote:
            return BlockKind.FOOTNOTE, 0
        if self._heading:
            return BlockKind.HEADING, self._heading
        if not self._containers:
            return BlockKind.PARAGRAPH, 0
        if self._containers[-1] == "list":
            return BlockKind.ITEM, self._depth("list") + self._deeper
        return BlockKind.QUOTE, self._depth("quote")

    def _code(self, token: Token) -> None:
        self._flush_label()
        first = self._line + (token.type == "fence")
        for number, text in enumerate(token.content.split("\n")):
            if text.strip():
                self._builder.add(BlockKind.CODE, text.rstrip(), line=first + number, marker=0)

    def _html(self, token: Token) -> None:
        first = self._line
        source = _HIDDEN_HTML.sub(lambda match: "\n" * match.group().count("\n"), token.content)
        for number, text in enumerate(_HTML_TAG.sub(_shown_tag, source).split("\n")):
            for piece in text.split("\v"):
                if piece.strip():
                    self._text(html.unescape(piece), (), line=first + number)

    def _open_table(self, token: Token) -> None:
        self._flush_label()

    def _close_table(self, token: Token) -> None:
        self._builder.end_table()

    def _open_head(self, token: Token) -> None:
        self._in_head = True

    def _close_head(self, token: Token) -> None:
        self._in_head = False

    def _open_row(self, token: Token) -> None:
        self._row_line, self._cells = self._line, []

    def _close_row(self, token: Token) -> None:
        self._builder.add_row(self._cells, line=self._row_line, header=self._in_head)
        self._row_line = 0


def _shown_tag(match: re.Match[str]) -> str:
    """Nothing for an inline tag, a break for a block tag, the text itself for what is no tag."""
    name = match.group(1).lower()
    if name not in HTML_NAMES:
        return match.group()
    return "" if name in _INLINE_HTML else "\v"


def _typed_items(content: str) -> list[str]:
    """A paragraph cut where a line begins with a typed label and the one above ends with a mark."""
    if "\n" not in content:
        return [content]
    items: list[str] = []
    at = 0
    for match in _TYPED_ITEM.finditer(content):
        label = read_label(content, match.end())
        if label is not None and label.kind in _ITEM_LABELS:
            items.append(content[at : match.start()])
            at = match.end()
    items.append(content[at:])
    return items


def _pieces(content: str) -> list[str]:
    """`content` in pieces short enough for inline parsing, whose cost can grow with the square."""
    if len(content) <= LONGEST_BLOCK:
        return [content]
    points = [0, *split_points(content), len(content)]
    return [content[start:end] for start, end in pairwise(points)]


_HANDLERS = {
    "bullet_list_open": Walker._open_list,
    "ordered_list_open": Walker._open_list,
    "bullet_list_close": Walker._close_list,
    "ordered_list_close": Walker._close_list,
    "list_item_open": Walker._open_item,
    "list_item_close": Walker._close_item,
    "blockquote_open": Walker._open_quote,
    "blockquote_close": Walker._close_quote,
    "heading_open": Walker._open_heading,
    "heading_close": Walker._close_heading,
    "inline": Walker._inline,
    "fence": Walker._code,
    "code_block": Walker._code,
    "html_block": Walker._html,
    "table_open": Walker._open_table,
    "table_close": Walker._close_table,
    "thead_open": Walker._open_head,
    "thead_close": Walker._close_head,
    "tr_open": Walker._open_row,
    "tr_close": Walker._close_row,
}
