"""Small documents of every format, made by hand for tests."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODF = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip package of these members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body; `parts`: content of styles, numbering, footnotes."""
    members: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {W}>{content}</w:{name}>"
    return zipped(members)


def p(text: str, *, properties: str = "", run: str = "") -> str:
    """A paragraph of a Word document with one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def odt(body: str, *, styles: str = "") -> bytes:
    """An OpenDocument text with this body and these automatic styles."""
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": odf(body, styles)})


def fodt(body: str, *, styles: str = "") -> bytes:
    """The same in one flat file."""
    return ("<?xml version='1.0'?>" + odf(body, styles, root="document")).encode()


def odf(body: str, styles: str, *, root: str = "document-content") -> str:
    return (
        f"<office:{root} {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:{root}>"
    )


def ods(rows: str) -> bytes:
    """An OpenDocument spreadsheet with one sheet of these rows."""
    sheet = f'<table:table table:name="Chỉ tiêu">{rows}</table:table>'
    content = (
        f"<office:document-content {ODF}><office:body><office:spreadsheet>{sheet}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest:manifest xmlns:manifest='urn:x'/>",
            "content.xml": content,
        }
    )


def pdf(*pages: str) -> bytes:
    """A PDF whose pages draw these content streams, with Helvetica as F1 and its bold as F2."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for number, content in enumerate(pages):
        stream = content.encode("cp1252")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
            b"/Contents %d 0 R>>" % (6 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def line(x: float, y: float, text: str, *, size: float = 12, font: str = "F1") -> str:
    """A line of text in a PDF, from its left end on a baseline."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A straight line in a PDF."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S\n"


_SECTOR = 512


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file with these streams in its root; each is padded to the size that needs no small sectors."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    entries, fat, body = [_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)], [0xFFFFFFFD], b""
    names = list(padded)
    directory_sectors = -(-(len(names) + 1) * 128 // _SECTOR)
    fat += [*range(2, directory_sectors + 1), 0xFFFFFFFE]
    for number, name in enumerate(names, 1):
        data = padded[name]
        first, sectors = len(fat), -(-len(data) // _SECTOR)
        fat += [*range(first + 1, first + sectors), 0xFFFFFFFE]
        body += data.ljust(sectors * _SECTOR, b"\0")
        following = number + 1 if number < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, 2, 0xFFFFFFFF, first, len(data), right=following))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )
    return head.ljust(_SECTOR, b"\xff") + table + directory + body


def _entry(name: str, kind: int, child: int, first: int, size: int, *, right: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le")
    free = 0xFFFFFFFF
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, free, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def doc(text: str, *, wide: str = "") -> bytes:
    """A Word 97 document: `text` in windows-1252, then `wide` in UTF-16, with no formatting."""
    narrow, broad = text.encode("cp1252", "surrogateescape"), wide.encode("utf-16-le")
    first = 0x400
    main = bytearray(first)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 10, 0x0200)
    struct.pack_into("<H", main, 0x20, 14)
    struct.pack_into("<H", main, 0x3E, 22)
    struct.pack_into("<i", main, 0x4C, len(narrow) + len(wide))
    struct.pack_into("<H", main, 0x98, 93)
    starts = [0, len(narrow), len(narrow) + len(wide)]
    pieces = struct.pack("<HIH", 0, first * 2 | 0x40000000, 0) + struct.pack(
        "<HIH", 0, first + len(narrow), 0
    )
    if not wide:
        starts, pieces = starts[:2], pieces[:8]
    plc = struct.pack(f"<{len(starts)}I", *starts) + pieces
    table = b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", main, 0x9A + 33 * 8, 0, len(table))
    return ole({"WordDocument": bytes(main) + narrow + broad, "1Table": table})
