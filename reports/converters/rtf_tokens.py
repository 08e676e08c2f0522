"""Splits rich text into its tokens and knows its character sets and destinations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
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


@dataclass(frozen=True, slots=True)
class Token:
    """`word` with its `number`, or a `byte`, a `symbol`, a `brace` or plain `text`; the others are empty."""

    word: str = ""
    number: int | None = None
    byte: int = -1
    symbol: str = ""
    brace: str = ""
    text: str = ""


def tokens(source: str) -> Iterator[Token]:
    """The tokens of rich text `source`, one character for each byte; binary data left out."""
    at = 0
    while True:
        match = _TOKEN.match(source, at)
        if match is None:
            return
        at = match.end()
        word, number, byte, symbol, brace, text = match.groups()
        if word:
            count = int(number) if number else None
            if word == _BINARY and count:
                at += max(count, 0)
                continue
            yield Token(word=word, number=count)
        elif text is not None:
            yield Token(text=text)
        elif brace:
            yield Token(brace=brace)
        elif byte:
            yield Token(byte=int(byte, 16))
        elif symbol:
            yield Token(symbol=symbol)
