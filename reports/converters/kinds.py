"""What kind of document some bytes are, told by magic bytes, zip members and OLE streams."""

from __future__ import annotations

from reports.converters.package import Package, damaged, protected
from reports.formats import container_of

_MIMETYPES = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/epub", "epub"),
)
_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_STREAMS = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)


def kind_of(data: bytes, shown: str) -> str:
    """The name of the format of `data`, empty if it is none that needs a converter.

    LoadError if its container is damaged, unsafe to unpack, or wants a password; `shown` is its name there.
    """
    container = container_of(data, shown)
    if container is None:
        return ""
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, shown) or container.name
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _streamed(data, shown) or container.name
    return container.name


def _zipped(data: bytes, shown: str) -> str:
    package = Package(data, shown)
    if "mimetype" in package.names:
        declared = package.bytes("mimetype")
        for mimetype, kind in _MIMETYPES:
            if declared.startswith(mimetype):
                return kind
    for member, kind in _MEMBERS:
        if member in package.names:
            return kind
    if "[Content_Types].xml" in package.names and b"wordprocessingml" in package.bytes("[Content_Types].xml"):
        return "docx"
    return "archive"


def _streamed(data: bytes, shown: str) -> str:
    try:
        import reports.converters.ole as ole
    except ModuleNotFoundError:
        return ""
    with ole.opened(data, shown) as file:
        if file.exists("EncryptedPackage"):
            raise protected(shown)
        for stream, kind in _STREAMS:
            if file.exists(stream):
                return kind
    raise damaged(shown, "no document in it")
