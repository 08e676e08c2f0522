"""Texts as sequences of words that compare equal however they are spelled, spaced, quoted or capitalised."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right

from reports.document import Document
from reports.vietnamese import fold, spelling

_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)*|[^\W_]+(?:['’](?=[^\W\d_])[^\W_]+)*|\.\.\.|\S")
_QUOTES = "\"'“”„‟‘’‚‛«»‹›″′"
_DASHES = "-‐‑‒–—―−"
_BREAKS = ",;."
_SAME: dict[str, str] = {
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_BREAKS, ","),
    "...": "…",
}
_ENDINGS = frozenset(".;:!?…")
_AT_ENDS = frozenset(",;.:!?…")
_I_OR_Y = re.compile(r"(?<=[hklmst])[iy](?=\d?\Z)")


def key_of(token: str) -> str:
    """What two tokens have in common if they say the same: hoà and hòa, Tỷ and tỉ, “ and ", `,` and `;`.

    Numbers and words with digits in them must be the same to the last sign.
    """
    same = _SAME.get(token)
    if same is not None:
        return same
    first = token[0]
    if first.isdigit():
        return token
    if not token.isalpha():
        return "#" + token.lower().replace("’", "'")
    key = spelling(token)
    return _I_OR_Y.sub("y", key) if len(key.rstrip("012345")) == 2 else key


def tokens_of(text: str) -> list[str]:
    """The words and signs of `text` as they are written."""
    return _TOKEN.findall(text)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where the words and signs of `text` stand: code points, half open."""
    return [match.span() for match in _TOKEN.finditer(text)]


class Lexicon:
    """Numbers for words, shared by the texts that are compared. `keys`: the key of each number."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._by_key: dict[str, int] = {}
        self._by_token: dict[str, int] = {}

    def number(self, token: str) -> int:
        """The number of `token`, the same for all tokens with its key."""
        found = self._by_token.get(token)
        if found is None:
            key = key_of(token)
            found = self._by_key.get(key)
            if found is None:
                found = self._by_key[key] = len(self.keys)
                self.keys.append(key)
            self._by_token[token] = found
        return found

    def folded(self) -> list[int]:
        """For each number the one that stands for all words that differ from it in accents only."""
        first: dict[str, int] = {}
        bare = (fold(key).rstrip("12345") if key[0].isalpha() else key for key in self.keys)
        return [first.setdefault(key, number) for number, key in enumerate(bare)]


class Words:
    """A document as numbers (`ids`, by `lexicon`) of words and signs; white space is nothing, also between
    blocks. `starts`, `ends`: code points of each. `firsts`: for each block its first word, and the number of
    words at the end."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self.ids, self.starts, self.ends = array("I"), array("I"), array("I")
        text, number, blocks = document.text, lexicon.number, document.blocks
        ids, starts, ends = self.ids, self.starts, self.ends
        for match in _TOKEN.finditer(text):
            ids.append(number(match.group()))
            starts.append(match.start())
            ends.append(match.end())
        self.firsts = array("I")
        at = 0
        for start in blocks.starts:
            at = bisect_left(starts, start, at)
            self.firsts.append(at)
        self.firsts.append(len(ids))

    def __len__(self) -> int:
        return len(self.ids)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The words that code points [start, end) touch, half open."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def block_of(self, word: int) -> int:
        """Number of the block that holds a word."""
        return max(0, bisect_right(self.firsts, word, 0, len(self.firsts) - 1) - 1)

    def body(self, block: int) -> tuple[int, int]:
        """The words of a block without its label, half open."""
        blocks = self.document.blocks
        marker = blocks.markers[block] & 127
        first, last = self.firsts[block], self.firsts[block + 1]
        return bisect_left(self.starts, blocks.starts[block] + marker, first, last), last

    def token(self, word: int) -> str:
        """A word as it stands in the text."""
        return self.document.text[self.starts[word] : self.ends[word]]

    def text(self, first: int, last: int) -> str:
        """What words [first, last) say, as they stand in the text."""
        return self.document.text[self.starts[first] : self.ends[last - 1]]

    def is_break(self, word: int) -> bool:
        """Whether a word is a sign that may stand at the end of a passage or not."""
        return self.document.text[self.starts[word]] in _AT_ENDS

    def ends_clause(self, word: int) -> bool:
        """Whether a word is a sign that ends a clause."""
        start = self.starts[word]
        return self.document.text[start] in _ENDINGS
