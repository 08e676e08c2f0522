"""Opens zip packages (docx, odt, xlsx, ods) and their XML, refusing what would hurt before it is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from reports.errors import N_, LoadError

MOST_MEMBERS = 1_000
LARGEST_UNPACKED = 50 * 1024 * 1024
"""Bytes of all members together, pictures left out, which are never unpacked."""

LARGEST_RATIO, RATIO_FROM = 100, 1024 * 1024
"""Times that a member may grow when unpacked, if it is larger than so many bytes then."""

DEEPEST_XML = 256
"""Elements inside each other; real documents stay below 60."""

_PICTURES = ("word/media/", "xl/media/", "ppt/media/", "Pictures/", "Thumbnails/", "word/fonts/")

_DAMAGE = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError, LookupError)


class Package:
    """The members of a zip package; `shown` is the file's name in messages. LoadError if it is unsafe."""

    def __init__(self, data: bytes, shown: str) -> None:
        self.shown = shown
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except _DAMAGE as error:
            raise damaged(shown, error) from None
        self._check(members)
        self.names = frozenset(member.filename for member in members)

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MOST_MEMBERS:
            raise LoadError(
                N_("{name} holds {count} parts; {most} are allowed: save it again in its own program."),
                name=self.shown, count=len(members), most=MOST_MEMBERS,
            )  # fmt: skip
        twice = [name for name, count in Counter(m.filename for m in members).items() if count > 1]
        if twice:
            raise LoadError(
                N_("{name} holds the part {part} twice, so its text is uncertain: ask for a clean copy."),
                name=self.shown, part=twice[0],
            )  # fmt: skip
        read = [member for member in members if not member.filename.startswith(_PICTURES)]
        if any(member.flag_bits & 1 for member in read):
            raise protected(self.shown)
        total = sum(member.file_size for member in read)
        if total > LARGEST_UNPACKED:
            raise LoadError(
                N_("{name} unpacks to {size} MB; {most} MB are allowed: split it or import its text only."),
                name=self.shown, size=-(-total // 2**20), most=LARGEST_UNPACKED // 2**20,
            )  # fmt: skip
        for member in read:
            if member.file_size > max(RATIO_FROM, LARGEST_RATIO * member.compress_size):
                raise LoadError(
                    N_("{name} grows {ratio} times when unpacked, as no report does: ask for a clean copy."),
                    name=self.shown, ratio=member.file_size // max(1, member.compress_size),
                )  # fmt: skip

    def bytes(self, member: str) -> bytes:
        """The content of `member`, which must be there; LoadError if it is damaged."""
        try:
            return self._zip.read(member)
        except _DAMAGE as error:
            raise damaged(self.shown, error) from None

    def xml(self, member: str) -> Element:
        """The root element of `member`; LoadError if it is damaged or has a document type."""
        return parsed(self.bytes(member), self.shown)

    def xml_if_there(self, member: str) -> Element | None:
        """The root element of `member`, or None if the package has no such part."""
        return self.xml(member) if member in self.names else None


def damaged(shown: str, reason: object) -> LoadError:
    """The error for a file that breaks the rules of its format."""
    return LoadError(
        N_("{name} is damaged ({reason}): save it again in its own program, or ask for a new copy."),
        name=shown,
        reason=" ".join(str(reason).split())[:200] or type(reason).__name__,
    )


def protected(shown: str) -> LoadError:
    """The error for a file that wants a password."""
    return LoadError(
        N_("{name} is protected by a password: save it without one and import that."), name=shown
    )


class _Guard(TreeBuilder):
    """Builds the tree, but no deeper than `DEEPEST_XML` and from no document with its own entities."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self._shown = shown
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        if self._depth > DEEPEST_XML:
            raise LoadError(
                N_("{name} is nested {depth} levels deep, as no real report is: ask for a clean copy."),
                name=self._shown, depth=self._depth,
            )  # fmt: skip
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, *declared: object) -> None:
        raise LoadError(
            N_("{name} declares a document type, which may hide or invent text: ask for a clean copy."),
            name=self._shown,
        )


def parsed(data: bytes, shown: str) -> Element:
    """The root element of XML `data`, no entity of its own resolved; LoadError if it is damaged."""
    parser = XMLParser(target=_Guard(shown))
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise damaged(shown, error) from None
    return root


class _Locals(dict[object, str]):
    def __missing__(self, tag: object) -> str:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if len(self) < 10_000:
            self[tag] = name
        return name


_LOCALS = _Locals()


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace; empty for comments."""
    return _LOCALS[tag]


def attribute(element: Element, name: str, default: str = "") -> str:
    """The attribute of `element` with this local name, in whatever namespace."""
    for key, value in element.items():
        if _LOCALS[key] == name:
            return value
    return default


def child(element: Element | None, *path: str) -> Element | None:
    """The first element below `element` at `path` of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if _LOCALS[inner.tag] == name), None)
    return element
