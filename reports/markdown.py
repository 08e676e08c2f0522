"""Markdown to a Document, through markdown-it-py (CommonMark, tables, strikethrough, footnotes)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from reports.clean import visible
from reports.document import Document
from reports.walker import Walker

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_LEADING_TABS = re.compile(r"^[ \t]*\t[ \t]*|(?<=[-+*.)>])\t+", re.MULTILINE)
_DEFINITION = re.compile(r"\[[^\]\n]+\]:\s*\n?\s*<?\S*[/#.:@]\S*")

MAX_NESTING = 100
_DEEPEST = MAX_NESTING - 10

Rule = Callable[["StateBlock", int, int, bool], bool]


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Keeps as text what is nested deeper than the parser goes; it would drop the rest of the document."""
    if silent or state.level < _DEEPEST:
        return False
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, start + 1, state.blkIndent, False).strip()
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = start + 1
    return True


def _draining(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Hands the top-level blocks parsed so far on, so that a big file never has all its tokens in memory."""
    if state.level == 0 and state.tokens and not silent:
        drain: Callable[[list[Token]], None] | None = state.env.get("drain")
        if drain is not None:
            drain(state.tokens)
            state.tokens.clear()
    return False


def _definition(original: Rule) -> Rule:
    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        if state.src[at : at + 1] != "[" or _DEFINITION.match(state.src, at) is None:
            return False
        return original(state, start, end, silent)

    return rule


@cache
def parser() -> MarkdownIt:
    """The parser for reports, made once: CommonMark with tables, strikethrough and footnotes."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import reference
    from mdit_py_plugins.footnote import footnote_plugin

    made = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    made.use(footnote_plugin, move_to_end=False)
    first = made.block.ruler.get_active_rules()[0]
    made.block.ruler.before(first, "draining", _draining)
    made.block.ruler.before(first, "too_deep", _too_deep)
    made.block.ruler.at("reference", _definition(reference), {"alt": []})
    return made


def prepared(source: str) -> str:
    """`source` as the parser gets it: leading tabs as the columns they reach, everything made visible."""
    return visible(_LEADING_TABS.sub(lambda match: match.group().expandtabs(4), source))


def parse(source: str) -> Document:
    """The document that Markdown `source` describes; nothing in it is acted on, no link followed."""
    source = prepared(source)
    env: dict[str, Any] = {}
    if "]:" in source:
        env["drain"] = lambda tokens: None
        parser().block.parse(source, parser(), env, [])
    walker = Walker(parser(), env)
    env["drain"] = walker.take
    rest: list[Token] = []
    parser().block.parse(source, parser(), env, rest)
    walker.take(rest)
    return walker.finish()
