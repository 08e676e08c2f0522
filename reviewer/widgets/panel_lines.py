"""An annotation as lines of the panel: two when it is closed, everything when it is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from annotations.models import Agency, Annotation, Comment, Role, Status, Tag
from annotations.succession import Succession, with_heirs
from reviewer.days import show_day, show_moment
from reviewer.i18n import _, language, ngettext
from reviewer.layout.cells import width as cells_of
from reviewer.layout.wrap import wrap
from reviewer.widgets.parts import Part, both_ends, crop_parts, parts_width
from reviewer.words import role_word, severity_word, status_word

CLOSED_LINES = 2
INDENT = "   "
DOT = " · "
LATE = "!"
"""Before what is overdue, so that it does not hang on colour."""
_QUOTE_LINES, _NOTE_LINES, _COMMENT_LINES = 4, 12, 2

Line = list[Part]


class Directory:
    """Tags and agencies by id, retired ones too, the digits that tags have now, and what gives the comments
    on an annotation of some id."""

    def __init__(
        self,
        tags: Mapping[int, Tag] | None = None,
        agencies: Mapping[int, Agency] | None = None,
        digits: Mapping[int, int] | None = None,
        comments: Callable[[int], Sequence[Comment]] = lambda _annotation_id: (),
    ) -> None:
        self.tags: Mapping[int, Tag] = tags or {}
        self.agencies: Mapping[int, Agency] = agencies or {}
        self.digits: Mapping[int, int] = digits or {}
        self.comments = comments
        self._succession = Succession(self.agencies.values())
        self._agency_labels: dict[tuple[int, str], str] = {}
        self._looks: dict[tuple[int, ...], tuple[str, tuple[str, ...]]] = {}

    def agency_label(self, agency: Agency) -> str:
        """Its name in the reader's language, with who answers in its place today, if others do."""
        known = (agency.id, language())
        if known not in self._agency_labels:
            heirs = self._succession.heirs(agency, date.today())
            name = agency.short if heirs and language() != "en" else ""
            named = [heir.label(language()) for heir in heirs]
            self._agency_labels[known] = with_heirs(name or agency.label(language()), named, language())
        return self._agency_labels[known]

    def tag_labels(self, annotation: Annotation) -> list[str]:
        """The labels of its tags in the reader's language."""
        return [self.tags[key].label(language()) for key in annotation.tags if key in self.tags]

    def sign(self, annotation: Annotation) -> str:
        """One cell that stands for the annotation: the digit of its first tag with one, else a letter."""
        return self._look(annotation)[0]

    def colours(self, annotation: Annotation) -> tuple[str, ...]:
        """The names of its tags' colours."""
        return self._look(annotation)[1]

    def _look(self, annotation: Annotation) -> tuple[str, tuple[str, ...]]:
        look = self._looks.get(annotation.tags)
        if look is None:
            colours = tuple(self.tags[key].colour for key in annotation.tags if key in self.tags)
            look = self._looks[annotation.tags] = self._sign(annotation), colours
        return look

    def _sign(self, annotation: Annotation) -> str:
        for key in annotation.tags:
            if key in self.digits:
                return str(self.digits[key])
        letters = (label[0] for label in self.tag_labels(annotation) if label and cells_of(label[0]) == 1)
        return next(letters, "·").upper()


def closed_lines(
    annotation: Annotation, directory: Directory, cells: int, today: date | None = None
) -> list[Line]:
    """Exactly `CLOSED_LINES` lines of at most `cells` cells: tags, first agency; what is overdue `today` has
    a sign."""
    labels = directory.tag_labels(annotation)
    more: Line = [(f" +{len(labels) - 1}", "quiet")] if len(labels) > 1 else []
    late: Line = [(f" {LATE}", "error")] if is_late(annotation, today or date.today()) else []
    words = labels[0] if labels else f"“{annotation.exact}”"
    head = [*_sign(annotation, directory), (words, "" if labels else "quiet")]
    return [
        both_ends(head, [*more, *late], cells, gap=0),
        crop_parts(_agency_summary(annotation, directory, cells), cells),
    ]


def open_lines(
    annotation: Annotation,
    directory: Directory,
    cells: int,
    today: date,
    *,
    draft: bool = False,
    low: bool = False,
) -> list[Line]:
    """Everything there is to say about an annotation, in lines of at most `cells` cells.

    `draft`: its note has been typed on and not saved. `low`: there are few rows, so that
    status and due date come before all else, and the passage is not quoted.
    """
    lines: list[Line] = []
    labels = directory.tag_labels(annotation) or [_("no tag yet")]
    for number, label in enumerate(labels):
        style = "strong" if annotation.tags else "warning"
        for row, text in enumerate(_wrapped(label, cells - len(INDENT))):
            lead = _sign(annotation, directory) if number == row == 0 else [(INDENT, "")]
            lines.append([*lead, (text, style)])
    standing = _standing(annotation, cells, today)
    if low:
        lines += standing[:-1]
    else:
        said = _wrapped(f"“{_one_line(annotation.exact)}”", cells - len(INDENT), _QUOTE_LINES)
        lines += [[(INDENT, ""), (text, "quiet")] for text in said]
    lines += _agency_lines(annotation, directory, cells)
    for paragraph in annotation.note.split("\n") if annotation.note else ():
        lines += [
            [(INDENT, ""), (text, "")] for text in _wrapped(paragraph, cells - len(INDENT), _NOTE_LINES)
        ]
    if draft:
        lines.append([(INDENT, ""), (_("note not saved yet: n goes on with it"), "warning")])
    lines += standing[-1:] if low else standing
    lines += _comment_lines(directory.comments(annotation.id), cells, today)
    return [crop_parts(line, cells) for line in lines]


def _agency_summary(annotation: Annotation, directory: Directory, cells: int) -> Line:
    leads = [link for link in annotation.links if link.role == Role.LEAD]
    known = [
        directory.agencies[link.agency_id]
        for link in annotation.links
        if link.agency_id in directory.agencies
    ]
    if not known:
        return [(INDENT, ""), ("– " + _("no agency yet"), "warning")]
    first = directory.agencies.get(leads[0].agency_id, known[0]) if leads else known[0]
    more = f" +{len(known) - 1}" if len(known) > 1 else ""
    return both_ends(
        [(INDENT, ""), (directory.agency_label(first), "quiet")],
        [(more, "quiet")] if more else (),
        cells,
        gap=0,
    )


def _agency_lines(annotation: Annotation, directory: Directory, cells: int) -> list[Line]:
    if not annotation.links:
        return [[(INDENT, ""), ("– " + _("no agency yet"), "warning")]]
    lines: list[Line] = []
    for role in (Role.LEAD, Role.COORDINATING):
        for link in annotation.links:
            agency = directory.agencies.get(link.agency_id)
            if link.role != role or agency is None:
                continue
            word = role_word(role)
            room = cells - len(INDENT) - cells_of(word) - 2
            names = _wrapped(directory.agency_label(agency), max(8, room))
            lines.append(both_ends([(INDENT, ""), (names[0], "")], [(word, "quiet")], cells))
            lines += [[(INDENT, ""), (text, "")] for text in names[1:]]
    return lines


def is_late(annotation: Annotation, today: date) -> bool:
    """Whether the due day of an unfinished issue is past."""
    unfinished = annotation.status in (Status.OPEN, Status.IN_PROGRESS)
    return unfinished and annotation.due is not None and annotation.due < today.isoformat()


def talk(comments: Sequence[Comment], today: date) -> str:
    """How many `comments` there are, whose the last one is, and when it was made; empty without any."""
    if not comments:
        return ""
    count = ngettext("{count} comment", "{count} comments", len(comments)).format(count=len(comments))
    return f"{count} · {comments[-1].reviewer} · {show_moment(comments[-1].created_at, today)}"


def _comment_lines(comments: Sequence[Comment], cells: int, today: date) -> list[Line]:
    """How many comments there are, and the last of them."""
    if not comments:
        return []
    head = talk(comments, today)
    said = _wrapped(_one_line(comments[-1].text), cells - len(INDENT) - 2, _COMMENT_LINES)
    return [[(INDENT, ""), (head, "quiet")], *([(f"{INDENT}  ", ""), (line, "quiet")] for line in said)]


def _standing(annotation: Annotation, cells: int, today: date) -> list[Line]:
    """Status, severity, due date, owner; who and when."""
    facts: list[Part] = [(status_word(annotation.status), "")]
    if annotation.severity is not None:
        facts.append((severity_word(annotation.severity), ""))
    if annotation.due:
        late = is_late(annotation, today)
        word = f"{LATE} " + _("overdue since {day}") if late else _("due {day}")
        facts.append((word.format(day=show_day(annotation.due)), "error" if late else ""))
    if annotation.owner:
        facts.append((_("owner {name}").format(name=annotation.owner), ""))
    who = f"#{annotation.id} · {annotation.reviewer} · {show_moment(annotation.updated_at, today)}"
    return [*_flow(facts, cells), [(INDENT, ""), (who, "quiet")]]


def _flow(facts: Sequence[Part], cells: int) -> list[Line]:
    """`facts` with dots between them, a new line where the next one does not fit."""
    lines: list[Line] = [[(INDENT, "")]]
    for fact in facts:
        if len(lines[-1]) > 1:
            if parts_width(lines[-1]) + len(DOT) + cells_of(fact[0]) <= cells:
                lines[-1].append((DOT, "quiet"))
            else:
                lines.append([(INDENT, "")])
        lines[-1].append(fact)
    return lines


def _sign(annotation: Annotation, directory: Directory) -> Line:
    colours = directory.colours(annotation)
    return [(directory.sign(annotation), f"ink:{colours[0] if colours else ''}"), (INDENT[1:], "")]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wrapped(text: str, cells: int, most: int | None = None) -> Sequence[str]:
    """`text` in lines of at most `cells` cells, the last of `most` lines ending in an ellipsis if cut."""
    cells = max(4, cells)
    starts = wrap(text, cells)
    lines = [text[a:b].rstrip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        kept = last if cells_of(last) < cells else last[:-1].rstrip()
        return [*lines[: most - 1], kept + "…"]
    return lines
