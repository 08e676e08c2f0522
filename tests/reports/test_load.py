"""Files become reports, or one sentence says why not and what to do."""

from __future__ import annotations

import codecs
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import reviewer.i18n
from reports import load as loading
from reports.errors import LoadError
from reports.formats import container_of
from reports.load import load, load_bytes
from reviewer.i18n import explain

SHARED = Path(__file__).parents[3] / "shared"

MARKDOWN = "# Báo cáo quý I/2023\n\n**Cơ quan:** Sở Y tế — **Ngày:** 05/4/2023\n\nThiếu thuốc.\n"


def test_markdown_and_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "bc.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    loaded = load(path)
    assert (loaded.title, loaded.date, loaded.period, loaded.issuer) == (
        "Báo cáo quý I/2023",
        "2023-04-05",
        "2023-Q1",
        "Sở Y tế",
    )
    assert (loaded.format, loaded.encoding) == ("markdown", "utf-8")
    assert load_bytes("Tiêu đề\n\nMột\nHai".encode(), "a.txt").format == "plain"
    assert load_bytes(MARKDOWN.encode(), "a.txt").format == "markdown"
    assert load_bytes(b"x", "a.MD").format == "markdown"
    assert load_bytes("Một **đậm**\nHai".encode(), "a.txt").document.text == "Một **đậm**\nHai"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (codecs.BOM_UTF8 + "Đất đai".encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + "Đất đai".encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + "Đất đai".encode("utf-16-be"), "utf-16-be"),
        ("Báo cáo kết quả thanh tra đất đai".encode("utf-16-le"), "utf-16-le"),
        ("Báo cáo kết quả thanh tra đất đai".encode("utf-16-be"), "utf-16-be"),
        ("Đất\x00 đai\x1b[2J".encode(), "utf-8"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    loaded = load_bytes(data, "a.txt")
    assert loaded.encoding == encoding
    assert "đai" in loaded.document.text
    assert "\x1b" not in loaded.document.text


def test_the_period_may_stand_in_the_file_name() -> None:
    assert load_bytes("Giao ban\n\nHọp.".encode(), "giao-ban-quy-1-2023.txt").period == "2023-Q1"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.md", "a.md is empty: choose a file with text in it."),
        (b" \n\t\r\n", "a.md", "a.md is empty: choose a file with text in it."),
        ("\u200b\u00ad".encode(), "a.txt", "a.txt holds no text: choose a file with words in it."),
        (b"---\n\n***\n", "a.md", "a.md holds no text: choose a file with words in it."),
        (
            b"abc \xff def",
            "a.txt",
            "a.txt is not UTF-8 text (byte 4 is 0xFF): save it as UTF-8 and import it again, or name its",
        ),
        (codecs.BOM_UTF8 + b"abc \xff", "a.txt", "a.txt is not UTF-8 text (byte 7 is 0xFF)"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", "a.txt", "a.txt is damaged UTF-16 text (byte 4)"),
        (bytes(range(256)) * 20, "a.bin", "a.bin is not a text file"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 200, "a", "a is not a text file"),
        (b"\x89PNG\r\n\x1a\n123", "a.png", "a.png is a picture, not a report"),
        (b"SQLite format 3\x00", "a.db", "a.db is a database, not a report"),
        (b"7z\xbc\xaf\x27\x1c12", "a.7z", "a.7z is an archive, not a report"),
    ],
)
def test_what_cannot_be_a_report(data: bytes, name: str, says: str) -> None:
    with pytest.raises(LoadError) as caught:
        load_bytes(data, name)
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"%PDF-1.7\n", "a.txt", "a PDF document"),
        (b"{\\rtf1 x}", "a.rtf", "a rich-text document (.rtf)"),
        (b"PK\x03\x04...word/document.xml...", "a.zip", "a Word document (.docx)"),
        (b"PK\x03\x04...", "a.xlsx", "an Excel workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.doc", "an old Word document (.doc)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.xls", "an old Excel workbook (.xls)"),
        (codecs.BOM_UTF8 + b"\n<!DOCTYPE html><p>x", "a.txt", "a web page"),
        (b"<?xml version='1.0'?><office:document>", "a.fodt", "a flat OpenDocument text (.fodt)"),
    ],
)
def test_what_a_file_is(data: bytes, name: str, what: str) -> None:
    container = container_of(data, name)
    assert container is not None
    assert container.label == what


def zipped(**members: str) -> bytes:
    """A zip file of these members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in members.items():
            package.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (
            zipped(ppt__presentation_xml="x").replace(b"_xml", b".xml"),
            "a.docx",
            "a PowerPoint presentation (.pptx)",
        ),
        (zipped(mimetype="application/epub+zip"), "a.odt", "an e-book (.epub)"),
    ],
)
def test_formats_that_no_converter_reads(data: bytes, name: str, what: str) -> None:
    with pytest.raises(LoadError) as caught:
        load_bytes(data, name)
    assert str(caught.value) == (
        f"{name} is {what}, which this version does not read: "
        "save it as plain text or Markdown and import that."
    )


def test_a_document_is_converted() -> None:
    loaded = load_bytes(
        rb"{\rtf1\ansi {\b B\u225 ?o c\u225 ?o qu\u253 ? I/2023}\par H\u7885 ?p.\par}", "a.txt"
    )
    assert (loaded.title, loaded.format, loaded.period) == ("Báo cáo quý I/2023", "rtf", "2023-Q1")
    assert loaded.document.text == "Báo cáo quý I/2023\nHọp."


def test_an_encoding_can_be_told() -> None:
    data = "B¸o c¸o".encode("cp1252")
    with pytest.raises(LoadError, match=r"not UTF-8 text .* or name its encoding"):
        load_bytes(data, "a.txt")
    loaded = load_bytes(data, "a.txt", "ABC")
    assert (loaded.document.text, loaded.encoding) == ("Báo cáo", "tcvn3")
    with pytest.raises(LoadError, match=r"There is no encoding 'ebcdic': use one of utf-8, utf-16,"):
        load_bytes(data, "a.txt", "ebcdic")


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    cases = [
        (tmp_path / "none.md", "There is no file"),
        (tmp_path, "is a folder"),
        (tmp_path / "pipe", "is not a regular file"),
        (str(tmp_path) + "/a\0b", "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ]
    for path, says in cases:
        with pytest.raises(LoadError, match=says):
            load(path)


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("x", encoding="utf-8")

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(LoadError, match="may not be read: ask its owner"):
        load(path)


def test_a_file_that_is_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(loading.LARGEST_FILE + 1)
    with pytest.raises(LoadError, match=r"big.md has 51 MB; a report may have 50 MB: split it"):
        load(path)


def test_one_line_of_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("tiến độ chậm; " * 100_000, encoding="utf-8")
    document = load(path).document
    assert max(block.end - block.start for block in document.blocks) <= 20_000
    assert document.text.count("tiến độ chậm") == 100_000


def test_the_names_of_formats_are_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewer.i18n, "_", lambda text: text.upper() if text == "a picture" else text)
    with pytest.raises(LoadError) as caught:
        load_bytes(b"GIF89a", "a.gif")
    assert explain(caught.value).startswith("a.gif is A PICTURE, not a report")


def test_names_are_shown_safely() -> None:
    with pytest.raises(LoadError) as caught:
        load_bytes(b"", "a\u202egpj\x1b[2J\n.md")
    assert "\x1b" not in str(caught.value)
    assert "<U+202E>" in str(caught.value)
    with pytest.raises(LoadError, match="the file is empty"):
        load_bytes(b"", "")


@pytest.mark.parametrize(
    "name",
    ["binary.txt", "traversal.zip", "xlsx-bomb.xlsx", "truncated.docx", "flate-nested-2GB.pdf", "utf16.txt"],
)
def test_hostile_files_end_in_a_sentence_or_a_report(name: str) -> None:
    path = SHARED / "payloads" / "files" / name
    if not path.exists():
        pytest.skip("the collection of hostile files is not here")
    try:
        assert load(path).document.text
    except LoadError as error:
        assert str(error).startswith(name)
        assert "\n" not in str(error)
