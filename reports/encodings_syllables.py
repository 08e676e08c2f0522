"""Whether words can be Vietnamese syllables: what tells one old encoding from another, and from French."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_ONSETS = "ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x"
_OPEN = (
    "a ai ao au ay âu ây e eo ê êu i ia iêu iu o oa oai oao oay oe oeo oi ô ôi ơ ơi u ua uây uê ui uôi uơ uy "
    "uya uyu ư ưa ưi ươi ươu ưu y yêu"
)
_NASAL = (
    "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh iêm iên iêng oam oan oang oanh oăm oăn "
    "oăng oen om on ong oong ôm ôn ông ơm ơn um un ung uân uâng uênh uôm uôn uông uyên uynh ưm ưn ưng ươm "
    "ươn ương yêm yên yêng"
)
_STOPPED = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oac oach oap oat oăc oăt oc ooc "
    "oet op ot ôc ôp ôt ơp ơt uc up ut uât uêch uôc uôt uych uyêt uyt uyp ưc ươc ươp ưt ươt yêt ơc êc"
)
_TONES = str.maketrans(
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy",
)
_MARKED = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
_STOP_TONES = re.compile("[áạắặấậéẹếệíịóọốộớợúụứựýỵ]")
_ANY_MARK = re.compile(f"[{_MARKED}]", re.IGNORECASE)

_BETWEEN = re.compile(r"[\s\x00-@\[-`{-\x7f\u00a0\u2010-\u203a]+")

UNICODE_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0303\u0306\u0309\u031b\u0323]")
"""What Vietnamese text in Unicode has and no text in an old encoding shows, read as windows-1252."""

_HIGH = re.compile(r"[^\x00-\x7f\u2010-\u203a]")


def _pattern() -> re.Pattern[str]:
    onsets = "|".join(_ONSETS.split())
    rimes = "|".join(sorted(f"{_OPEN} {_NASAL} {_STOPPED}".split(), key=len, reverse=True))
    return re.compile(f"(?:{onsets})?(?:{rimes})|qu(?:ynh|ych|yt|yp|yu)")


_SYLLABLE = _pattern()
_STOPPED_RIME = re.compile(f"(?:{'|'.join(_STOPPED.split())})$")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word`, NFC, is spelt like a Vietnamese syllable: onset, rime, and a tone the rime can have."""
    lower = word.lower()
    plain = lower.translate(_TONES)
    if _SYLLABLE.fullmatch(plain) is None or sum(a != b for a, b in zip(lower, plain, strict=True)) > 1:
        return False
    if lower.isascii() or _STOPPED_RIME.search(plain) is None:
        return True
    return _STOP_TONES.search(lower) is not None or lower == plain


@dataclass(frozen=True, slots=True)
class Spelling:
    """`words` that were looked at, and how many of them can be syllables and how many carry marks."""

    words: int
    valid: int
    marked: int

    @property
    def share(self) -> float:
        """Part of the words that can be Vietnamese syllables, 0 to 1."""
        return self.valid / self.words if self.words else 0.0

    @property
    def marked_share(self) -> float:
        """Part of the words that carry Vietnamese marks, 0 to 1."""
        return self.marked / self.words if self.words else 0.0


def words_of(text: str) -> list[str]:
    """The words of `text`: what stands between spaces, digits and ASCII punctuation."""
    return [word for word in _BETWEEN.split(text) if word]


def spelling(words: Iterable[str]) -> Spelling:
    """How far `words` look like Vietnamese; unmarked abbreviations (UBND, GRDP) are not counted."""
    count = valid = marked = 0
    for word in words:
        if word.isascii() and (word.isupper() or len(word) == 1):
            continue
        count += 1
        if is_syllable(word):
            valid += 1
            marked += _ANY_MARK.search(word) is not None
    return Spelling(count, valid, marked)


def unicode_share(text: str) -> float:
    """Part of the characters beyond ASCII that only Vietnamese in Unicode has, 0 to 1."""
    high = len(_HIGH.findall(text))
    return len(UNICODE_VIETNAMESE.findall(text)) / high if high else 0.0
