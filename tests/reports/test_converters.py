"""Every format becomes the text that its readers see, with labels as written."""

from __future__ import annotations

import datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import markdown
from reports.clean import one_line
from reports.converters import CONVERTERS, Converted, convert, converter_for
from reports.converters.pieces import Grid, Note, Paragraph, Span
from reports.converters.writer import MarkdownWriter
from reports.document import BlockKind, Document, Style
from reports.errors import LoadError
from tests.reports.converters_made import doc, docx, fodt, line, ods, odt, ole, p, pdf, rule, zipped
from tests.reports.legacy_bytes import in_tcvn3, in_vni
from tests.reports.test_markdown import rows

LIST = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='{}'/></w:numPr>"


def read(data: bytes, encoding: str = "") -> list[tuple[str, int, str]]:
    """Kind, level and text of each block that a document becomes."""
    return rows(document_of(data, encoding))


def document_of(data: bytes, encoding: str = "") -> Document:
    return markdown.parse(converted(data, encoding).markdown)


def converted(data: bytes, encoding: str = "") -> Converted:
    return convert(data, "a.bin", encoding)


ANY = st.text(
    alphabet=st.sampled_from("ab1. *_#|[]()<>&!~^`\\-+=:\"'/;,đế\n\t{}$%@?│"), max_size=30
) | st.text(max_size=20)


@given(ANY, st.sampled_from(["paragraph", "heading", "item", "bold"]))
def test_nothing_in_a_text_acts_as_markup(text: str, kind: str) -> None:
    writer = MarkdownWriter()
    match kind:
        case "paragraph":
            writer.paragraph([Span(text)])
        case "bold":
            writer.paragraph([Span(text, Style.STRONG)])
        case "heading":
            writer.heading(2, [Span(text)])
        case "item":
            writer.item(1, [Span(text)])
    assert markdown.parse(writer.finish()).text == one_line(text)


@given(ANY, ANY)
def test_nothing_in_a_cell_or_note_acts_as_markup(cell: str, note: str) -> None:
    writer = MarkdownWriter()
    writer.table(Grid([[[Paragraph([Span(cell)])], [Paragraph([Span("x"), Span("", note="1")])]]]))
    writer.note(Note("1", [Paragraph([Span(note or "y")])]))
    lines = markdown.parse(writer.finish()).text.split("\n")
    assert lines[0] == one_line(cell).replace("│", "|") + (" │ x[1]" if one_line(note or "y") else " │ x[^1]")
    assert lines[1:] == ([f"[1] {one_line(note or 'y')}"] if one_line(note or "y") else [])


def test_docx_labels_are_those_that_word_shows() -> None:
    levels = (
        "<w:lvl w:ilvl='0'><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2.'/><w:isLgl/></w:lvl>"
        "<w:lvl w:ilvl='2'><w:start w:val='3'/><w:numFmt w:val='lowerLetter'/>"
        "<w:lvlText w:val='%3)'/></w:lvl>"
    )
    numbering = (
        f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
        "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl>"
        "</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
        "<w:startOverride w:val='7'/></w:lvlOverride></w:num>"
    )
    order = [
        (0, 1, "a"),
        (1, 1, "b"),
        (1, 1, "c"),
        (2, 1, "d"),
        (0, 1, "e"),
        (1, 1, "f"),
        (0, 2, "g"),
        (0, 3, "h"),
    ]
    body = "".join(p(text, properties=LIST.format(level, number)) for level, number, text in order)
    assert read(docx(body, numbering=numbering)) == [
        ("i", 1, "I. ¦a"), ("i", 2, "1.1. ¦b"), ("i", 2, "1.2. ¦c"), ("i", 3, "c) ¦d"), ("i", 1, "II. ¦e"),
        ("i", 2, "2.1. ¦f"), ("i", 1, "•g"), ("i", 1, "VII. ¦h"),
    ]  # fmt: skip


def test_docx_headings_by_style_and_by_look() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='K'><w:basedOn w:val='H'/>"
        "<w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>"
    )
    styled = "".join(
        p(t, properties=f"<w:pStyle w:val='{s}'/>")
        for s, t in (("T", "Báo cáo"), ("H", "I. Một"), ("K", "Hai"))
    )
    assert read(docx(styled + p("văn bản"), styles=styles)) == [
        ("h", 1, "Báo cáo"), ("h", 2, "I. ¦Một"), ("h", 3, "Hai"), ("p", 0, "văn bản"),
    ]  # fmt: skip
    looks = [
        p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", properties="<w:jc w:val='center'/>"),
        p("BÁO CÁO", properties="<w:jc w:val='center'/>", run="<w:b/>"),
        p("Kết quả quý I", properties="<w:jc w:val='center'/>"),
        p("I. Kết quả", run="<w:b/>"),
        p("1. Kinh tế", run="<w:b/>"),
        p("1. Tăng trưởng khá;"),
        p("II. HẠN CHẾ"),
        p("- Chậm;"),
    ]
    assert read(docx("".join(looks))) == [
        ("p", 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("h", 1, "BÁO CÁO"), ("p", 0, "Kết quả quý I"),
        ("h", 2, "I. ¦Kết quả"), ("h", 3, "1. ¦Kinh tế"), ("p", 0, "1. ¦Tăng trưởng khá;"),
        ("h", 2, "II. ¦HẠN CHẾ"), ("i", 1, "•Chậm;"),
    ]  # fmt: skip


def test_docx_shows_what_is_there_once() -> None:
    body = (
        "<w:p><w:r><w:t>Đã </w:t></w:r><w:del><w:r><w:delText>không </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>hoàn thành</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:t> 5 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='9'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" + p("trong khung") + "</w:txbxContent>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p("trong khung") + "</w:txbxContent>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:p>"
    )
    footnotes = (
        "<w:footnote w:id='0' w:type='separator'/><w:footnote w:id='9'>" + p("chú thích") + "</w:footnote>"
    )
    assert read(docx(body, footnotes=footnotes)) == [
        ("p", 0, "Đã hoàn thành 5 m²[1]"), ("p", 0, "trong khung"), ("f", 0, "[1] ¦chú thích"),
    ]  # fmt: skip


def test_docx_tables_with_merged_cells() -> None:
    def tc(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    down, on, wide = "<w:vMerge w:val='restart'/>", "<w:vMerge/>", "<w:gridSpan w:val='2'/>"
    table = (
        f"<w:tbl><w:tr>{tc('STT', down)}{tc('Vốn', wide)}</w:tr>"
        f"<w:tr>{tc('', on)}{tc('Kế hoạch')}{tc('Tỷ lệ')}</w:tr>"
        f"<w:tr>{tc('1')}{tc('40,5')}{tc('9,6')}</w:tr></w:tbl>"
    )
    document = document_of(docx(table))
    assert document.text.split("\n") == ["STT │ Vốn │ ", " │ Kế hoạch │ Tỷ lệ", "1 │ 40,5 │ 9,6"]
    assert [t.header for t in document.tables] == [True]


def test_a_letterhead_is_read_line_by_line() -> None:
    left, right = p("UBND TỈNH") + p("Số: 1/BC"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("ngày 5/4/2023")
    body = f"<w:tbl><w:tr><w:tc>{left}</w:tc><w:tc>{right}</w:tc></w:tr></w:tbl>" + p("x")
    assert document_of(docx(body)).text.split("\n") == [
        "UBND TỈNH │ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/BC │ ngày 5/4/2023", "x",
    ]  # fmt: skip


@pytest.mark.parametrize("made", [odt, fodt])
def test_odt(made) -> None:  # type: ignore[no-untyped-def]
    styles = (
        "<text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='1' "
        "style:num-suffix='.'/><text:list-level-style-number text:level='2' style:num-format='a' "
        "style:num-suffix=')'/></text:list-style>"
        "<style:style style:name='B' style:family='text'><style:text-properties fo:font-weight='bold'/>"
        "</style:style>"
    )
    body = (
        "<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>"
        "<text:h text:outline-level='1'>Một</text:h><text:h text:outline-level='2'>Hai</text:h>"
        "<text:p>a<text:s text:c='3'/>b<text:span text:style-name='B'>c</text:span><text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>chú</text:p></text:note-body>"
        "</text:note>;</text:p>"
        "<text:list text:style-name='L'><text:list-item><text:p>x</text:p>"
        "<text:list><text:list-item><text:p>y</text:p>"
        "</text:list-item></text:list></text:list-item>"
        "<text:list-item text:start-value='5'><text:p>z</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        "<text:p>Vốn</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
        "<table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert read(made(body, styles=styles)) == [
        ("h", 1, "Một"), ("h", 2, "Hai"), ("p", 0, "a bc[1];"), ("i", 1, "1. ¦x"), ("i", 2, "a) ¦y"),
        ("i", 1, "5. ¦z"), ("r", 0, "Vốn │ "), ("r", 0, "1 │ 2"), ("f", 0, "[1] ¦chú"),
    ]  # fmt: skip


def test_rtf() -> None:
    source = (
        r"{\rtf1\ansi\ansicpg1252\deff0"
        r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset163 Arial;}{\f2 .VnTimeH;}}"
        r"{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2\outlinelevel1 heading 2;}}"
        r"{\header \pard trang 1\par}"
        r"{\pard\s1 M\u7897\'3ft\par}{\pard\s2 Hai\par}"
        r"{\pard{\listtext\pard a)\tab}\ls1\ilvl1 x {\f1 k\'ea\'ec}{\*\bkmkstart q}"
        r"{\v \u7849?n}{\deleted z}\par}"
        r"{\pard a{\super 2}{\footnote \chftn  ch\'fa}; {\field{\*\fldinst HYPERLINK}{\fldrslt b}}\par}"
        r"{\f2 bé y tÕ\par}"
        r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl 1\cell 2\cell 3\cell\row"
        r"\trowd\cellx1000\cellx3000\pard\intbl 4\cell 5\cell\row\pard x\par}"
    )
    assert read(source.encode("cp1252")) == [
        ("h", 1, "Một"), ("h", 2, "Hai"), ("i", 2, "a) ¦x kế"), ("p", 0, "a²[1]; b"), ("p", 0, "BỘ Y TẾ"),
        ("r", 0, "1 │ 2 │ 3"), ("r", 0, "4 │ 5 │ "), ("p", 0, "x"), ("f", 0, "[1] ¦chú"),
    ]  # fmt: skip


def test_doc() -> None:
    text = "Mot\rtruoc \x13 PAGE \x141\x15 sau\x0bhai\r"
    wide = "Kế hoạch\r"
    assert read(doc(text, wide=wide)) == [("p", 0, "Mot"), ("p", 0, "truoc 1 sau hai"), ("p", 0, "Kế hoạch")]


PAGE = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title>{}</head><body>{}</body></html>"


def test_html_of_a_document() -> None:
    style = "<style>p.H {font-weight: bold} .Vn {font-family: '.VnTime'}</style>"
    body = (
        "<p class='H'>I. Kết quả</p><p>a<sup>2</sup> <a href='http://x.vn'>liên kết</a>"
        "<a name='r1' href='#n1'>[1]</a></p>"
        "<ol><li>x<ol type='a'><li>y</li></ol></li><li value='4'>z</li></ol><ul><li>u</li></ul>"
        "<p class='Vn'>" + in_tcvn3("Kế hoạch") + "</p><p style='display:none'>ẩn</p>"
        "<table><tr><th rowspan=2>STT</th><th colspan=2>Vốn</th></tr><tr><th>a</th><th>b</th></tr>"
        "<tr><td>1</td><td>2<br>3</td><td>4</td></tr></table>"
        "<div id='n1'><p><a href='#r1'>[1]</a> chú</p></div>"
    )
    assert read(PAGE.format(style, body).encode()) == [
        ("h", 2, "I. ¦Kết quả"), ("p", 0, "a² liên kết[1]"), ("i", 1, "1. ¦x"), ("i", 2, "a) ¦y"),
        ("i", 1, "4. ¦z"), ("i", 1, "•u"), ("p", 0, "Kế hoạch"), ("r", 0, "STT │ Vốn │ "),
        ("r", 0, " │ a │ b"),
        ("r", 0, "1 │ 2 3 │ 4"), ("f", 0, "[1] ¦chú"),
    ]  # fmt: skip


ARTICLE = [
    f"Đoạn {n}: tiến độ giải phóng mặt bằng tại một số dự án còn chậm, nhất là đường vành đai."
    for n in range(1, 7)
]
TEXT = "".join(f"<p>{text}</p>" for text in ARTICLE)
MENU = "".join(f"<li><a href='/{n}'>Chuyên mục {n}</a></li>" for n in range(12))
NEWS = {
    "article": (
        f"<header><nav class='menu'><ul>{MENU}</ul></nav></header><article><h1>Giao ban quý I</h1>"
        f"<div>06/4/2023</div><p class='sapo'>Sáng nay, Tỉnh ủy họp.</p><div>{TEXT}</div></article>"
        f"<aside><ul>{MENU}</ul></aside><footer class='footer'>Bản quyền thuộc Báo</footer>"
    ),
    "portal of tables": (
        f"<table class='menu'><tr><td><ul>{MENU}</ul></td><td><table><tr><td><h1>Giao ban quý I</h1></td>"
        f"</tr><tr><td>06/4/2023</td></tr><tr><td><p>Sáng nay, Tỉnh ủy họp.</p><div>{TEXT}</div></td></tr>"
        f"</table></td><td><ul>{MENU}</ul></td></tr></table>"
    ),
}


@pytest.mark.parametrize("body", NEWS.values(), ids=NEWS)
def test_html_of_a_news_page_is_its_article(body: str) -> None:
    lines = document_of(PAGE.format("", body).encode()).text.split("\n")
    assert lines == ["Giao ban quý I", "06/4/2023", "Sáng nay, Tỉnh ủy họp.", *ARTICLE]


SENTENCE = "<p>Căn cứ Nghị định của Chính phủ về quản lý đất đai</p>"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PAGE.format("", SENTENCE).encode(), "utf-8"),
        (PAGE.replace("utf-8", "windows-1258").format("", "<p>K\u00ea\u0301</p>").encode("cp1258"), "cp1258"),
        (PAGE.format("", in_vni(SENTENCE)).encode(), "vni"),
    ],
)
def test_html_encodings(data: bytes, encoding: str) -> None:
    assert converted(data).encoding == encoding


def test_pdf_lines_become_paragraphs() -> None:
    full = "This line of the report is as long as the measure of the text on page %d and runs"
    bodies = [line(72, 700 - 60 * n, full % n) + line(72, 685 - 60 * n, "on here.") for n in range(1, 5)]
    page = (
        line(72, 800, "Province report") + line(72, 700, "1. Heading", size=16, font="F2") + "".join(bodies)
    )
    found = document_of(pdf(page + line(290, 30, "1"), page + line(290, 30, "- 2 -"))).text.split("\n")
    assert found[:3] == ["1. Heading", *(f"{full % n} on here." for n in (1, 2))]
    assert "Province report" not in found
    assert len(found) == 10


def test_pdf_paragraphs_go_on_over_pages() -> None:
    full = "This line of the report is as long as the measure of the whole text is and is one of some"
    first = "".join(line(72, 700 - 15 * n, full) for n in range(4))
    second = line(72, 760, "that end here.") + line(72, 720, "Another.")
    assert document_of(pdf(first, second)).text.split("\n") == [
        " ".join([full] * 4) + " that end here.",
        "Another.",
    ]


@pytest.mark.parametrize("apart", [0, 7], ids=["same baselines", "others"])
def test_pdf_columns_are_read_one_behind_the_other(apart: int) -> None:
    """Whether the lines of both columns stand on the same baselines or not."""
    whole = "words of a paragraph that fills its column {} to the edge."
    texts = [whole.format(chr(97 + n)) for n in range(28)]
    left = "".join(line(60, 700 - 14 * n, text, size=8) for n, text in enumerate(texts[:14]))
    right = "".join(line(320, 700 - apart - 14 * n, text, size=8) for n, text in enumerate(texts[14:]))
    title = line(
        60, 760, "A newsletter of the province, with a title as wide as both of its columns are", size=12
    )
    found = document_of(pdf(title + left + right)).text
    at = [found.index(text) for text in texts]
    assert at == sorted(at)
    assert "│" not in found


def test_pdf_tables_of_two_columns_stay_tables() -> None:
    cells = [("Unit", "Task"), *((f"Office {n}", "Has not met the plan") for n in range(20))]
    body = "".join(
        line(x, 700 - 16 * n, text)
        for n, row in enumerate(cells)
        for x, text in zip((72, 300), row, strict=True)
    )
    assert document_of(pdf(body)).text.split("\n")[:2] == ["Unit │ Task", "Office 0 │ Has not met the plan"]


def test_pdf_tables_with_rules_and_without() -> None:
    xs, ys = (72, 172, 272, 372), (600, 570, 540, 510)
    ruled = "".join(rule(72, y, 372, y) for y in (ys[0], *ys[2:])) + rule(172, 570, 372, 570)
    ruled += (
        rule(72, 600, 72, 510)
        + rule(172, 600, 172, 510)
        + rule(272, 570, 272, 510)
        + rule(372, 600, 372, 510)
    )
    words = [
        (0, 0, "No"),
        (1, 0, "Capital"),
        (1, 1, "Plan"),
        (2, 1, "Rate"),
        (0, 2, "1"),
        (1, 2, "40.5"),
        (2, 2, "9.6"),
    ]
    ruled += "".join(line(xs[x] + 4, ys[y] - 18, text) for x, y, text in words)
    spaced = "".join(
        line(xs[x], 400 - 20 * y, text)
        for y, row in enumerate((("No", "Unit", "Sum"), ("1", "Tra", "5")))
        for x, text in enumerate(row)
    )
    assert document_of(pdf(ruled + spaced)).text.split("\n") == [
        "No │ Capital │ ", " │ Plan │ Rate", "1 │ 40.5 │ 9.6", "No │ Unit │ Sum", "1 │ Tra │ 5",
    ]  # fmt: skip


def test_pdf_footnotes() -> None:
    body = line(72, 700, "Growth was 6 percent") + "BT /F1 7 Tf 1 0 0 1 186 705 Tm (1) Tj ET\n"
    body += "".join(line(72, 680 - 15 * n, "Text of the body of this report.") for n in range(6))
    note = "BT /F1 6 Tf 1 0 0 1 72 83 Tm (1) Tj ET\n" + line(78, 80, "Preliminary figures.", size=9)
    assert read(pdf(body + note))[-1] == ("f", 0, "[1] ¦Preliminary figures.")
    assert read(pdf(body + note))[0][2] == "Growth was 6 percent[1]"


def test_workbooks() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Chỉ tiêu"
    sheet.append(["BÁO CÁO CHỈ TIÊU"])
    sheet.append(["STT", "Chỉ tiêu", "Ngày"])
    sheet.append([1, "Thu", datetime.date(2023, 3, 31)])
    sheet.append([2.5, "Chi", None])
    book.create_sheet("Ẩn").append(["bí mật"])
    book["Ẩn"].sheet_state = "hidden"
    buffer = BytesIO()
    book.save(buffer)
    assert read(buffer.getvalue()) == [
        ("h", 1, "Chỉ tiêu"), ("p", 0, "BÁO CÁO CHỈ TIÊU"), ("r", 0, "STT │ Chỉ tiêu │ Ngày"),
        ("r", 0, "1 │ Thu │ 31/03/2023"), ("r", 0, "2.5 │ Chi │ "),
    ]  # fmt: skip


def test_percentages_of_a_workbook_stand_as_they_are_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows_of_sheet = [
        ["Nơi", "Đạt", "Khác"],
        ["Kim Lũng", 0.103, 0.25],
        ["Đông Lam", 0.5, 3],
        ["Số", "chưa có", 1],
    ]
    for number, row in enumerate(rows_of_sheet, 3):
        for beside, value in enumerate(row, 2):
            sheet.cell(number, beside, value)
    sheet["C4"].number_format = "0.0%"
    sheet["C5"].number_format = "0%"
    sheet["C6"].number_format = "0%"
    sheet["D5"].number_format = '0.00 "%"'
    buffer = BytesIO()
    book.save(buffer)
    assert read(buffer.getvalue()) == [
        ("r", 0, "Nơi │ Đạt │ Khác"),
        ("r", 0, "Kim Lũng │ 10.3% │ 0.25"),
        ("r", 0, "Đông Lam │ 50% │ 3"),
        ("r", 0, "Số │ chưa có │ 1"),
    ]


def test_open_document_spreadsheets() -> None:
    cell = "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>"
    rows = ("".join(map(cell.format, row)) for row in (("a", "b"), ("c", "d")))
    data = ods("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))
    assert [text for _, _, text in read(data)] == ["Chỉ tiêu", "a │ b", "c │ d"]


def test_percentages_of_an_open_document_stand_as_they_are_shown() -> None:
    text = "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>"
    share = (
        "<table:table-cell office:value-type='{}' office:value='0.103'><text:p>{}</text:p></table:table-cell>"
    )
    empty = "<table:table-cell table:number-columns-repeated='3'/>"
    rows_of_sheet = (
        empty,
        empty + text.format("Nơi") + text.format("Đạt") + text.format("Khác"),
        empty
        + text.format("Kim Lũng")
        + share.format("percentage", "10,3%")
        + share.format("float", "0,103"),
    )
    repeated = "<table:table-row table:number-rows-repeated='2'>" + empty + "</table:table-row>"
    data = ods(repeated + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows_of_sheet))
    assert [found for _, _, found in read(data)][1:] == ["Nơi │ Đạt │ Khác", "Kim Lũng │ 10.3% │ 0.103"]


def test_old_fonts_are_read_run_by_run() -> None:
    def run(text: str, font: str) -> str:
        return f"<w:r><w:rPr><w:rFonts w:ascii='{font}'/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"

    body = (
        "<w:p>"
        + run(in_tcvn3("Sở Y tế "), ".VnTime")
        + run("Đà Nẵng ", "Arial")
        + run(in_vni("đề nghị"), "VNI-Times")
        + "</w:p>"
    )
    body += "<w:p>" + run("café Đông", ".VnTime") + run(in_tcvn3(" bộ"), ".VnTimeH") + "</w:p>"
    found = converted(docx(body))
    assert markdown.parse(found.markdown).text.split("\n") == ["Sở Y tế Đà Nẵng đề nghị", "café Đông BỘ"]
    assert found.encoding == "tcvn3, vni"
    forced = converted(docx(body), "utf-8")
    assert (forced.encoding, "Đà Nẵng" in forced.markdown, "Sở" in forced.markdown) == ("utf-8", True, False)


def test_a_document_in_unicode_is_left_alone() -> None:
    """Runs of it that have no letter beyond Latin-1 could be anything, seen alone."""
    runs = ["các ", "công ", "là ", "– ", "và ", "café ", "Đảng "] * 20
    body = "<w:p>" + "".join(f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>" for text in runs) + "</w:p>"
    found = converted(docx(body))
    assert (markdown.parse(found.markdown).text, found.encoding) == ("".join(runs).strip(), "")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("x")), "docx"), (odt("<text:p>x</text:p>"), "odt"), (fodt("<text:p>x</text:p>"), "fodt"),
        (doc("x\r"), "doc"), (ole({"Workbook": b""}), "xls"), (rb"{\rtf1 x}", "rtf"),
        (pdf(line(72, 700, "x")), "pdf"),
        (ods(""), "ods"), (b"<html><p>x", "html"), (zipped({"xl/workbook.xml": "x"}), "xlsx"),
    ],
)  # fmt: skip
def test_formats_are_told_by_content(data: bytes, kind: str) -> None:
    for name in ("a.txt", "a.docx", "a.xls", "a"):
        converter = converter_for(data, name)
        assert converter is not None
        assert converter.name == kind


ENTITY = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (docx(p("x")).replace(b"word/document.xml", b"word/documentxxml"), "an archive, not a report"),
        (zipped({"word/document.xml": ENTITY}), "declares a document type"),
        (zipped({"word/document.xml": "<a>" * 300 + "</a>" * 300}), "nested 257 levels deep"),
        (zipped({"word/document.xml": "<a>"}), "is damaged"),
        (zipped({"word/document.xml": b"<a>" + b" " * 2_000_000 + b"</a>"}), "times when unpacked"),
        (zipped({"word/document.xml": "<a/>"} | {f"{n}": "" for n in range(1_000)}), "holds 1001 parts"),
        (docx(p("x"))[:-30], "is damaged"),
        (ole({"EncryptedPackage": b""}), "protected by a password"),
        (ole({"PowerPoint Document": b""}), "a.bin is an old PowerPoint presentation (.ppt), which"),
        (b"%PDF-1.4\nx", "is damaged"),
        (pdf(""), "a.bin is a scan, no text"),
        (rb"{\rtf1 " + b"{" * 3_000, "2000 groups inside each other"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(data: bytes, says: str) -> None:
    with pytest.raises(LoadError) as caught:
        converted(data)
    assert says in str(caught.value)
    assert str(caught.value).startswith("a.bin ")


def test_parts_that_stand_twice_are_refused() -> None:
    data = zipped({"word/document.xml": "<a/>", "word/documentyxml": "<b/>"})
    with pytest.raises(LoadError, match=r"holds the part word/document\.xml twice"):
        converted(data.replace(b"documentyxml", b"document.xml"))


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name}", name="pypdfium2")

    monkeypatch.setattr("reports.converters.import_module", missing)
    with pytest.raises(LoadError) as caught:
        CONVERTERS["pdf"].convert(b"", "a.pdf")
    assert str(caught.value) == (
        "a.pdf is a PDF document, which needs the library pypdfium2: "
        "install it with pip install 'reviewer[formats]'."
    )


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(LoadError, match="holds 200001 lines; a report may have 200000: split it"):
        converted(rb"{\rtf1 " + rb"a\par " * 200_000 + b"}")


@given(st.data())
def test_damaged_files_are_refused_or_read(data: st.DataObject) -> None:
    made = data.draw(st.sampled_from(DAMAGED))
    start = data.draw(st.integers(0, len(made) - 1))
    end = min(len(made), start + data.draw(st.integers(0, 60)))
    harmed = made[:start] + data.draw(st.binary(max_size=20)) + made[end:]
    try:
        assert isinstance(convert(harmed, "a.bin").markdown, str)
    except LoadError as error:
        assert "\n" not in str(error)


DAMAGED = [
    docx(p("Kế hoạch") + "<w:tbl><w:tr><w:tc>" + p("x") + "</w:tc></w:tr></w:tbl>"),
    odt("<text:p>Kế hoạch</text:p>"),
    doc("Mot\rHai\r", wide="Kế hoạch\r"),
    rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\trowd\cellx100\intbl a\cell\row\pard b{\footnote c}\par}",
    PAGE.format("", "<table><tr><td>a<td>b</table><p>Kế hoạch").encode(),
]


def test_kinds_of_blocks_are_few() -> None:
    document = document_of(docx(p("x")))
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH]
