"""Reads web pages (.html): of a saved news page the article, of a document that was saved as a page, all of
it."""

from __future__ import annotations

import codecs
import re

from lxml import etree, html

from reports.converters.html_article import article
from reports.converters.html_flow import HtmlFlow, is_element, text_of
from reports.converters.html_notes import PageNotes
from reports.converters.html_styles import Sheets
from reports.converters.package import damaged
from reports.converters.pieces import Draft, Grid, Paragraph, Span
from reports.document import Style
from reports.encodings import decode, encoding_named
from reports.errors import LoadError

MOST_LINKED = 0.2
"""Share of a page's text inside links up to which it is one text, and no page of a site."""

MOST_BETWEEN = 6
"""Lines between headline and article that belong to it: its date, its lead."""

SHORTEST_TITLE = 15

LEAST_ARTICLE = 0.25
"""Share of a page's unlinked text below which what was found is no article, and all of the page is read."""

MOST_BROKEN = 1_000
"""A page of which at most one letter in so many is broken is still in the encoding that it declares."""

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_OFFICE = re.compile(r"libreoffice|openoffice|microsoft word|ms word|wps|kingsoft|google docs|abiword", re.I)
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navbar|sidebar|breadcrumb|footer|banner|related|comment)", re.I
)
_SITE_NAME = re.compile(r"\s+[|\-–—»]\s+[^|–—»]{1,60}$")


def read(data: bytes, shown: str) -> Draft:
    """What the page in `data` says; LoadError if it is no page. Nothing that it links to is loaded."""
    text, encoding = _decoded(data, shown)
    root = _parsed(text, shown)
    sheets = Sheets(root)
    for hidden in root.xpath("//script|//style|//noscript|//template|//iframe|//svg"):
        hidden.drop_tree()
    if _is_document(root):
        draft = _draft(root, sheets)
        draft.encoding = encoding
        return draft
    draft = _article(root, sheets)
    draft.encoding = encoding
    return draft


def _decoded(data: bytes, shown: str) -> tuple[str, str]:
    """The page's text and its encoding: as a byte-order mark or the page says, else as it is spelt."""
    declared = _CHARSET.search(data[:4096])
    if declared is not None and not data.startswith(
        (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        name = declared.group(1).decode("ascii").lower()
        try:
            text = data.decode(name, "replace")
            if text.count("\ufffd") * MOST_BROKEN <= len(text):
                return text, codecs.lookup(name).name
        except LookupError:
            pass
        try:
            found = decode(data, shown, encoding_named(name))
            return found.text, found.encoding
        except LoadError:
            pass
    found = decode(data, shown)
    return found.text, found.encoding


def _parsed(text: str, shown: str) -> html.HtmlElement:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(_DECLARATION.sub("", text, count=1), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise damaged(shown, error) from None


def _body(root: html.HtmlElement) -> html.HtmlElement:
    body = root.find("body")
    return body if body is not None else root


def _draft(root: html.HtmlElement, sheets: Sheets) -> Draft:
    return HtmlFlow(sheets, PageNotes(root)).draft(_body(root))


def _is_document(root: html.HtmlElement) -> bool:
    """Whether the page is a document: a word processor wrote it, or nothing of a site is around it."""
    for meta in root.iter("meta"):
        named = (meta.get("name") or "").lower() in ("generator", "progid")
        if named and _OFFICE.search(meta.get("content") or ""):
            return True
    body = _body(root)
    for element in body.iter():
        if not is_element(element):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in ("nav", "aside") or element.get("role") == "navigation" or _CHROME.search(names):
            return False
    whole = len(text_of(body))
    linked = sum(len(text_of(a)) for a in body.iter("a") if not (a.get("href") or "#").startswith("#"))
    return linked <= whole * MOST_LINKED


def _article(root: html.HtmlElement, sheets: Sheets) -> Draft:
    """The article of a page among menus and the like, under its headline with what stands below that."""
    draft = _draft(article(root), sheets)
    whole = _draft(root, sheets)
    page = [piece for piece in whole.body if isinstance(piece, Paragraph)]
    if _letters(draft) < LEAST_ARTICLE * sum(len(piece.whole) for piece in page if _is_text(piece)):
        return whole
    texts = {piece.whole for piece in draft.body if isinstance(piece, Paragraph)}
    first = next((number for number, piece in enumerate(page) if piece.whole in texts), 0)
    title = _title(root, page[: first + 1])
    names = [number for number, piece in enumerate(page[: first + 1]) if piece.whole == title]
    if names and title not in texts:
        between = page[names[-1] + 1 : first]
        draft.body[:0] = [piece for piece in between[-MOST_BETWEEN:] if _is_text(piece)]
    if title:
        draft.body = [piece for piece in draft.body if isinstance(piece, Grid) or piece.whole != title]
        draft.body.insert(0, Paragraph([Span(title)], title=True))
    return draft


def _letters(draft: Draft) -> int:
    return sum(len(paragraph.whole) for paragraph in draft.paragraphs())


def _is_text(paragraph: Paragraph) -> bool:
    """Whether most of a paragraph is no link."""
    linked = sum(len(span.text) for span in paragraph.spans if span.style & Style.LINK)
    return linked * 2 < len(paragraph.text) and not paragraph.depth


def _title(root: html.HtmlElement, above: list[Paragraph]) -> str:
    """The headline: the page's only first heading, else the line that its declared title holds, else that."""
    headings = [text_of(heading) for heading in root.iter("h1") if text_of(heading)]
    if len(headings) == 1:
        return headings[0]
    named = [meta.get("content") or "" for meta in root.iter("meta") if meta.get("property") == "og:title"]
    named += [text_of(element) for element in root.iter("title")]
    declared = next((" ".join(name.split()) for name in named if name.strip()), "")
    inside = [
        piece.whole for piece in above if len(piece.whole) >= SHORTEST_TITLE and piece.whole in declared
    ]
    return max(inside, key=len) if inside else _SITE_NAME.sub("", declared)
