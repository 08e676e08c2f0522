"""Finds the article of a web page: the part with the most running text and the fewest links, judged as
Arc90's Readability did, by paragraphs that count for what holds them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from reports.converters.html_flow import is_element
from reports.converters.html_styles import is_hidden

SHORTEST = 25
"""Code points of a run of text that counts."""

LEAST = 250
"""Code points of an article; where less is found it is looked for again, unlikely parts included."""

LEVELS = 4
"""Elements above a paragraph that it counts for, each half as much as the one below."""

NAMED = 25.0
"""What a telling class or id is worth; a long paragraph is worth some 5."""

SHARE, LEAST_SCORE = 0.2, 10.0
"""Score, of the best element's and at all, from which what stands beside it belongs to it."""

MOST_LINKED = 0.5
"""Share of its text in links from which a list, table or box in an article is no part of it."""

LEAST_LINKED = 0.25
"""Share of its text in links below which a paragraph or part may be prose."""

_CHROME = ("nav", "aside", "footer", "button", "select", "dialog", "menu")
_ROLES = ("navigation", "complementary", "banner", "contentinfo", "search", "menu", "menubar", "dialog")
_UNLIKELY = re.compile(
    r"\b(?:ads?|banner|breadcrumbs?|combx|comments?|community|cookie|disqus|foot(?:er)?|head(?:er)?|menu|modal|"
    r"nav(?:bar|igation)?|other-?news|pag(?:er|ination)|popup|related|remark|rss|share|shoutbox|"
    r"side-?bar|social|sponsor|tags?|tin-?(?:khac|lien-quan|moi|cung)|toolbar|widget)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"article|body|column|content|main|shadow|detail|noi-?dung", re.IGNORECASE)
_POSITIVE = re.compile(
    r"article|body|content|entry|main|page|post|text|blog|story|detail|noi-?dung|chi-?tiet", re.IGNORECASE
)
_NEGATIVE = re.compile(
    r"combx|comment|contact|foot|masthead|media|meta|outbrain|promo|related|scroll|share|shoutbox|sidebar|"
    r"sponsor|tags|tool|widget|lien-?quan|binh-?luan",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[_\s]+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = frozenset(("p", "pre", "blockquote", "li", "dd", "dt", "figcaption", "caption", *_HEADINGS))
_BOXES = frozenset(
    (
        "div",
        "section",
        "article",
        "main",
        "body",
        "center",
        "table",
        "tbody",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "dl",
    )
)
_WORTH = {
    **dict.fromkeys(("div", "article", "main"), 5.0),
    **dict.fromkeys(("pre", "td", "blockquote"), 3.0),
    **dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li"), -3.0),
    **dict.fromkeys((*_HEADINGS, "th", "header"), -5.0),
}
_WHOLE = frozenset(("html", "body"))

Element = Any


@dataclass(slots=True)
class _Measure:
    """What an element holds: code points of text, and of text in links; what its paragraphs count for it."""

    letters: int = 0
    linked: int = 0
    score: float = 0.0

    @property
    def density(self) -> float:
        return self.linked / self.letters if self.letters else 0.0


def article(root: Element) -> Element:
    """The article of the page `root` in an element of its own; empty where nothing looks like one. The page
    stays as it is."""
    found = _found(root, strict=True)
    if len(_squeezed(found)) < LEAST:
        found = _found(root, strict=False)
    return found


def _found(root: Element, *, strict: bool) -> Element:
    page = copy.deepcopy(root)
    for element in list(page.iter()):
        if is_element(element) and element.getparent() is not None and _is_apart(element, strict):
            element.drop_tree()
    measures = _measured(page)
    found = html.Element("div")
    scored = [element for element, measure in measures.items() if measure.score > 0]
    if not scored:
        return found
    best = max(scored, key=lambda element: _total(element, measures[element]))
    parts = list(_with_siblings(best, measures))
    for part in parts:
        for inner in list(part.iterdescendants("ul", "ol", "div", "section", "table", "dl")):
            if measures[inner].density > MOST_LINKED and inner.getparent() is not None:
                inner.drop_tree()
    for part in parts:
        found.append(part)
    return found


def _is_apart(element: Element, strict: bool) -> bool:
    """Whether an element is never part of an article; `strict`: nor what is called like that."""
    tag = element.tag
    if tag in _WHOLE or tag == "main":
        return False
    if tag in _CHROME or (element.get("role") or "") in _ROLES or is_hidden(element):
        return True
    names = _names(element)
    if not strict or not names or tag == "article" or tag in _PARAGRAPHS:
        return False
    return bool(_UNLIKELY.search(names)) and not _MAYBE.search(names)


def _names(element: Element) -> str:
    return _SEPARATOR.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}".strip())


def _measured(page: Element) -> dict[Element, _Measure]:
    """Every element of a page with what it holds, from the innermost outwards."""
    measures: dict[Element, _Measure] = {}
    order = [element for element in page.iter() if is_element(element)]
    for element in order:
        measures[element] = _Measure()
    for element in reversed(order):
        measure = measures[element]
        measure.letters += _length(element.text)
        for child in element:
            if child in measures:
                measure.letters += measures[child].letters
                measure.linked += measures[child].linked
            measure.letters += _length(child.tail)
        if element.tag == "a" and not (element.get("href") or "#").startswith("#"):
            measure.linked = measure.letters
    for element in order:
        if element.tag in _PARAGRAPHS or element.tag in _BOXES:
            _count(element, measures)
    return measures


def _count(element: Element, measures: dict[Element, _Measure]) -> None:
    """Count the runs of text in an element for it and for what it is in."""
    worth = sum(
        1 + run.count(",") + run.count(";") + min(len(run) / 100, 3)
        for run in _runs(element)
        if len(run) >= SHORTEST
    )
    holder = element.getparent() if element.tag in _PARAGRAPHS else element
    for _level in range(LEVELS):
        if not worth or holder is None or holder.tag in _WHOLE:
            return
        measures[holder].score += worth
        worth /= 2
        holder = holder.getparent()


def _runs(element: Element) -> Iterator[str]:
    """The runs of text that stand in an element itself, in its inline elements too, between its blocks."""
    parts = [element.text or ""]
    for child in element:
        inline = is_element(child) and child.tag not in _PARAGRAPHS and child.tag not in _BOXES
        if inline and child.tag not in ("br", "hr", "a"):
            parts.append("".join(child.itertext()))
        elif not inline or child.tag in ("br", "hr"):
            yield " ".join("".join(parts).split())
            parts = []
        parts.append(child.tail or "")
    yield " ".join("".join(parts).split())


def _total(element: Element, measure: _Measure) -> float:
    """How much an element is like an article."""
    names = _names(element)
    worth = _WORTH.get(element.tag, 0.0)
    if names:
        worth += NAMED * bool(_POSITIVE.search(names)) - NAMED * bool(_NEGATIVE.search(names))
    worth += NAMED * ("articleBody" in (element.get("itemprop") or ""))
    return (measure.score + worth) * (1 - measure.density)


def _with_siblings(best: Element, measures: dict[Element, _Measure]) -> Iterator[Element]:
    """The best element and what beside it belongs to it."""
    parent = best.getparent()
    wanted = max(LEAST_SCORE, SHARE * _total(best, measures[best]))
    for sibling in [best] if parent is None else list(parent):
        if not is_element(sibling):
            continue
        measure = measures[sibling]
        weighs = measure.score > 0 and (
            _total(sibling, measure) >= wanted or _is_like(sibling, best, measure)
        )
        if sibling is best or weighs or (sibling.tag == "p" and _is_prose(sibling, measure)):
            yield sibling


def _is_like(sibling: Element, best: Element, measure: _Measure) -> bool:
    """Whether an element is one of several alike that an article is split into."""
    alike = sibling.tag == best.tag and _names(sibling) == _names(best)
    return alike and sibling.tag in ("section", "div", "article") and measure.density < LEAST_LINKED


def _is_prose(paragraph: Element, measure: _Measure) -> bool:
    if measure.letters > 80:
        return measure.density < LEAST_LINKED
    return not measure.linked and _squeezed(paragraph).endswith((".", "!", "?", "…", ":", "”"))


def _length(text: str | None) -> int:
    return len(" ".join(text.split())) if text else 0


def _squeezed(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
