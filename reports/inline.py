"""Inline Markdown tokens to text and style runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reports.document import Style

if TYPE_CHECKING:
    from markdown_it.token import Token

_STYLES = {
    "strong_open": Style.STRONG,
    "em_open": Style.EMPHASIS,
    "s_open": Style.STRIKE,
    "link_open": Style.LINK,
}
_HTML_STYLES = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "cite": Style.EMPHASIS,
    "s": Style.STRIKE,
    "del": Style.STRIKE,
    "strike": Style.STRIKE,
    "code": Style.CODE,
    "kbd": Style.CODE,
    "tt": Style.CODE,
    "a": Style.LINK,
}
_NAMES = """
a abbr address article aside b bdi bdo big blockquote body br caption center cite code col colgroup dd del
details dfn div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i img
input ins kbd label li link main mark meta nav ol option p pre q s samp section select small span strike
strong style sub summary sup table tbody td textarea tfoot th thead time title tr tt u ul var wbr
"""
HTML_NAMES = frozenset(_NAMES.split())
"""Tags that are formatting; anything else in angle brackets is text that a person typed, and stays."""

_TAG = re.compile(r"</?\s*([A-Za-z][A-Za-z0-9-]*)")
_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"[\\`*_\[\]<>&!~^]")


class Line:
    """Text with style runs while it is being put together; spaces are squeezed as they come."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.runs: list[tuple[int, int, Style]] = []
        self._length = 0
        self._spaced = True
        self._raised: dict[int, int] | None = None

    def put(self, text: str, style: Style) -> None:
        """Append `text`; super- and subscripts of a few digits become the characters for them."""
        if self._raised is not None and len(text) <= 4:
            raised = text.translate(self._raised)
            text = text if any(map(str.isascii, raised)) else raised
        text = _SPACES.sub(" ", text)
        if self._spaced and text.startswith(" "):
            text = text[1:]
        if not text:
            return
        self._spaced = text.endswith(" ")
        start = self._length
        self._length += len(text)
        self.pieces.append(text)
        if not style:
            return
        if self.runs and self.runs[-1][1:] == (start, style):
            start = self.runs.pop()[0]
        self.runs.append((start, self._length, style))

    def raise_to(self, table: dict[int, int] | None) -> None:
        """Write what follows with the characters of `table`, or as it is."""
        self._raised = table

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def is_plain(content: str) -> bool:
    """Whether Markdown would give `content` back unchanged, but for its white space."""
    return _MARKUP.search(content) is None


def render(tokens: Sequence[Token], env: dict[str, Any], line: Line | None = None) -> Line:
    """What a reader sees of `tokens`: links as their text, images as their alternative text."""
    line = line or Line()
    style = Style(0)
    stack: list[Style] = []
    for token in tokens:
        kind = token.type
        if kind in ("text", "text_special"):
            line.put(token.content, style)
        elif kind in ("softbreak", "hardbreak"):
            line.put(" ", style)
        elif kind == "code_inline":
            line.put(token.content, style | Style.CODE)
        elif kind in _STYLES:
            stack.append(style)
            style |= _STYLES[kind]
        elif token.nesting < 0:
            style = stack.pop() if stack else Style(0)
        elif kind == "image":
            render(token.children or [], env, line)
        elif kind == "footnote_ref":
            line.put(f"[{footnote_label(token, env)}]", style)
        elif kind == "html_inline":
            style = _html(token.content, line, style)
        else:
            line.put(token.content, style)
    return line


def footnote_label(token: Token, env: dict[str, Any]) -> str:
    """What a footnote reference is called: its label as written, or a free number for an inline one."""
    label = token.meta.get("label")
    if label is not None:
        return str(label)
    names: dict[int, str] = env.setdefault("inline_labels", {})
    number = token.meta["id"]
    if number not in names:
        written = env.get("footnotes", {}).get("refs", {})
        free = env.get("next_label", 1)
        while f":{free}" in written:
            free += 1
        env["next_label"] = free + 1
        names[number] = str(free)
    return names[number]


def _html(tag: str, line: Line, style: Style) -> Style:
    """Act on one inline tag: break, style, super- and subscript; text that only looks like a tag stays."""
    if tag.startswith("<!--"):
        return style
    match = _TAG.match(tag)
    name = match.group(1).lower() if match else ""
    if name not in HTML_NAMES:
        line.put(tag, style)
    elif name in ("br", "hr"):
        line.put(" ", style)
    elif name in ("sup", "sub"):
        table = _SUPERSCRIPT if name == "sup" else _SUBSCRIPT
        line.raise_to(None if tag.startswith("</") else table)
    elif name in _HTML_STYLES:
        if tag.startswith("</"):
            return style & ~_HTML_STYLES[name]
        return style | _HTML_STYLES[name]
    return style
