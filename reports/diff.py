"""The difference between two texts: by paragraphs, and by words inside those that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reports.anchor_alignment import Alignment
from reports.anchor_runs import Gap, Run, gaps, shared_runs
from reports.anchor_words import Lexicon, Words, spans_of

_SHINGLES = (3, 1)


class Edit(StrEnum):
    """What became of words or of a paragraph."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words with the white space behind it. `text`: as the new text has it where it is the same,
    else as the text has it that it was taken from. `start`: its first code point in that text."""

    edit: Edit
    text: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of either text or both. `old`, `new`: its number there, None where it is not. `edit`: `changed`
    if its words differ, `same` also where only spelling and spaces do. `moved`: its order has changed."""

    edit: Edit
    old: int | None
    new: int | None
    moved: bool = False


def word_difference(old: str, new: str) -> tuple[Piece, ...]:
    """How `old` becomes `new`, word by word; words compare as in re-anchoring, so spelling does not count."""
    lexicon = Lexicon()
    ours, theirs = spans_of(old), spans_of(new)
    runs = shared_runs(
        [lexicon.number(old[start:end]) for start, end in ours],
        [lexicon.number(new[start:end]) for start, end in theirs],
        _SHINGLES,
    )
    pieces: list[Piece] = []
    at = there = 0
    for run in [*runs, Run(len(ours), len(theirs), 0)]:
        pieces += _piece(Edit.REMOVED, old, ours, at, run.old)
        pieces += _piece(Edit.ADDED, new, theirs, there, run.new)
        at, there = run.old + run.length, run.new + run.length
        pieces += _piece(Edit.SAME, new, theirs, run.new, there)
    return apart(pieces)


def apart(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """`pieces` with a space before words that were taken out, where those before them end without one."""
    found: list[Piece] = []
    for piece in pieces:
        touching = bool(found) and not (found[-1].text[-1:].isspace() or piece.text[:1].isspace())
        glued = piece.edit is Edit.REMOVED and touching
        found.append(replace(piece, text=f" {piece.text}") if glued else piece)
    return tuple(found)


def _piece(edit: Edit, text: str, spans: list[tuple[int, int]], first: int, last: int) -> Iterator[Piece]:
    """Words [first, last) with the white space up to the next one."""
    if first < last:
        end = spans[last][0] if last < len(spans) else len(text)
        yield Piece(edit, text[spans[first][0] : end], spans[first][0])


def paragraph_difference(alignment: Alignment) -> list[Paragraph]:
    """The paragraphs of the new text in order, those that were removed where they would stand."""
    found: list[Paragraph] = []
    whole = Gap(0, len(alignment.old.firsts) - 1, 0, len(alignment.new.firsts) - 1)
    parts: list[Run | Gap] = [*alignment.block_runs, *gaps(alignment.block_runs, whole)]
    for part in sorted(parts, key=lambda each: (each.old, each.new)):
        if isinstance(part, Run):
            found += [Paragraph(Edit.SAME, part.old + at, part.new + at) for at in range(part.length)]
        else:
            found += _in_gap(alignment, part)
    return found


def _in_gap(alignment: Alignment, gap: Gap) -> Iterator[Paragraph]:
    """Pairs of blocks that share most of their words, and those that have no partner."""
    partners = {new: _partner(alignment, new) for new in range(gap.new, gap.new_end)}
    taken = {old for old, _ in partners.values() if old is not None}
    left = [
        old for old in range(gap.old, gap.old_end) if old not in taken and not _went_elsewhere(alignment, old)
    ]
    for new, (old, moved) in partners.items():
        while old is not None and not moved and left and left[0] < old:
            yield Paragraph(Edit.REMOVED, left.pop(0), None)
        if old is None:
            yield Paragraph(Edit.ADDED, None, new)
        else:
            same = _ids(alignment, old, new)
            yield Paragraph(Edit.SAME if same else Edit.CHANGED, old, new, moved)
    for old in left:
        yield Paragraph(Edit.REMOVED, old, None)


def _partner(alignment: Alignment, new: int) -> tuple[int | None, bool]:
    """The old block that most words of a new one come from, if they are a third of it; whether it moved."""
    first, last = alignment.new.firsts[new], alignment.new.firsts[new + 1]
    votes: dict[int, int] = {}
    for image in alignment.to_old[first:last]:
        if image >= 0:
            block = alignment.old.block_of(image)
            votes[block] = votes.get(block, 0) + 1
    if not votes:
        return None, False
    block = max(votes, key=lambda each: votes[each])
    if votes[block] * 3 < last - first:
        return None, False
    source = alignment.old.firsts[block]
    moved = sum(alignment.moved[source : alignment.old.firsts[block + 1]]) * 2 > votes[block]
    return block, moved


def _went_elsewhere(alignment: Alignment, old: int) -> bool:
    """Whether an old block is in the new text at another place, whole or in parts."""
    first, last = alignment.old.firsts[old], alignment.old.firsts[old + 1]
    linked = sum(image >= 0 for image in alignment.to_new[first:last])
    return linked * 2 > last - first


def paragraph_pieces(alignment: Alignment, paragraph: Paragraph) -> tuple[Piece, ...]:
    """The words of a paragraph: the new text's, and among them those that were removed from the old."""
    if paragraph.new is None:
        assert paragraph.old is not None
        words, number = alignment.old, paragraph.old
        return (_stretch(Edit.REMOVED, words, words.firsts[number], words.firsts[number + 1]),)
    words = alignment.new
    if paragraph.old is None:
        return (_stretch(Edit.ADDED, words, *words.firsts[paragraph.new : paragraph.new + 2]),)
    pieces: list[Piece] = []
    before: int | None = None
    start = first = words.firsts[paragraph.new]
    last = words.firsts[paragraph.new + 1]
    for at in range(first, last):
        image = alignment.to_old[at]
        edit = Edit.ADDED if image < 0 else Edit.SAME
        removed = _removed(alignment, paragraph, before, image)
        if at > start and (removed or edit is not _edit_of(alignment, at - 1)):
            pieces.append(_stretch(_edit_of(alignment, at - 1), words, start, at))
            start = at
        at_end = len(pieces) - 1 if pieces and pieces[-1].edit is Edit.ADDED else len(pieces)
        pieces[at_end:at_end] = removed
        before = image if image >= 0 else before
    pieces.append(_stretch(_edit_of(alignment, start), words, start, last))
    return (*pieces, *_removed(alignment, paragraph, before, None))


def _edit_of(alignment: Alignment, new: int) -> Edit:
    return Edit.ADDED if alignment.to_old[new] < 0 else Edit.SAME


def _removed(
    alignment: Alignment, paragraph: Paragraph, before: int | None, image: int | None
) -> list[Piece]:
    """The old words without an image between word `before` and word `image`: None for the beginning and the
    end of the paragraph's old block, -1 for a word that is new."""
    if paragraph.old is None or image == -1:
        return []
    old = alignment.old
    first = old.firsts[paragraph.old] if before is None else before + 1
    last = old.firsts[paragraph.old + 1] if image is None else image
    if not first < last or any(each >= 0 for each in alignment.to_new[first:last]):
        return []
    return [_stretch(Edit.REMOVED, old, first, last)]


def _stretch(edit: Edit, words: Words, first: int, last: int) -> Piece:
    """Words [first, last) of a block as they are written, with what is behind them in it."""
    text = words.document.text
    end = words.starts[last] if last < len(words) else len(text)
    return Piece(edit, text[words.starts[first] : end].partition("\n")[0], words.starts[first])


def _ids(alignment: Alignment, old: int, new: int) -> bool:
    ours, theirs = alignment.old, alignment.new
    return (
        ours.ids[ours.firsts[old] : ours.firsts[old + 1]]
        == theirs.ids[theirs.firsts[new] : theirs.firsts[new + 1]]
    )
