"""What a reader sees of Markdown, block by block, and that big files read as small ones do."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import markdown, samples
from reports.builder import LONGEST_BLOCK
from reports.document import CELL_SEPARATOR, BlockKind, Document, Style
from reports.walker import Walker

Row = tuple[str, int, str]

KINDS = {
    BlockKind.HEADING: "h",
    BlockKind.PARAGRAPH: "p",
    BlockKind.ITEM: "i",
    BlockKind.QUOTE: "q",
    BlockKind.ROW: "r",
    BlockKind.CODE: "c",
    BlockKind.FOOTNOTE: "f",
}


def rows(document: Document) -> list[Row]:
    """Kind, level and text of each block; a bullet shows as •, the end of the label as ¦."""
    found = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        marked = f"{text[: block.marker]}¦{text[block.marker :]}" if block.marker else text
        found.append((KINDS[block.kind], block.level, ("•" if block.bullet else "") + marked))
    return found


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("# Một\n\nHai\n===\n\n### 1.1. Ba ###\n", [("h", 1, "Một"), ("h", 1, "Hai"), ("h", 3, "1.1. ¦Ba")]),
        ("chậm tiến độ " * 30 + "\n---\nhai", [("p", 0, ("chậm tiến độ " * 30).strip()), ("p", 0, "hai")]),
        ("a <?x?> <!-- c --> b<wbr>c", [("p", 0, "a <?x?> bc")]),
        ("một\nhai  \nba\\\nbốn", [("p", 0, "một hai ba bốn")]),
        ("một   hai\u00a0 ba", [("p", 0, "một hai ba")]),
        ("7. a\n8. b\n", [("i", 1, "7. ¦a"), ("i", 1, "8. ¦b")]),
        ("1. a\n1. b\n5. c\n", [("i", 1, "1. ¦a"), ("i", 1, "1. ¦b"), ("i", 1, "5. ¦c")]),
        ("3) a\n   1. b\n", [("i", 1, "3) ¦a"), ("i", 2, "1. ¦b")]),
        ("- a\n  - b\n    1. c\n- d", [("i", 1, "•a"), ("i", 2, "•b"), ("i", 3, "1. ¦c"), ("i", 1, "•d")]),
        ("- a\n\n  tiếp\n\n- b", [("i", 1, "•a"), ("i", 1, "tiếp"), ("i", 1, "•b")]),
        ("- a\n- b\n+ c\n+ d\n\nx\n\n+ e", [
            ("i", 1, "•a"), ("i", 1, "•b"), ("i", 2, "•c"), ("i", 2, "•d"), ("p", 0, "x"), ("i", 1, "•e"),
        ]),
        ("\t- a\n", [("c", 0, "- a")]),
        ("- a\n\t- b\n", [("i", 1, "•a"), ("i", 2, "•b")]),
        ("1.\ta\n", [("i", 1, "1. ¦a")]),
        ("- \n- a\n1.\n", [("i", 1, "•a"), ("i", 1, "1.")]),
        ("1. - a\n", [("i", 1, "1."), ("i", 2, "•a")]),
        ("a) đất;\nb) nước;\nc) rừng.", [("p", 0, "a) ¦đất;"), ("p", 0, "b) ¦nước;"), ("p", 0, "c) ¦rừng.")]),
        ("theo điểm\na) khoản 2", [("p", 0, "theo điểm a) khoản 2")]),
        ("gồm:\n2. hai;\n3. ba", [("p", 0, "gồm:"), ("p", 0, "2. ¦hai;"), ("p", 0, "3. ¦ba")]),
        ("> một\n> hai\n>\n>> ba\n", [("q", 1, "một hai"), ("q", 2, "ba")]),
        ("> - a\n> - b\n", [("i", 1, "•a"), ("i", 1, "•b")]),
        ("- > a\n", [("q", 1, "•a")]),
        ("```sql\nselect 1;\n\n  from x\n```\n", [("c", 0, "select 1;"), ("c", 0, "  from x")]),
        ("a\n\n---\n\nb", [("p", 0, "a"), ("p", 0, "b")]),
        ("[Sở *TN&MT*](http://x.vn \"t\") và ![sơ đồ](a.png)", [("p", 0, "Sở TN&MT và sơ đồ")]),
        ("<http://x.vn> [a][b] [c]\n\n[b]: http://y.vn\n", [("p", 0, "http://x.vn a [c]")]),
        ("[Ghi chú]: Chậm\n\n[1]: xem", [("p", 0, "[Ghi chú]: Chậm"), ("p", 0, "[1]: xem")]),
        ("m<sup>2</sup>, H<sub>2</sub>O, x<sup>ghi chú</sup>", [("p", 0, "m², H₂O, xghi chú")]),
        ("<điền số> <ten co quan> a<br>b <b>c</b><!-- d -->", [("p", 0, "<điền số> <ten co quan> a b c")]),
        ("<div>\n<p>một</p><p>hai &amp; ba</p>\n<script>x()</script>\n</div>\n", [
            ("p", 0, "một"), ("p", 0, "hai & ba"),
        ]),
        ("&lt;b&gt; &#x202e; e&#x301; &#10;x &nbsp; y", [("p", 0, "<b> <U+202E> é x y")]),
        ("\\*a\\* 1986\\. b", [("p", 0, "*a* 1986. b")]),
        ("a[^1] b[^x] c^[trong dòng] d[^9]\n\n[^1]: Một\n[^x]: Hai\n\n    ba\n", [
            ("p", 0, "a[1] b[x] c[2] d[^9]"), ("f", 0, "[1] ¦Một"), ("f", 0, "[x] ¦Hai"), ("f", 0, "ba"),
            ("f", 0, "[2] ¦trong dòng"),
        ]),
        ("", []),
        ("\n \n", []),
    ],
)  # fmt: skip
def test_blocks(source: str, blocks: list[Row]) -> None:
    assert rows(markdown.parse(source)) == blocks


def test_tables() -> None:
    document = markdown.parse(
        "| STT | Dự án | Nợ |\n|---:|---|:-:|\n| 1 | Cầu **Đông** │ Lam | 5,5% |\n"
        "| 2 | a\\|b | |\n| | | |\n\nsau\n"
    )
    assert rows(document) == [
        ("r", 0, "STT │ Dự án │ Nợ"),
        ("r", 0, "1 │ Cầu Đông | Lam │ 5,5%"),
        ("r", 0, "2 │ a|b │ "),
        ("p", 0, "sau"),
    ]
    (table,) = document.tables
    assert (table.first, table.last, table.widths, table.header) == (0, 3, (3, 14, 4), True)
    lines = document.text.split("\n")
    assert [len(line.split(CELL_SEPARATOR)) for line in lines[:3]] == [3, 3, 3]
    assert [document.text[r.start : r.end] for r in document.styles] == ["Đông"]


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("a **b *c* `d`** ~~e~~", [("b ", 1), ("c", 3), (" ", 1), ("d", 5), ("e", 8)]),
        ("[x **y**](u)", [("x ", 16), ("y", 17)]),
        ("**a**\n**b**", [("a", 1), ("b", 1)]),
        ("- **a** b", [("a", 1)]),
        ("1. **a**", [("a", 1)]),
        ("# **a  b** ", [("a b", 1)]),
        ("*a&#x301; b* **c**", [("á b", 2), ("c", 1)]),
        ("<b>a</b> <i>b</i>", [("a", 1), ("b", 2)]),
    ],
)
def test_styles(source: str, runs: list[tuple[str, int]]) -> None:
    document = markdown.parse(source)
    assert [(document.text[r.start : r.end], int(r.style)) for r in document.styles] == runs


def test_source_lines() -> None:
    source = "# a\n\nb\nc\n\n- d\n- e\n\n| f |\n|---|\n| g |\n\n```\nh\n\ni\n```\nx;\ny) z\n\n[^1]: j\n"
    document = markdown.parse(source)
    assert [block.source_line for block in document.blocks] == [1, 3, 6, 7, 9, 11, 14, 16, 18, 19, 21]


def test_title() -> None:
    assert markdown.parse("## b\n\n# a\n\n# c").title == "a"
    assert markdown.parse("mở đầu\n\nhai").title == "mở đầu"
    assert (
        markdown.parse("# BÁO CÁO\n\nKết quả quý I năm 2023\n\nx.").title == "BÁO CÁO Kết quả quý I năm 2023"
    )
    assert len(markdown.parse("# " + "tiến độ " * 200).title) <= 300


def test_long_blocks_are_split_at_sentences() -> None:
    sentence = "Tiến độ giải phóng mặt bằng **chậm** kéo dài. "
    document = markdown.parse(sentence * 2000)
    texts = [document.text[b.start : b.end] for b in document.blocks]
    assert max(map(len, texts)) <= LONGEST_BLOCK
    assert all(text.startswith("Tiến độ") and text.endswith("kéo dài.") for text in texts)
    assert " ".join(texts) == (sentence.replace("**", "") * 2000).strip()
    assert len(document.styles) == 2000
    assert {document.text[r.start : r.end] for r in document.styles} == {"chậm"}


@pytest.mark.parametrize(
    "source",
    [
        "[" * 30_000,
        "![" * 15_000,
        "^[a]" * 9_000,
        "> " * 400 + "sâu",
        "- " * 300 + "sâu",
        "*a **b " * 6_000,
        "`a" * 9_000,
    ],
)
def test_pathological_markdown_keeps_its_text(source: str) -> None:
    document = markdown.parse(source)
    kept = sum(c.isalnum() or c == "[" for c in document.text)
    assert kept >= sum(c.isalnum() or c == "[" for c in source) * 0.9


def test_text_behind_deep_nesting_is_not_lost() -> None:
    deep = "".join(f"{'  ' * depth}- mức {depth}\n" for depth in range(90))
    document = markdown.parse(f"{deep}\n# Sau\n\n{'>' * 200} trích\n\nHết\n")
    for words in ("mức 89", "Sau", "trích", "Hết"):
        assert words in document.text


def whole(source: str) -> Document:
    """The document parsed at one go, for comparison with the parse in portions."""
    parser = markdown.parser()
    env: dict[str, Any] = {}
    source = markdown.prepared(source)
    parser.block.parse(source, parser, env, [])
    tokens: list[Any] = []
    parser.block.parse(source, parser, env, tokens)
    walker = Walker(parser, env)
    walker.take(tokens)
    return walker.finish()


def test_samples_parse_in_portions_as_at_one_go() -> None:
    for path in Path(samples.__file__).parent.glob("*.md"):
        source = path.read_text(encoding="utf-8")
        assert markdown.parse(source) == whole(source)
        assert markdown.parse(source).tables == whole(source).tables


LINES = """
# a|## I. b|c **d|e** f|- g|  - h|+ i|1. j|   k|> l|>> m|```|~~~|    n|    |||p; q|r.
a) s|[^1]: t|[^1] u|[v]: /w|[v] x|---|===|<div>|</div>|<!--|-->|* * *|`y|z`|&amp;|\\
"""
markdown_lines = st.lists(
    st.sampled_from([*LINES.strip().replace("\n", "|").split("|"), "| a | b |", "|---|---|"]), max_size=24
)


@given(markdown_lines)
def test_any_markdown_parses_in_portions_as_at_one_go(lines: list[str]) -> None:
    source = "\n".join(lines)
    document = markdown.parse(source)
    assert document == whole(source)
    assert faults_of_text(document) == []


@given(st.text(st.sampled_from("a1ế \n\n#*_`[]()<>&;:|-+>^!\\~.\t\u0301\u202e\x1b"), max_size=60))
def test_any_text_gives_canonical_text(source: str) -> None:
    assert faults_of_text(markdown.parse(source)) == []


def faults_of_text(document: Document) -> list[object]:
    """Where its text is not composed and free of controls, a line for each block and none empty; where its
    blocks do not follow one another, or its styles overlap."""
    text, lines, at = document.text, document.text.split("\n"), 0
    faults: list[object] = [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    if not unicodedata.is_normalized("NFC", text):
        faults.append("not composed")
    if text and ("" in lines or len(lines) != len(document.blocks)):
        faults.append("not a line for each block")
    for block in document.blocks:
        if block.start != at or "\n" in text[block.start : block.end]:
            faults.append(block)
        if not 0 <= block.marker <= block.end - block.start:
            faults.append(block)
        at = block.end + 1
    if at != len(text) + (1 if text else 0):
        faults.append(at)
    edges = [edge for run in document.styles for edge in (run.start, run.end)]
    if edges != sorted(edges):
        faults.append(edges)
    return [*faults, *(run for run in document.styles if run.start >= run.end or run.style == Style(0))]


def test_hostile_texts_stay_text(payloads: list[dict[str, Any]]) -> None:
    for payload in payloads:
        for source in (payload["text"], f"# {payload['text']}", f"| {payload['text']} |\n|---|\n| x |"):
            document = markdown.parse(source)
            assert faults_of_text(document) == []
    assert "[red]RED[/red]" in markdown.parse("[red]RED[/red] [b]x[/b]").text
