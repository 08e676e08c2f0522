"""Revisions of the sample reports, edit by edit, with the truth about every passage.

A passage is marked in the text by two private characters while the text is edited, so where it belongs in the
new text is known without any matching.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from reports.builder import DocumentBuilder
from reports.document import BlockKind, Document
from reports.passage import Passage, make_passage

FIRST_MARK = 0xE100
PASSAGES = 6
"""Passages marked in one revision, each in a paragraph of its own, each with an edit of its own."""

MARKS = re.compile("[\ue100-\ue1ff]")
_NEUTRAL = (
    "Các đơn vị tiếp tục theo dõi, tổng hợp theo quy định.",
    "Nội dung chi tiết nêu tại phụ lục kèm theo báo cáo này.",
    "Việc tổng hợp do bộ phận chuyên môn thực hiện hằng tuần.",
    "Ý kiến tham gia của các thành viên dự họp được ghi nhận đầy đủ.",
)
_PHRASES = ("theo phản ánh của cơ sở", "như báo cáo trước đây", "qua theo dõi", "theo tổng hợp ban đầu")
_NEGATIONS = ("không", "chưa")
_KEPT_WORDS = re.compile(
    r"(?i)\d|%|\b(?:không|chưa|chẳng|đừng|tăng|giảm|cao|thấp|nhanh|chậm|vượt|hụt|đủ|thiếu|tốt|kém|sớm|muộn|trễ|"
    r"quá|đúng|mạnh|yếu|not|no|never|without|increased|decreased|rose|fell|higher|lower|above|below|late|slow)\b"
)
_PLACES = (
    "Kim Lũng",
    "Đông Lam",
    "Bình Trạch",
    "Hàm Lĩnh",
    "Thượng Ngàn",
    "Mường Khê",
    "Nậm Ngà",
    "Phú Trạch",
)
_AGENCIES = (
    "Sở Xây dựng", "Sở Tài chính", "Sở TN&MT", "Sở Công Thương", "Sở Nội vụ", "Sở Y tế", "Thanh tra tỉnh",
    "Công an tỉnh", "UBND tỉnh", "Tỉnh ủy", "HĐND tỉnh", "Sở KH&ĐT", "Sở GTVT",
)  # fmt: skip
_TONES = (
    ("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("òe", "oè"), ("óe", "oé"),
    ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"),
)  # fmt: skip


class Expected(Enum):
    """What the program must do with a passage after an edit."""

    CARRIED = "carried"
    ASKED = "asked"
    NOT_CARRIED = "not carried"


@dataclass(frozen=True, slots=True)
class Case:
    """One passage of a revision. `truth`: its range in the new text, None where its words are no more."""

    edit: str
    expected: Expected
    passage: Passage
    truth: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Revision:
    old: Document
    new: Document
    cases: tuple[Case, ...]


@dataclass(slots=True)
class Line:
    """One block, with the marks of passages in its text."""

    kind: BlockKind
    level: int
    text: str


@dataclass(slots=True)
class Draft:
    """The lines of the new text while it is edited; `old` gets what must stand in the old text too."""

    rng: random.Random
    old: list[Line]
    lines: list[Line] = field(default_factory=list)

    def place(self, number: int) -> int:
        """The first line of a passage."""
        mark = chr(FIRST_MARK + 2 * number)
        return next(at for at, line in enumerate(self.lines) if mark in line.text)

    def parts(self, number: int) -> tuple[str, str, str]:
        """The passage's line before it, within its marks, and behind it."""
        text = self.lines[self.place(number)].text
        start, end = text.index(chr(FIRST_MARK + 2 * number)), text.index(chr(FIRST_MARK + 2 * number + 1))
        return text[:start], text[start + 1 : end], text[end + 1 :]

    def put(self, number: int, before: str, inside: str, behind: str) -> None:
        """Replace the passage's line."""
        opening, closing = chr(FIRST_MARK + 2 * number), chr(FIRST_MARK + 2 * number + 1)
        self.lines[self.place(number)].text = f"{before}{opening}{inside}{closing}{behind}"

    def free_lines(self) -> list[int]:
        """Paragraphs of both texts without any passage."""
        known = {line.text for line in self.old}
        return [
            at
            for at, line in enumerate(self.lines)
            if line.kind is BlockKind.PARAGRAPH and len(line.text) > 60 and line.text in known
            if not MARKS.search(line.text)
        ]


Unit = tuple[int, int, int]
"""Something to be marked: its line, and where it starts and ends in that."""

Edit = Callable[[Draft, int], bool]
HARMLESS: dict[str, Edit] = {}
MEANING: dict[str, Edit] = {}
WORDING: dict[str, Edit] = {}
GONE: dict[str, Edit] = {}
NEEDS: dict[str, re.Pattern[str]] = {}
"""What a passage must hold for an edit to be possible."""


def _edit(table: dict[str, Edit], name: str, needs: str = "") -> Callable[[Edit], Edit]:
    def register(edit: Edit) -> Edit:
        table[name] = edit
        if needs:
            NEEDS[name] = re.compile(needs)
        return edit

    return register


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;])\s+", text)


@_edit(HARMLESS, "insert a paragraph")
def _insert_paragraph(draft: Draft, number: int) -> bool:
    at = draft.place(number) + draft.rng.randint(0, 1)
    draft.lines.insert(at, Line(BlockKind.PARAGRAPH, 0, draft.rng.choice(_NEUTRAL)))
    return True


@_edit(HARMLESS, "insert a sentence")
def _insert_sentence(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    sentence = draft.rng.choice(_NEUTRAL)
    if draft.rng.random() < 0.5 and re.search(r"[.;]\s", before):
        at = draft.rng.choice([match.end() for match in re.finditer(r"[.;]\s", before)])
        draft.put(number, f"{before[:at]}{sentence} {before[at:]}", inside, behind)
    else:
        draft.put(number, before, inside, f"{behind.rstrip()} {sentence}")
    return True


@_edit(HARMLESS, "insert words")
def _insert_words(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    side = before if draft.rng.random() < 0.5 and " " in before else behind
    spaces = [match.start() for match in re.finditer(r"(?<=\w)\s(?=\w)", side)]
    if not spaces:
        return False
    at = draft.rng.choice(spaces)
    changed = f"{side[:at]} {draft.rng.choice(_PHRASES)}{side[at:]}"
    draft.put(number, *((changed, inside, behind) if side is before else (before, inside, changed)))
    return True


@_edit(HARMLESS, "delete a paragraph")
def _delete_paragraph(draft: Draft, number: int) -> bool:
    free = draft.free_lines()
    if not free:
        return False
    here = draft.place(number)
    del draft.lines[min(free, key=lambda at: abs(at - here))]
    return True


@_edit(HARMLESS, "delete a sentence")
def _delete_sentence(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    ahead = _sentences(before)
    if len(ahead) > 1:
        del ahead[draft.rng.randrange(len(ahead) - 1)]
        draft.put(number, " ".join(ahead), inside, behind)
        return True
    rest = _sentences(behind)
    if len(rest) < 2:
        return False
    del rest[draft.rng.randrange(1, len(rest))]
    draft.put(number, before, inside, " ".join(rest))
    return True


@_edit(HARMLESS, "delete words")
def _delete_words(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    words = behind.split(" ")
    found = [at for at in range(1, len(words) - 2) if not _KEPT_WORDS.search(" ".join(words[at : at + 2]))]
    if not found:
        return False
    at = draft.rng.choice(found)
    del words[at : at + draft.rng.randint(1, 2)]
    draft.put(number, before, inside, " ".join(words))
    return True


@_edit(HARMLESS, "reorder paragraphs")
def _reorder_paragraphs(draft: Draft, number: int) -> bool:
    line = draft.lines.pop(draft.place(number))
    draft.lines.insert(draft.rng.randrange(1, len(draft.lines)), line)
    return True


@_edit(HARMLESS, "reorder sentences")
def _reorder_sentences(draft: Draft, number: int) -> bool:
    line = draft.lines[draft.place(number)]
    sentences = _sentences(line.text)
    if len(sentences) < 3 or any(len(MARKS.findall(each)) % 2 for each in sentences):
        return False
    draft.rng.shuffle(sentences)
    line.text = " ".join(each.rstrip(".;") + "." for each in sentences)
    return True


@_edit(HARMLESS, "reflow")
def _reflow(draft: Draft, number: int) -> bool:
    at = draft.place(number)
    line = draft.lines[at]
    if draft.rng.random() < 0.3 and at + 1 < len(draft.lines):
        following = draft.lines[at + 1]
        if following.kind is line.kind is BlockKind.PARAGRAPH:
            line.text = f"{line.text} {following.text}"
            del draft.lines[at + 1]
            return True
    width, pieces, words = draft.rng.randint(50, 90), [""], line.text.split(" ")
    for word in words:
        if len(pieces[-1]) + len(word) > width:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {word}".strip()
    draft.lines[at : at + 1] = [Line(line.kind, line.level, piece) for piece in pieces]
    return True


@_edit(HARMLESS, "re-punctuate")
def _repunctuate(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)

    def other(text: str) -> str:
        return re.sub(r"(?<=\w)[,;.](?=\s)", lambda match: draft.rng.choice(",;."), text)

    def written(text: str) -> str:
        return text.replace(" - ", " – ").replace('"', "“")

    changed = (other(before), inside, other(behind))
    draft.put(number, *map(written, changed))
    return True


@_edit(HARMLESS, "decomposed letters")
def _decompose(draft: Draft, number: int) -> bool:
    line = draft.lines[draft.place(number)]
    line.text = unicodedata.normalize("NFD", line.text)
    return True


@_edit(HARMLESS, "tone place")
def _tone_place(draft: Draft, number: int) -> bool:
    line = draft.lines[draft.place(number)]
    text = line.text
    for new, old in _TONES:
        pair = (new, old) if new in text else (old, new)
        text = re.sub(rf"(?<!q){pair[0]}(?![\w])", pair[1], text)
    line.text = text
    return True


@_edit(HARMLESS, "case")
def _case(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    whole = draft.rng.random() < 0.5
    changed = inside.upper() if whole else inside[:1].swapcase() + inside[1:]
    draft.put(number, before.upper() if whole else before, changed, behind.upper() if whole else behind)
    return True


@_edit(HARMLESS, "spaces")
def _spaces(draft: Draft, number: int) -> bool:
    line = draft.lines[draft.place(number)]
    line.text = re.sub(r"(?<=\w) (?=\w)", lambda match: draft.rng.choice((" ", "  ", "\u00a0")), line.text)
    return True


@_edit(HARMLESS, "typo beside")
def _typo_beside(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    side = behind if len(behind) > 20 else before
    words = [m for m in re.finditer(r"[^\W\d_]{4,}", side) if not _KEPT_WORDS.fullmatch(m.group())]
    if not words:
        return False
    changed = _with_typo(draft.rng, side, draft.rng.choice(words))
    draft.put(number, *((changed, inside, behind) if side is before else (before, inside, changed)))
    return True


def _with_typo(rng: random.Random, text: str, word: re.Match[str]) -> str:
    at = rng.randrange(word.start(), word.end() - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1 and text[at].lower() != text[at + 1].lower():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + "x" + text[at:]


def _repeat(times: int) -> None:
    @_edit(HARMLESS, f"quote repeated {times} times")
    def repeated(draft: Draft, number: int) -> bool:
        """The words stand in other paragraphs of both texts too; then something else is edited."""
        _, inside, _ = draft.parts(number)
        quote = MARKS.sub("", inside)
        free = draft.free_lines()
        if len(free) < times - 1:
            return False
        for at in draft.rng.sample(free, times - 1):
            text = draft.lines[at].text
            source = next(line for line in draft.old if line.text == text)
            spaces = [match.end() for match in re.finditer(r"[.;,]\s", text)] or [0]
            cut = draft.rng.choice(spaces)
            source.text = draft.lines[at].text = f"{text[:cut]}{quote}; {text[cut:]}"
        edits = ("insert a paragraph", "insert a sentence", "delete a sentence", "reorder paragraphs")
        return HARMLESS[draft.rng.choice(edits)](draft, number) or HARMLESS["insert a paragraph"](
            draft, number
        )


for _times in (2, 3, 4, 5):
    _repeat(_times)


@_edit(HARMLESS, "quote added elsewhere")
def _quote_added(draft: Draft, number: int) -> bool:
    _, inside, _ = draft.parts(number)
    free = draft.free_lines()
    if not free:
        return False
    line = draft.lines[draft.rng.choice(free)]
    line.text = f"{line.text.rstrip('.')}; {MARKS.sub('', inside)}."
    return True


@_edit(MEANING, "negation flipped")
def _negation(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    found = re.search(r"(?i)\b(không|chưa|not)\b\s?", inside)
    if found:
        instead = draft.rng.choice(("", "đã ")) if found.start() else "đã "
        changed = inside[: found.start()] + instead + inside[found.end() :]
    else:
        spaces = [match.end() for match in re.finditer(r"(?<=\w)\s(?=\w)", inside)]
        if not spaces:
            return False
        at = draft.rng.choice(spaces)
        changed = f"{inside[:at]}{draft.rng.choice(_NEGATIONS)} {inside[at:]}"
    draft.put(number, before, changed, behind)
    return True


@_edit(MEANING, "negation beside")
def _negation_beside(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    found = re.search(r"(?i)(?:^|\s)(không|chưa|not)\s$", before)
    if found:
        draft.put(number, f"{before[: found.start()]} đã ".lstrip(), inside, behind)
    else:
        draft.put(number, f"{before}{draft.rng.choice(_NEGATIONS)} ", inside, behind)
    return True


def _another_number(rng: random.Random, text: str) -> str:
    at = rng.choice([at for at, sign in enumerate(text) if sign.isdigit()])
    return text[:at] + rng.choice([digit for digit in "123456789" if digit != text[at]]) + text[at + 1 :]


def _replace_found(pattern: str, change: Callable[[random.Random, str], str]) -> Edit:
    def replace(draft: Draft, number: int) -> bool:
        before, inside, behind = draft.parts(number)
        found = [match for match in re.finditer(pattern, inside) if not MARKS.search(match.group())]
        if not found:
            return False
        match = draft.rng.choice(found)
        changed = change(draft.rng, match.group())
        draft.put(number, before, inside[: match.start()] + changed + inside[match.end() :], behind)
        return changed.lower() != match.group().lower()

    return replace


def _another(names: tuple[str, ...]) -> Callable[[random.Random, str], str]:
    return lambda rng, name: rng.choice([other for other in names if other.lower() != name.lower()])


_NUMBER = r"(?<![\d/.,])\d+(?:[.,]\d+)*(?![\d/.,]*\d|\s?%)"
_PERCENT = r"\d+(?:[.,]\d+)*\s?%"
_DAY = r"\d{1,2}/\d{1,2}(?:/\d{4})?|(?<=ngày )\d{1,2}|(?<=tháng )\d{1,2}|(?<=năm )\d{4}"
_QUARTER = r"(?<=[Qq]uý )(?:IV|III|II|I)\b"
_PLACE, _AGENCY = "|".join(_PLACES), "|".join(_AGENCIES)
for _name, _pattern, _change in (
    ("number", _NUMBER, _another_number),
    ("percentage", _PERCENT, _another_number),
    ("date", _DAY, _another_number),
    ("quarter", _QUARTER, _another(("I", "II", "III", "IV"))),
    ("place", _PLACE, _another(_PLACES)),
    ("agency", _AGENCY, _another(_AGENCIES)),
):
    _edit(MEANING, f"{_name} changed", _pattern)(_replace_found(_pattern, _change))


@_edit(WORDING, "typo in the passage")
def _typo_inside(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    words = list(re.finditer(r"[^\W\d_]{3,}", inside))
    if not words:
        return False
    changed = _with_typo(draft.rng, inside, draft.rng.choice(words))
    draft.put(number, before, changed, behind)
    return changed.lower() != inside.lower()


@_edit(WORDING, "words inside")
def _words_inside(draft: Draft, number: int) -> bool:
    before, inside, behind = draft.parts(number)
    spaces = [match.start() for match in re.finditer(r"(?<=\w)\s(?=\w)", inside)]
    if not spaces:
        return False
    at = draft.rng.choice(spaces)
    draft.put(number, before, f"{inside[:at]} {draft.rng.choice(_PHRASES)}{inside[at:]}", behind)
    return True


@_edit(GONE, "passage deleted")
def _passage_deleted(draft: Draft, number: int) -> bool:
    before, _, behind = draft.parts(number)
    line = draft.lines[draft.place(number)]
    if draft.rng.random() < 0.3:
        draft.lines.remove(line)
    else:
        line.text = f"{before}{behind}".strip(" ;,.") or "Đã lược bỏ."
    return True


@_edit(GONE, "one of several deleted")
def _own_copy_deleted(draft: Draft, number: int) -> bool:
    _, inside, _ = draft.parts(number)
    free = draft.free_lines()
    if len(free) < 2 or len(inside) < 12:
        return False
    for at in draft.rng.sample(free, 2):
        text = draft.lines[at].text
        source = next(line for line in draft.old if line.text == text)
        source.text = draft.lines[at].text = f"{text.rstrip('.')}; {MARKS.sub('', inside)}."
    return _passage_deleted(draft, number)


def lines_of(document: Document) -> list[Line]:
    """The blocks of a document, to be edited."""
    text = document.text
    return [Line(block.kind, block.level, text[block.start : block.end]) for block in document.blocks]


def built(lines: list[Line]) -> Document:
    """The document of `lines`, made as an import makes it."""
    builder = DocumentBuilder()
    for number, line in enumerate(lines, 1):
        if line.kind is BlockKind.ROW:
            builder.add_row([(cell, ()) for cell in line.text.split(" │ ")], line=number)
        else:
            builder.end_table()
            builder.add(line.kind, line.text, line=number, level=line.level)
    return builder.finish()


def _truths(lines: list[Line]) -> tuple[Document, dict[int, tuple[int, int]]]:
    """The document without the marks, and the range that each pair of marks holds."""
    marked = built(lines).text
    document = built([Line(line.kind, line.level, MARKS.sub("", line.text)) for line in lines])
    plain, at = "", dict[int, int]()
    for piece in re.split("([\ue100-\ue1ff])", marked):
        if MARKS.fullmatch(piece):
            at[ord(piece) - FIRST_MARK] = len(plain)
        else:
            plain += piece
    if plain != document.text:
        raise ValueError("the marks disturbed the text")
    ranges = {number // 2: (start, at[number + 1]) for number, start in at.items() if number % 2 == 0}
    return document, {number: span for number, span in ranges.items() if document.text[slice(*span)].strip()}


def _mark(
    rng: random.Random, lines: list[Line], names: list[str], candidates: list[tuple[int, int, int]]
) -> None:
    """Mark a passage for each edit, in paragraphs of their own, where the edit is possible."""
    taken: set[int] = set()
    rng.shuffle(candidates)
    for number, name in enumerate(names):
        needs = NEEDS.get(name)
        for line, start, end in candidates:
            text = lines[line].text
            if line not in taken and (needs is None or needs.search(text, start, end)):
                opening, closing = chr(FIRST_MARK + 2 * number), chr(FIRST_MARK + 2 * number + 1)
                lines[line].text = f"{text[:start]}{opening}{text[start:end]}{closing}{text[end:]}"
                taken.add(line)
                break


def revision(
    rng: random.Random, document: Document, names: list[str], units: list[tuple[int, int, int]]
) -> Revision:
    """`document` with an edit of each of `names`; `units`: passages to choose from, as line, start and end in
    it. ValueError where an edit disturbed the marks."""
    old_lines = lines_of(document)
    _mark(rng, old_lines, names, list(units))
    marked = MARKS.findall("".join(line.text for line in old_lines))
    draft = Draft(rng, old_lines, [Line(line.kind, line.level, line.text) for line in old_lines])
    applied = []
    for number, name in enumerate(names):
        if chr(FIRST_MARK + 2 * number) in marked:
            before = [Line(line.kind, line.level, line.text) for line in draft.lines]
            if EDITS[name](draft, number):
                applied.append((number, name))
            else:
                draft.lines = before
    old, sources = _truths(old_lines)
    new, truths = _truths(draft.lines)
    cases = [
        Case(name, EXPECTED[name], make_passage(old, *sources[number]), truths.get(number))
        for number, name in applied
        if number in sources
    ]
    return Revision(old, new, tuple(cases))


EDITS: dict[str, Edit] = {**HARMLESS, **MEANING, **WORDING, **GONE}
EXPECTED = {
    **dict.fromkeys(HARMLESS, Expected.CARRIED),
    **dict.fromkeys((*MEANING, *WORDING), Expected.ASKED),
    **dict.fromkeys(GONE, Expected.NOT_CARRIED),
}


def schedule(rng: random.Random) -> Iterator[list[str]]:
    """Endless hands of edits, every edit as often as any other."""
    deck: list[str] = []
    while True:
        while len(deck) < PASSAGES:
            fresh = list(EDITS)
            rng.shuffle(fresh)
            deck += fresh
        yield [deck.pop(0) for _ in range(PASSAGES)]
