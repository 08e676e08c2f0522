"""Splits rich text into its tokens and knows its character sets and destinations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<unicode>(?:\\u-?\d{1,6} ?(?:\\'[0-9a-fA-F]{2}|[?_*]))+)"
    r"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|(?P<bytes>(?:\\'[0-9a-fA-F]{2})+)"
    r"|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)"
    r"|(?P<nothing>[\r\n]+|\\)"
)
_CODE = re.compile(r"\\u(-?\d{1,6})")
_BINARY = "bin"

CODEPAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    255: "cp437",
}  # fmt: skip
"""Codec by the number of a font's character set; any other means the document's own code page."""

SYMBOL_CHARSET = 2

_HIDDEN = """
annotation atnauthor atndate atnicn atnid atnparent atnref atntime atrfend atrfstart author background
bkmkend bkmkstart buptim category colorschememapping colortbl comment company creatim datafield datastore
defchp defpap docvar doccomm falt fldinst filetbl fontemb fontfile fonttbl footer footerf footerl footerr
footnotesep formfield ftncn ftnsep ftnsepc generator gridtbl header headerf headerl headerr hlinkbase
htmltag info keywords latentstyles listoverridetable listpicture listtable manager mhtmltag mmathpr nextfile
nonesttables nonshppict objalias objclass objdata objname objsect objtime oldcprops oldpprops oldsprops
oldtprops operator panose passwordhash pgptbl picprop pict pnseclvl pntxta pntxtb printim private
protusertbl revtbl revtim rsidtbl rtf shpinst sn sp staticval stylesheet subject sv tc themedata title txe
userprops ud wgrffmtfilter windowcaption writereservation xe xform xmlattrname xmlattrvalue xmlclose xmlname
xmlnstbl xmlopen aftnsep aftnsepc aftncn
"""
HIDDEN = frozenset(_HIDDEN.split()) - {"rtf", "shpinst", "ud"}
"""Destinations that show nothing on the page, or repeat on every page."""

SHOWN = frozenset(
    {"footnote", "shptxt", "shpinst", "fldrslt", "listtext", "pntext", "result", "ud", "nesttableprops"}
)
"""Destinations that are read though they are marked as unknown to old readers."""

CHARACTERS = {
    "tab": " ", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "—", "endash": "–", "emspace": " ",
    "enspace": " ", "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "zwj": "", "zwnj": "",
}  # fmt: skip
"""Control words that stand for a character."""

SYMBOLS = {"~": "\u00a0", "-": "\u00ad", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
"""Control symbols that stand for a character; ư of old fonts is the optional hyphen."""


class Kind(Enum):
    """Kinds of token."""

    WORD = "word"
    BYTES = "bytes"
    SYMBOL = "symbol"
    BRACE = "brace"
    TEXT = "text"
    UNICODE = "unicode"


class Token(NamedTuple):
    """A token and what it holds: `number` is that of a word, None if it has none.

    A UNICODE token is a run of characters that each have a substitute of one byte; `source` is the run as it
    is written, for where the substitutes have another length.
    """

    kind: Kind
    value: str
    number: int | None = None
    source: str = ""


def tokens(source: str) -> Iterator[Token]:
    """The tokens of rich text `source`, one character for each byte; binary data left out."""
    at = 0
    while match := _TOKEN.match(source, at):
        at = match.end()
        group = match.lastgroup
        if group == "unicode":
            run = match.group()
            yield Token(
                Kind.UNICODE, "".join(chr(int(code) % 0x10000) for code in _CODE.findall(run)), source=run
            )
        elif group in ("word", "number"):
            number = int(match["number"]) if match["number"] else None
            if match["word"] == _BINARY and number:
                at += max(number, 0)
            else:
                yield Token(Kind.WORD, match["word"], number)
        elif group == "bytes":
            yield Token(Kind.BYTES, match.group())
        elif group in ("symbol", "brace", "text"):
            yield Token(Kind(group), match[group])


def single_tokens(run: str) -> Iterator[Token]:
    """The tokens of a run of characters one by one: words `u`, and their substitutes."""
    for match in re.finditer(r"\\u(-?\d{1,6}) ?(\\'[0-9a-fA-F]{2}|.)", run):
        yield Token(Kind.WORD, "u", int(match.group(1)))
        substitute = match.group(2)
        yield Token(Kind.BYTES if substitute.startswith("\\'") else Kind.TEXT, substitute)


def bytes_of(run: str) -> bytes:
    """The bytes that a run of `\\'xx` writes."""
    return bytes.fromhex(run.replace("\\'", ""))
