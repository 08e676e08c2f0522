"""Make the Word templates that ship with the program: `python -m annotations.export.build_annex`.

Needs python-docx, which the program itself does not. The measures follow the decree on clerical work
(30/2020/NĐ-CP): A4, Times New Roman, the annex's title in capitals, its parts in Roman numbers.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_FONT = "Times New Roman"
_TEXTS = {
    "vi": {
        "annex": "Phụ lục",
        "with": "(Kèm theo văn bản số …/… ngày … tháng … năm … của …)",
        "about": "Số vấn đề: {{count}}. Bộ lọc: {{filter}}. Tình trạng lúc {{at}}, thời hạn tính đến "
        "{{today}}. Người xuất: {{reviewer}}.",
        "agency": "{{agency_number}}. {{agency}} ({{agency_count}} vấn đề)",
        "heads": ("STT", "Nội dung", "Loại vấn đề", "Cơ quan phối hợp", "Tình trạng", "Thời hạn", "Ghi chú"),
        "grid": "Tiến độ theo cơ quan chủ trì{{grid}}",
        "grid_heads": (
            "Cơ quan chủ trì",
            "Hoàn thành đúng hạn",
            "Hoàn thành quá hạn",
            "Chưa hoàn thành, trong hạn",
            "Chưa hoàn thành, quá hạn",
            "Cộng",
        ),
        "anchor": "Mã neo {{anchor}}",
        "page": "Trang ",
    },
    "en": {
        "annex": "Annex",
        "with": "(To document No. …/… of … by …)",
        "about": "Issues: {{count}}. Filter: {{filter}}. As of {{at}}, deadlines as of {{today}}. "
        "Exported by: {{reviewer}}.",
        "agency": "{{agency_number}}. {{agency}} ({{agency_count}} issues)",
        "heads": ("No.", "Passage", "Issue type", "Coordinating", "State", "Due", "Note"),
        "grid": "Deadlines by lead agency{{grid}}",
        "grid_heads": (
            "Lead agency",
            "Completed on time",
            "Completed late",
            "Not completed, in time",
            "Not completed, overdue",
            "Total",
        ),
        "anchor": "Anchor {{anchor}}",
        "page": "Page ",
    },
}
_CELLS = (
    (("{{number}}", False),),
    (("“{{passage}}”", False), ("{{source}}", True)),
    (("{{tags}}", False),),
    (("{{coordinating}}", False),),
    (("{{status}}", False), ("{{severity}}", True)),
    (("{{due}}", False),),
    (("{{note}}", False),),
)
_WIDTHS = (12, 97, 37, 37, 24, 24, 31)
_CENTRED = (0, 4, 5)
_GRID_CELLS = ("{{grid_agency}}", "{{on_time}}", "{{late}}", "{{in_time}}", "{{overdue}}", "{{total}}")
_GRID_WIDTHS = (112, 30, 30, 30, 30, 30)
_MARGINS = (20, 15)
_SHADE = "E7EAEE"


def build(language: str, path: Path) -> None:
    """Write the template of that language to `path`."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    texts: dict[str, Any] = _TEXTS[language]
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = (Mm(margin) for margin in _MARGINS)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.footer_distance = Mm(9)
    _style(document.styles["Normal"], Pt(12))
    _title(document, texts)
    heads = _table(document, texts["heads"], _WIDTHS)
    _group_row(heads, texts["agency"])
    _row(heads, _CELLS, _WIDTHS, _CENTRED)
    _heading(document, texts["grid"])
    grid = _table(document, texts["grid_heads"], _GRID_WIDTHS)
    _row(grid, [((cell, False),) for cell in _GRID_CELLS], _GRID_WIDTHS, range(1, len(_GRID_CELLS)))
    for cell in grid.rows[-1].cells:
        # So that the grid stands on one page where it can.
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph()
    _footer(section.footer.paragraphs[0], texts)
    core = document.core_properties
    core.author, core.title, core.comments = "", texts["annex"], ""
    core.created = core.modified = datetime.datetime(2023, 1, 1)
    document.save(str(path))


def _style(style: Any, size: Any) -> None:
    from docx.oxml.ns import qn

    style.font.name = _FONT
    style.font.size = size
    fonts = style.element.rPr.rFonts
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), _FONT)
    style.paragraph_format.space_after = 0


def _title(document: Any, texts: dict[str, Any]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    for text, size, bold in ((texts["annex"], 14, True), ("{{title}}", 14, True), (texts["with"], 12, False)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, not bold, Pt(size)
        run.font.all_caps = text == "{{title}}"
    rule = document.add_paragraph()
    between = (297 - sum(_MARGINS) - 50) / 2
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(between)
    rule.paragraph_format.line_spacing = Pt(4)
    rule.paragraph_format.space_after = Pt(6)
    _properties(rule._p.get_or_add_pPr(), ("pBdr", {}, ("top", _border(6))))
    about = document.add_paragraph(texts["about"])
    about.paragraph_format.space_after = Pt(6)
    about.runs[0].font.size = Pt(11)


def _heading(document: Any, text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(14)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).bold = True


def _table(document: Any, heads: Sequence[str], widths: Sequence[int]) -> Any:
    """A table with its row of headers, which comes again on every page."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, head, width in zip(table.rows[0].cells, heads, widths, strict=True):
        cell.width, cell.vertical_alignment = Mm(width), WD_ALIGN_VERTICAL.CENTER
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        run = cell.paragraphs[0].add_run(head)
        run.bold, run.font.size = True, Pt(11)
        _properties(cell._tc.get_or_add_tcPr(), ("shd", {"val": "clear", "color": "auto", "fill": _SHADE}))
    _properties(table.rows[0]._tr.get_or_add_trPr(), ("cantSplit", {}), ("tblHeader", {}))
    return table


def _group_row(table: Any, text: str) -> None:
    """A row across the table that names an agency and stays with its first issue."""
    from docx.shared import Mm, Pt

    cells = table.add_row().cells
    whole = cells[0].merge(cells[-1])
    whole.width = Mm(sum(_WIDTHS))
    paragraph = whole.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(12)
    _properties(table.rows[-1]._tr.get_or_add_trPr(), ("cantSplit", {}))


def _row(table: Any, cells: Any, widths: Sequence[int], centred: Any) -> None:
    """The row that is repeated. `cells`: the lines of each, with whether they are quiet."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    for at, (cell, lines, width) in enumerate(zip(table.add_row().cells, cells, widths, strict=True)):
        cell.width = Mm(width)
        for number, (text, quiet) in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            if at in centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(text)
            run.italic, run.font.size = quiet, Pt(9.5 if quiet else 11)
    _properties(table.rows[-1]._tr.get_or_add_trPr(), ("cantSplit", {}))


def _footer(paragraph: Any, texts: dict[str, Any]) -> None:
    """The anchor at left, the page's number of all at right."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    stops = paragraph.paragraph_format.tab_stops
    for stop in list(paragraph.style.paragraph_format.tab_stops):
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(297 - sum(_MARGINS)), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(texts["anchor"]).font.size = Pt(7.5)
    paragraph.add_run("\t" + texts["page"]).font.size = Pt(10)
    for name, after in (("PAGE", "/"), ("NUMPAGES", "")):
        for kind, text in (("begin", ""), ("", name), ("separate", ""), ("result", "1"), ("end", "")):
            run = paragraph.add_run()
            run.font.size = Pt(10)
            run._r.append(_field_part(kind, text))
        paragraph.add_run(after).font.size = Pt(10)


def _field_part(kind: str, text: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if kind in ("begin", "separate", "end"):
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        return element
    element = OxmlElement("w:t" if kind == "result" else "w:instrText")
    element.text = text
    return element


def _border(eighths: int) -> dict[str, str]:
    return {"val": "single", "sz": str(eighths), "space": "1", "color": "auto"}


def _properties(owner: Any, *wanted: Any) -> None:
    """Add to the properties `owner` elements by name and attributes, some with one inside."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name, attributes, *inside in wanted:
        element = OxmlElement(f"w:{name}")
        for key, value in attributes.items():
            element.set(qn(f"w:{key}"), value)
        for child, said in inside:
            border = OxmlElement(f"w:{child}")
            for key, value in said.items():
                border.set(qn(f"w:{key}"), value)
            element.append(border)
        owner.append(element)


if __name__ == "__main__":
    for name in _TEXTS:
        build(name, Path(__file__).with_name("assets") / f"annex.{name}.docx")
