"""Finds title, headings and typed bullets in a draft, by its styles, else by how it looks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.converters.layout import is_signature, settled_grid
from reports.converters.pieces import Draft, Grid, Paragraph, Span
from reports.document import Style
from reports.labels import HEADING_LEVELS, LabelKind, read_label
from reports.titles import HEAD_LINES, is_motto, names_genre, title_lines

LONGEST_HEADING = 200
"""Code points; a longer paragraph is none, however it is set."""

ENOUGH_DECLARED = 2
"""Headings declared by styles from which on none are inferred."""

_BULLET = re.compile(r"\s*(?P<mark>[-–—+*•▪►●◦○\uf0b7\uf0a7\uf02d]|o(?=\s))\s+(?=[^\W_]|[\"“(‘'<\[])")
_DEEPER = "+◦○o"
_ENDED = re.compile(r"[.;:!?…]\s*$")


def arranged(draft: Draft) -> list[Paragraph | Grid]:
    """The pieces of `draft` in reading order; `level` of each paragraph is that of the heading it is, 1 to 6.

    The title is at level 1 and the headings that styles declare go one deeper below it, so that the same
    report has the same headings from every format.
    """
    pieces: list[Paragraph | Grid] = []
    for piece in draft.body:
        pieces += settled_grid(piece) if isinstance(piece, Grid) else _lines(piece)
    pieces = [p for p in pieces if isinstance(p, Grid) or p.whole]
    title = _title(pieces)
    _declare(pieces, title)
    _infer(pieces, title)
    return pieces


def _lines(paragraph: Paragraph) -> Iterator[Paragraph]:
    """`paragraph` cut at those line breaks that begin something new."""
    lines: list[list[Span]] = [[]]
    for span in paragraph.spans:
        for number, text in enumerate(span.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(replace(span, text=text))
    current = paragraph.with_spans(lines[0])
    for spans in lines[1:]:
        following = paragraph.with_spans(spans)
        if _begins_anew(current, following):
            yield _bulleted(current)
            current = following
            current.label, current.bullet, current.depth = "", False, 0
        else:
            current.spans = [*current.spans, Span(" "), *spans]
    yield _bulleted(current)


def _begins_anew(above: Paragraph, below: Paragraph) -> bool:
    text = below.text.strip()
    if not text or _ENDED.search(above.text) or (above.centred and not text[0].islower()):
        return True
    return _BULLET.match(text) is not None or read_label(text) is not None or above.text.isupper()


def _bulleted(paragraph: Paragraph) -> Paragraph:
    """`paragraph` as an item if a dash or dot is typed in front of it; the mark goes."""
    if paragraph.label or paragraph.bullet or paragraph.level:
        return paragraph
    match = _BULLET.match(paragraph.text)
    if match is None:
        return paragraph
    gone = match.end()
    spans: list[Span] = []
    for span in paragraph.spans:
        taken = min(gone, len(span.text))
        gone -= taken
        spans.append(replace(span, text=span.text[taken:]))
    paragraph.spans = spans
    paragraph.bullet, paragraph.depth = True, 2 if match["mark"] in _DEEPER else 1
    return paragraph


def _title(pieces: Sequence[Paragraph | Grid]) -> Paragraph | None:
    """The paragraph that begins the title: declared, or found below a letterhead, or set as one."""
    for piece in pieces:
        if isinstance(piece, Paragraph) and piece.title:
            return piece
    lines: list[str] = []
    sources: list[Paragraph | None] = []
    for piece in pieces[: HEAD_LINES * 2]:
        cells = [piece] if isinstance(piece, Paragraph) else piece.paragraphs()
        lines += [paragraph.whole for paragraph in cells]
        sources += cells if isinstance(piece, Paragraph) else [None] * len(cells)
    found = title_lines(lines)
    first = sources[found.start] if found else None
    if first is None or read_label(first.whole) is not None:
        return None
    set_apart = first.centred or first.bold or bool(first.level) or first.whole.isupper()
    return first if set_apart or names_genre(first.whole) else None


def _declare(pieces: Sequence[Paragraph | Grid], title: Paragraph | None) -> None:
    """Put the title at level 1 and what styles declare below it."""
    deeper = int(title is not None and (title.title or not title.level))
    for piece in pieces:
        if isinstance(piece, Paragraph) and piece.level and piece is not title:
            piece.level = min(piece.level + deeper, 6)
    if title is not None:
        title.level = 1


def _infer(pieces: Sequence[Paragraph | Grid], title: Paragraph | None) -> None:
    """Find headings by label with bold or capitals, at the level of declared ones with such labels; where
    styles declare none, also by letters that are larger than the text's."""
    flow = list(_between(pieces, title))
    trusted = sum(1 for piece in flow if piece.level) >= ENOUGH_DECLARED
    body = _body_size(pieces)
    labelled: list[Paragraph] = []
    unlabelled: list[Paragraph] = []
    for piece in flow:
        if piece.level or piece.bullet or len(piece.whole) > LONGEST_HEADING:
            continue
        if _is_labelled_heading(piece):
            labelled.append(piece)
        elif not trusted and _stands_out(piece, body):
            unlabelled.append(piece)
    levels = _levels_of_labels(flow, labelled)
    by_size: dict[float, int] = {}
    for piece in labelled:
        label = read_label(piece.whole)
        if label is not None:
            piece.level = min(levels[label.kind] + label.depth, 6)
            by_size.setdefault(piece.size, piece.level)
    _settle_articles([piece for piece in flow if _label_kind(piece) == LabelKind.ARTICLE])
    for piece in unlabelled:
        piece.level = by_size.get(piece.size, 2) if piece.size > body else 2


def _levels_of_labels(flow: Sequence[Paragraph], labelled: Sequence[Paragraph]) -> dict[LabelKind, int]:
    """The level of headings with each kind of label in this document, in line with those that it declares."""
    declared = {
        kind: piece.level for piece in flow if piece.level and (kind := _label_kind(piece)) in HEADING_LEVELS
    }
    present = {kind for piece in labelled if (kind := _label_kind(piece))} | set(declared)
    both = {LabelKind.UPPER, LabelKind.ROMAN} <= present
    levels = {kind: level + (both and kind > LabelKind.UPPER) for kind, level in HEADING_LEVELS.items()}
    moved = min((level - levels[kind] for kind, level in declared.items()), default=0)
    return {kind: declared.get(kind, max(level + moved, 1)) for kind, level in levels.items()}


def _between(pieces: Sequence[Paragraph | Grid], title: Paragraph | None) -> Iterator[Paragraph]:
    """The paragraphs behind the title and its centred lines, up to the signature."""
    begun, in_title = title is None, title is not None
    for piece in pieces:
        if begun:
            cells = [piece] if isinstance(piece, Paragraph) else piece.paragraphs()
            if any(is_signature(paragraph.whole) for paragraph in cells):
                return
            in_title = in_title and isinstance(piece, Paragraph) and _goes_on(piece)
            if isinstance(piece, Paragraph) and not in_title:
                yield piece
        begun = begun or piece is title


def _goes_on(paragraph: Paragraph) -> bool:
    """Whether a paragraph below the title is one more line of it; it is no heading then."""
    if not paragraph.centred or read_label(paragraph.whole) is not None:
        return False
    paragraph.level = 0
    return True


def _is_labelled_heading(paragraph: Paragraph) -> bool:
    """Whether the label and the letters of a paragraph make it a heading."""
    text = paragraph.whole
    label = read_label(text)
    if label is None or label.kind not in HEADING_LEVELS or text.endswith((";", ",")):
        return False
    rest = text[label.length :]
    if paragraph.bold or (len(rest) > 1 and rest.isupper()):
        return True
    if label.kind in (LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION):
        return True
    return label.kind == LabelKind.ARTICLE and not text.endswith(".") and _begins_bold(paragraph)


def _label_kind(paragraph: Paragraph) -> LabelKind | None:
    label = read_label(paragraph.whole)
    return label.kind if label else None


def _settle_articles(articles: Sequence[Paragraph]) -> None:
    """Let either all articles be headings or none, so that no passage is cited under the wrong one."""
    if not all(article.level for article in articles):
        for article in articles:
            article.level = 0


def _begins_bold(paragraph: Paragraph) -> bool:
    """Whether its first letters are bold, as the label of a law's article is."""
    first = next((span for span in paragraph.spans if span.text.strip()), None)
    return first is not None and Style.STRONG in first.style


def _stands_out(paragraph: Paragraph, body: float) -> bool:
    """Whether an unlabelled paragraph is a heading: capitals, or bold in letters larger than the text's."""
    text = paragraph.whole
    if text.endswith((";", ",", ".")) or is_motto(text) or not any(map(str.isalpha, text)):
        return False
    if text.isupper() and len(text) >= 6 and (paragraph.bold or paragraph.centred):
        return True
    return paragraph.bold and bool(body) and paragraph.size > body + 0.4


def _body_size(pieces: Sequence[Paragraph | Grid]) -> float:
    """Points in which most letters of the text are set, 0 if unknown."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        if isinstance(piece, Paragraph) and piece.size:
            sizes[piece.size] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
