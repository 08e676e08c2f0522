"""Turns old Vietnamese encodings in a draft into Unicode, told by fonts, else by spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from reports.converters.pieces import Draft, Paragraph, Span
from reports.encodings import encoding_named
from reports.encodings_legacy import (
    CONVERSIONS,
    MOST_UNICODE,
    SAMPLE,
    better_read,
    draws_capitals,
    font_encoding,
    legacy_of,
)
from reports.encodings_syllables import UNICODE_VIETNAMESE, unicode_share
from reports.encodings_tables import VNI_MARKS

_VNI_BASES = frozenset("aeiouyôöAEIOUYÔÖ")


def mend(draft: Draft, encoding: str = "") -> str:
    """Convert the text of `draft` in place and return the encodings that were found, joined by commas.

    A run in a font such as `.VnTime` or `VNI-Times` is converted if that does not spell it worse; what is
    left is converted if its spelling says so and the document is not in Unicode altogether. `encoding`
    overrides both; then every run is read so, unless it is in Unicode already.
    """
    forced = encoding_named(encoding)
    paragraphs = [paragraph for paragraph in draft.paragraphs() if not paragraph.text.isascii()]
    if forced in CONVERSIONS:
        for paragraph in paragraphs:
            _convert(paragraph.spans, forced)
        return forced
    if forced:
        return forced
    spans = (span for paragraph in paragraphs for span in paragraph.spans)
    plain = unicode_share("\n".join(span.text for span in spans if not font_encoding(span.font)))
    found = Counter(name for paragraph in paragraphs for name in _by_fonts(paragraph))
    if plain < MOST_UNICODE:
        left = [paragraph for paragraph in paragraphs if any(map(_is_open, paragraph.spans))]
        spelt = legacy_of(_sample(left), draft.hint)
        if spelt:
            found[spelt] += sum(1 for paragraph in left if _convert(paragraph.spans, spelt))
    return ", ".join(name for name, _ in found.most_common())


def _sample(paragraphs: Iterable[Paragraph]) -> str:
    taken: list[str] = []
    size = 0
    for paragraph in paragraphs:
        taken.append("".join(span.text for span in paragraph.spans if _is_open(span)))
        size += len(taken[-1])
        if size > SAMPLE:
            break
    return "\n".join(taken)


def _is_open(span: Span) -> bool:
    """Whether nothing says yet that the text of `span` is in Unicode."""
    return not span.text.isascii() and UNICODE_VIETNAMESE.search(span.text) is None


def _by_fonts(paragraph: Paragraph) -> Iterator[str]:
    """Convert the runs in fonts of old encodings; gives the encodings of those that were."""
    for name, spans in _grouped(paragraph.spans):
        if not name:
            continue
        text = "".join(span.text for span in spans if UNICODE_VIETNAMESE.search(span.text) is None)
        if better_read(text, name) and _convert(spans, name):
            yield name
        for span in spans:
            if name == "tcvn3" and draws_capitals(span.font):
                span.text = span.text.upper()


def _grouped(spans: Iterable[Span]) -> list[tuple[str, list[Span]]]:
    """Neighbours whose fonts draw one encoding; a space belongs to what stands before it."""
    groups: list[tuple[str, list[Span]]] = []
    for span in spans:
        name = font_encoding(span.font)
        if groups and (not span.text.strip() or groups[-1][0] == name):
            groups[-1][1].append(span)
        else:
            groups.append((name, [span]))
    return groups


def _convert(spans: list[Span], encoding: str) -> bool:
    """Read the open ones of `spans` in `encoding`; whether there was one."""
    if encoding == "vni":
        _rejoin_marks(spans)
    opened = [span for span in spans if _is_open(span)]
    for span in opened:
        span.text = CONVERSIONS[encoding](span.text)
    return bool(opened)


def _rejoin_marks(spans: list[Span]) -> None:
    """Move marks at the start of a run to the letter before it, which ends another run."""
    for before, after in pairwise(spans):
        while before.text[-1:] in _VNI_BASES and after.text[:1] in VNI_MARKS:
            before.text += after.text[0]
            after.text = after.text[1:]
