"""Typical phrases of issue types, and which issue types a passage speaks of.

A phrase names the topic; one that ends in `!` is a problem by itself (`nợ đọng thuế!`); one that begins
with `~` is a problem only beside a topic of the same tag (`~tồn đọng`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from annotations.models import Tag
from annotations.wording import words
from reports.vietnamese import spelling


class PhraseKind(StrEnum):
    TOPIC = "topic"
    PROBLEM = "problem"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A typical phrase without its mark, and what it says of a passage that holds it."""

    text: str
    kind: PhraseKind


def read_phrase(written: str) -> Phrase:
    """A phrase as the codebook writes it, without its mark."""
    if written.endswith("!"):
        return Phrase(written[:-1].strip(), PhraseKind.PROBLEM)
    if written.startswith("~"):
        return Phrase(written[1:].strip(), PhraseKind.CUE)
    return Phrase(written, PhraseKind.TOPIC)


class PhraseFinder:
    """Which tags a passage speaks of, by the phrases and labels of one state of the codebook."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self._tags: list[tuple[int, list[tuple[str, int, PhraseKind]]]] = []
        for tag in tags:
            if tag.retired:
                continue
            phrases = [read_phrase(written) for written in tag.phrases]
            phrases += [Phrase(label, PhraseKind.PROBLEM) for label in (tag.label_vi, tag.label_en) if label]
            keyed = [(_key(p.text), len(words(p.text)), p.kind) for p in phrases if p.text]
            self._tags.append((tag.id, keyed))

    def find(self, passage: str) -> list[int]:
        """Ids of the tags whose phrases are in `passage`, the likeliest first.

        A problem counts more than a topic beside a cue, that more than a topic alone, and a long phrase more
        than a short one. Accents count, case and punctuation do not.
        """
        text = _key(passage)
        scored = []
        for order, (tag_id, phrases) in enumerate(self._tags):
            best = dict.fromkeys(PhraseKind, 0)
            for key, length, kind in phrases:
                if length > best[kind] and key in text:
                    best[kind] = length
            topic = best[PhraseKind.TOPIC]
            cue = 1.5 if topic and best[PhraseKind.CUE] else 0.0
            problem = best[PhraseKind.PROBLEM]
            score = max(topic + cue, problem + 2.0 if problem else 0.0) + (0.5 if topic and problem else 0.0)
            if score:
                scored.append((-score, order, tag_id))
        return [tag_id for _, _, tag_id in sorted(scored)]


def _key(text: str) -> str:
    return f" {' '.join(spelling(word) for word in words(text))} "
