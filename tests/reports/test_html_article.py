"""Of a page of a site the article is read, whatever its layout: all of it, and nothing of what is around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

pytest.importorskip("lxml")

from lxml import html

from reports.converters.html_article import article
from reports.document import BlockKind
from reports.load import load
from reports.samples import SAMPLES, sample_path

KINDS = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM)
MENU = "".join(f"<li><a href='/{n}'>Chuyên mục số {n} của cổng thông tin</a></li>" for n in range(12))
RELATED = "".join(
    f"<li><a href='/x{n}'>Tin liên quan {n}: hội nghị giao ban, đánh giá tình hình</a><span>06/4</span></li>"
    for n in range(8)
)
REMARKS = "".join(
    f"<div class='comment'><b>Bạn đọc {n}</b><p>Rất mong cơ quan xem xét, giải quyết, trả lời.</p></div>"
    for n in range(6)
)


def tagged(lines: Sequence[str], before: str = "<p>", behind: str = "</p>") -> str:
    return "".join(f"{before}{line}{behind}" for line in lines)


LAYOUTS: dict[str, Callable[[Sequence[str]], str]] = {
    "article element": lambda text: (
        f"<header><nav><ul>{MENU}</ul></nav></header><article><h1>Tít</h1><div>{tagged(text)}</div></article>"
        f"<aside><ul>{RELATED}</ul></aside><footer>Bản quyền thuộc Báo, giấy phép số 1, điện thoại.</footer>"
    ),
    "divs for paragraphs": lambda text: (
        f"<div id=header><ul>{MENU}</ul></div><div class=left><div class=detail>"
        f"{tagged(text, '<div>', '</div>')}</div><div class=related><ul>{RELATED}</ul></div></div>"
        f"<div class=right><ul>{RELATED}</ul></div>"
    ),
    "line breaks in a cell": lambda text: (
        f"<table><tr><td><ul>{MENU}</ul></td><td class=content>{'<br><br>'.join(text)}</td>"
        f"<td><ul>{RELATED}</ul></td></tr></table>"
    ),
    "tables in tables": lambda text: (
        f"<table class=menu><tr><td><ul>{MENU}</ul></td><td><table><tr><td><h1>Tít</h1></td></tr><tr><td>"
        f"<div>{tagged(text)}</div></td></tr></table></td><td><ul>{MENU}</ul></td></tr></table>"
    ),
    "each paragraph wrapped": lambda text: (
        f"<div class=nav><ul>{MENU}</ul></div><div class=wrap><div class=body>"
        f"{tagged(text, '<div><div><p>', '</p></div></div>')}</div><div><ul>{RELATED}</ul></div></div>"
    ),
    "sections and remarks": lambda text: (
        f"<div class=nav><ul>{MENU}</ul></div><main><section>{tagged(text[:9])}</section>"
        f"<section>{tagged(text[9:])}</section><div class=comments>{REMARKS}</div></main>"
    ),
    "links inside": lambda text: (
        f"<nav><ul>{MENU}</ul></nav><div class=post><div class=entry>{tagged(text[:5])}<div class=box><ul>"
        f"{RELATED}</ul></div>{tagged(text[5:])}<div class=share><a href='/s'>Chia sẻ</a></div></div>"
        f"{REMARKS}</div>"
    ),
    "one form around it all": lambda text: (
        f"<form id=aspnetForm><div class=menu><ul>{MENU}</ul></div><div class=ArticleContent>{tagged(text)}"
        f"</div><div class=Tin-lien-quan><ul>{RELATED}</ul></div></form>"
    ),
}


def sample_lines() -> list[list[str]]:
    """The paragraphs, headings and items of each sample report, those that make an article."""
    found = []
    for sample in SAMPLES:
        document = load(sample_path(sample)).document
        blocks = (block for block in document.blocks if block.kind in KINDS)
        lines = [document.text[block.start : block.end].replace("<", "") for block in blocks]
        found.append(lines[:40])
    return found


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_article_and_nothing_around_it(layout: Callable[[Sequence[str]], str]) -> None:
    for lines in sample_lines():
        page = html.document_fromstring(f"<html><body>{layout(lines)}</body></html>")
        before = html.tostring(page)
        found = Counter(word for part in article(page).itertext() for word in part.split())
        wanted = Counter(" ".join(lines).split())
        assert (found & wanted).total() >= 0.99 * wanted.total(), lines[0]
        assert (found & wanted).total() >= 0.97 * found.total(), lines[0]
        assert html.tostring(page) == before


@pytest.mark.parametrize(
    "body", ["", "<p></p>", f"<ul>{MENU}</ul>", "<div hidden><p>Ẩn, không ai thấy.</p></div>"]
)
def test_a_page_without_an_article_has_none(body: str) -> None:
    page = html.document_fromstring(f"<html><body>{body}</body></html>")
    assert len(article(page).text_content()) < 30


def test_a_deep_and_a_long_page_take_no_longer_than_they_are() -> None:
    """Nothing is looked through again for each element: this would take minutes."""
    text = tagged(["Tiến độ còn chậm, nhất là đường vành đai; tỷ lệ giải ngân thấp."] * 20_000)
    deep = html.document_fromstring(f"<html><body>{'<div>' * 200}{text}{'</div>' * 200}</body></html>")
    assert len(article(deep).text_content()) > 1_000_000
