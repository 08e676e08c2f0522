"""Make the Word templates that ship with the program: `python -m annotations.export.build_annex`.

Needs python-docx, which the program itself does not. The measures follow the decree on clerical work
(30/2020/NĐ-CP): A4, Times New Roman, margins of 20 mm, 30 mm at the binding edge.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

_FONT = "Times New Roman"
_TEXTS = {
    "vi": {
        "annex": "PHỤ LỤC",
        "with": "(Kèm theo văn bản số …/… ngày … tháng … năm … của …)",
        "about": "Số vấn đề: {{count}}. Bộ lọc: {{filter}}. Lúc: {{at}}. Người xuất: {{reviewer}}.",
        "agency": "{{agency}} ({{agency_count}} vấn đề)",
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
        "page": "Trang ",
    },
    "en": {
        "annex": "ANNEX",
        "with": "(To document No. …/… of … by …)",
        "about": "Issues: {{count}}. Filter: {{filter}}. As of: {{at}}. Exported by: {{reviewer}}.",
        "agency": "{{agency}} ({{agency_count}} issues)",
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
_WIDTHS = (12, 92, 38, 38, 26, 24, 35)
_GRID_CELLS = ("{{grid_agency}}", "{{on_time}}", "{{late}}", "{{in_time}}", "{{overdue}}", "{{total}}")
_GRID_WIDTHS = (105, 32, 32, 32, 32, 32)


def build(language: str, path: Path) -> None:
    """Write the template of that language to `path`."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    texts: dict[str, Any] = _TEXTS[language]
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15)
    _style(document.styles["Normal"], Pt(12))
    centred = [(texts["annex"], True), ("{{title}}", True), (texts["with"], False)]
    for text, bold in centred:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, not bold
    document.add_paragraph(texts["about"]).paragraph_format.space_before = Pt(8)
    _heading(document, texts["agency"])
    _table(document, texts["heads"], _CELLS, _WIDTHS)
    _heading(document, texts["grid"])
    _table(document, texts["grid_heads"], [((cell, False),) for cell in _GRID_CELLS], _GRID_WIDTHS)
    document.add_paragraph()
    _page_number(section.footer.paragraphs[0], texts["page"])
    core = document.core_properties
    core.author, core.title, core.comments = "", texts["annex"].capitalize(), ""
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


def _heading(document: Any, text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(12)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).bold = True


def _table(document: Any, heads: Any, cells: Any, widths: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    table = document.add_table(rows=2, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for at, (head, lines, width) in enumerate(zip(heads, cells, widths, strict=True)):
        table.columns[at].width = Mm(width)
        for row in table.rows:
            row.cells[at].width = Mm(width)
        top = table.rows[0].cells[at].paragraphs[0].add_run(head)
        top.bold, top.font.size = True, Pt(11)
        cell = table.rows[1].cells[at]
        for number, (text, quiet) in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.italic, run.font.size = quiet, Pt(10 if quiet else 11)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    together = OxmlElement("w:cantSplit")
    table.rows[1]._tr.get_or_add_trPr().append(together)


def _page_number(paragraph: Any, label: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(label)
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


if __name__ == "__main__":
    for name in _TEXTS:
        build(name, Path(__file__).with_name("assets") / f"annex.{name}.docx")
