"""A document keeps its structure through packing, and knows where an offset stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import markdown
from reports.document import Block, BlockKind, Blocks, Document, Style, StyleRun, Table

SOURCE = """# Báo cáo

Mở đầu **đậm**.

## I. Kết quả

Một.

- hai

### 1. Chi tiết

| a | b |
|---|---|
| 1 | 漢字 |

## II. Tồn tại

Ba *nghiêng* `mã`.
"""


@pytest.fixture
def document() -> Document:
    return markdown.parse(SOURCE)


def test_packing_keeps_everything(document: Document) -> None:
    again = Document.unpack(document.text, document.pack(), document.title)
    assert again == document
    assert list(again.styles) == list(document.styles)
    assert again.tables == (Table(6, 8, (1, 4), True),)
    assert again.title == "Báo cáo"
    assert again.sha256 == document.sha256


@given(
    st.lists(
        st.tuples(st.sampled_from(BlockKind), st.integers(0, 6), st.text("ab ", min_size=1, max_size=9)),
        max_size=9,
    ),
    st.lists(st.integers(0, 30), max_size=8),
    st.booleans(),
)
def test_any_structure_survives(
    lines: list[tuple[BlockKind, int, str]], cuts: list[int], bullet: bool
) -> None:
    blocks, at = Blocks(), 0
    for number, (kind, level, line) in enumerate(lines, 1):
        blocks.append(Block(kind, level, at, at + len(line), min(level, len(line)), bullet, number))
        at += len(line) + 1
    edges = sorted(set(cuts))
    styles = [
        StyleRun(a, b, Style.STRONG | Style.LINK) for a, b in zip(edges[::2], edges[1::2], strict=False)
    ]
    text = "\n".join(line for _, _, line in lines)
    document = Document(text, blocks, styles, (Table(0, len(lines), (3, 70_000), False),))
    again = Document.unpack(text, document.pack())
    assert again.blocks == document.blocks
    assert again.styles == document.styles
    assert again.tables == (Table(0, len(lines), (3, 65_535), False),)


def test_damage_is_noticed(document: Document) -> None:
    packed = document.pack()
    for damaged in (b"", packed[:10], packed[:-1], packed + b"x", b"XXXX" + packed[4:]):
        with pytest.raises(ValueError, match="packed structure"):
            Document.unpack(document.text, damaged)
    with pytest.raises(ValueError, match="does not belong"):
        Document.unpack(document.text + "x", packed)


def test_heading_paths(document: Document) -> None:
    def path(words: str) -> tuple[str, ...]:
        return document.heading_path(document.text.index(words))

    assert path("Mở đầu") == ("Báo cáo",)
    assert path("hai") == ("Báo cáo", "I. Kết quả")
    assert path("漢字") == ("Báo cáo", "I. Kết quả", "1. Chi tiết")
    assert path("Ba nghiêng") == ("Báo cáo", "II. Tồn tại")
    assert path("II. Tồn tại") == ("Báo cáo", "II. Tồn tại")
    assert markdown.parse("không tiêu đề").heading_path(3) == ()
    assert markdown.parse("### a\n\n# b\n\nc").heading_path(4) == ("b",)


def test_paragraph_numbers_count_from_the_heading(document: Document) -> None:
    numbers = [document.paragraph_number(block.start) for block in document.blocks]
    assert numbers == [0, 1, 0, 1, 2, 0, 1, 2, 0, 1]


def test_blocks_and_tables_at_offsets(document: Document) -> None:
    for number, block in enumerate(document.blocks):
        assert document.blocks.at(block.start) == document.blocks.at(block.end) == number
    assert document.table_at(6) == document.table_at(7) == document.tables[0]
    assert document.table_at(5) is None
    assert document.table_at(8) is None


def test_styles_between(document: Document) -> None:
    start = document.text.index("Ba nghiêng")
    runs = document.styles_between(start, len(document.text))
    assert [(document.text[run.start : run.end], run.style) for run in runs] == [
        ("nghiêng", Style.EMPHASIS),
        ("mã", Style.CODE),
    ]
    assert list(document.styles_between(0, 3)) == []


def test_documents_can_be_keys(document: Document) -> None:
    assert {document: 1}[markdown.parse(SOURCE)] == 1
