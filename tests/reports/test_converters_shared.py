"""One report in seven formats, and old government files with transcripts: measured, and printed as tables."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from reports.document import BlockKind
from reports.load import Loaded, load
from tests.conftest import Row
from tests.reports.converters_truth import blocks, f1, rows_of, tokens_of, truth_of

SHARED = Path(__file__).parents[3] / "shared" / "reports"
FORMATS = {"fodt": 0.99, "odt": 0.99, "docx": 0.99, "doc": 0.99, "html": 0.99, "rtf": 0.98, "pdf": 0.98}
LEGACY = {
    "tcvn3_2003-02120.doc": "tcvn3",
    "tcvn3_2003-A-15.rtf": "tcvn3",
    "tcvn3_2005-KH2003-bieu.xls": "tcvn3",
    "tcvn3_2007-1AF57_02-2007.pdf": "tcvn3",
    "vni_2006-Mau21_CKTC_NSH.xls": "vni",
}
LEAST_SYLLABLES = 0.98


@pytest.fixture(scope="module", autouse=True)
def _here() -> None:
    if not SHARED.is_dir():
        pytest.skip("the collection of reports is not here")


def share(found: Sequence[object], wanted: Sequence[object]) -> float:
    """The part of `wanted` that `found` has in the same order, less what it has besides."""
    same = sum(
        b.size for b in difflib.SequenceMatcher(None, found, wanted, autojunk=False).get_matching_blocks()
    )
    return 2 * same / (len(found) + len(wanted)) if found or wanted else 1.0


def labels_of(paragraphs: list[str]) -> list[str]:
    """The labels that stand in front of paragraphs, typed or generated."""
    return [match.group() for text in paragraphs if (match := re.match(r"(?:\d+|[a-z])[.)]", text))]


@pytest.mark.parametrize(("suffix", "least"), FORMATS.items())
def test_one_report_reads_alike_from_every_format(suffix: str, least: float, row: Row) -> None:
    truth = truth_of(SHARED / "formats" / "bc_nfc.fodt")
    document = load(SHARED / "formats" / f"bc_nfc.{suffix}").document
    headings = [
        (block.level - 1, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == BlockKind.HEADING and block.level > 1
    ]
    body = blocks(document, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING)
    notes = dict(note[1:].split("] ", 1) for note in blocks(document, BlockKind.FOOTNOTE))
    figures = {
        "paragraphs": share(body, truth.paragraphs),
        "headings": share(headings, truth.headings),
        "labels": share(labels_of(body), labels_of(truth.paragraphs)),
        "bullets": share([block.bullet for block in document.blocks if block.bullet], [True] * truth.bullets),
        "rows": share(rows_of(document), truth.rows),
        "footnotes": share(sorted(notes.items()), sorted(truth.notes.items())),
        "token F1": f1(tokens_of(document.text), truth.tokens),
    }
    said = f"{suffix:5}" + "".join(f"  {name} {value:.3f}" for name, value in figures.items())
    row(
        "One report in seven formats: share of each that is as in the original",
        said,
        [*FORMATS].index(suffix),
    )
    assert figures.pop("token F1") >= least
    assert figures == dict.fromkeys(figures, 1.0)


def syllables(text: str) -> list[str]:
    """The words of `text` that have letters, in lower case, for transcripts do not follow fonts of capitals.

    Numbers say nothing of an encoding, and one transcript has error codes of a spreadsheet among them.
    """
    kept = (letter if letter.isalnum() else " " for letter in unicodedata.normalize("NFC", text).lower())
    return [word for word in "".join(kept).split() if not word.isdigit()]


def transcript(name: str) -> str:
    path = SHARED / "legacy" / f"{name.rpartition('.')[0]}.truth.txt"
    return path.read_text(encoding="utf-8")


def right(loaded: Loaded, name: str) -> float:
    """The part of the transcript's syllables that were read with the same diacritics."""
    found, wanted = syllables(loaded.document.text), syllables(transcript(name))
    matcher = difflib.SequenceMatcher(None, found, wanted, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


@pytest.mark.parametrize(("name", "encoding"), LEGACY.items())
def test_old_files_are_told_and_read(name: str, encoding: str, row: Row) -> None:
    loaded = load(SHARED / "legacy" / name)
    measured = right(loaded, name)
    said = f"{name:30}  {loaded.encoding:6}  syllables {measured:.4f}"
    row("Files in old encodings: what they were taken for, share of syllables as in the transcript", said)
    assert loaded.encoding == encoding
    assert measured >= LEAST_SYLLABLES
