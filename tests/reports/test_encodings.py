"""Old Vietnamese text is told from new, from other old text and from other languages, and read right."""

from __future__ import annotations

import codecs
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import samples
from reports.encodings import ENCODINGS, decode, encoding_named
from reports.encodings_legacy import CONVERSIONS, draws_capitals, font_encoding, legacy_of
from reports.encodings_syllables import is_syllable, spelling, words_of
from reports.encodings_tables import TCVN3, VISCII, VNI
from reports.errors import LoadError
from tests.conftest import Row
from tests.reports.legacy_bytes import LEGACY, encoded, in_tcvn3, in_vni, in_windows_1258

SHARED = Path(__file__).parents[3] / "shared"

VIETNAMESE = [
    path
    for path in sorted(Path(samples.__file__).parent.glob("*"))
    if path.suffix in (".md", ".txt") and "partners" not in path.name
]
LETTERS = frozenset(map(chr, range(9, 127))) | set(VISCII.values())

SENTENCES = {
    "en": [
        "The Department of Natural Resources and Environment shall report before 30 June; delays persist.",
        "Site clearance for the bypass is late, the café owners' naïve claims were dismissed as a façade.",
        "Public investment disbursement reached 41.5 % – “well below plan” – in the first quarter of 2023.",
    ],
    "fr": [
        "Le département a déjà été prévenu ; l'été dernier, les élèves étaient prêts à créer une société.",
        "À côté des résultats obtenus, la libération des terrains est très lente et l'activité a diminué.",
        "Où êtes-vous allés ? Le maître d'œuvre a reçu ça : « garçon, naïf, Noël, hôtel, île, aiguë ».",
    ],
    "de": [
        "Die Behörde prüft, ob größere Flächen für Straßen nötig sind; die Räumung verzögert sich um Jahre.",
        "Überprüfung der Maßnahmen: Die Bürger müssen bis zum 30. März ihre Anträge schließlich einreichen.",
        "Äußerst schöne Bäume säumen die Allee, während die Größe der Mühle früher überschätzt wurde.",
    ],
}  # fmt: skip


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def snippets(count: int) -> list[tuple[str, str]]:
    """`count` stretches of text, each with its language, the same ones at every run."""
    chance = random.Random(20240328)
    found: list[tuple[str, str]] = []
    texts = [text_of(path) for path in VIETNAMESE]
    while len(found) < count:
        language = chance.choice(["vi", "vi", *SENTENCES])
        if language == "vi":
            text = chance.choice(texts)
            size = chance.choice([12, 40, 120, 500])
            start = chance.randrange(max(1, len(text) - size))
            piece = unicodedata.normalize(chance.choice(["NFC", "NFC", "NFD"]), text[start : start + size])
        else:
            words = " ".join(chance.choices(SENTENCES[language], k=chance.choice([1, 2, 4]))).split()
            start = chance.randrange(len(words) // 2)
            piece = " ".join(words[start : start + chance.choice([3, 10, 60])])
        if not piece.isascii():
            found.append((language, piece))
    return found


def test_new_text_is_never_converted(row: Row) -> None:
    wrong = [path.name for path in VIETNAMESE if decode(path.read_bytes(), "x").encoding != "utf-8"]
    for _, piece in snippets(500):
        decoded = decode(piece.encode("utf-8"), "x")
        if decoded.text != piece or decoded.encoding != "utf-8":
            wrong.append(piece)
    tried = (
        f"{len(wrong)} of {len(VIETNAMESE)} samples and 500 snippets in four languages converted by mistake"
    )
    row("Text in Unicode", tried, 0)
    assert wrong == []


def test_western_bytes_are_never_taken_for_vietnamese() -> None:
    for language, piece in snippets(500):
        if language != "vi":
            with pytest.raises(LoadError, match="is not UTF-8 text"):
                decode(piece.encode("cp1252", "replace"), "x")


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize("path", VIETNAMESE, ids=lambda path: path.stem)
def test_old_text_is_told_and_read(path: Path, encoding: str) -> None:
    text = "".join(letter for letter in text_of(path) if letter in LETTERS)
    decoded = decode(encoded(text, encoding), "x")
    assert decoded.encoding == encoding
    read = unicodedata.normalize("NFC", decoded.text)
    assert read.lower() == text.lower() if encoding == "tcvn3" else read == text


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_few_sentences_are_enough(encoding: str) -> None:
    chance = random.Random(7)
    told = 0
    for _ in range(100):
        text = text_of(chance.choice(VIETNAMESE))
        start = chance.randrange(len(text) - 200)
        told += decode(encoded(text[start : start + 200], encoding), "x").encoding == encoding
    assert told >= 99


def test_old_text_that_was_saved_as_utf_8() -> None:
    text = "Căn cứ Nghị định số 89 của Chính phủ về việc quản lý hoá đơn"
    decoded = decode(in_tcvn3(text).encode("utf-8"), "x")
    assert (decoded.text, decoded.encoding) == (text, "tcvn3 in utf-8")
    decoded = decode(codecs.BOM_UTF16_LE + in_vni(text).encode("utf-16-le"), "x")
    assert (decoded.text, decoded.encoding) == (text, "vni in utf-16-le")


@pytest.mark.parametrize("encoding", [*LEGACY, "utf-8", "utf-16", "utf-16-be"])
def test_an_encoding_can_be_forced(encoding: str) -> None:
    text = "Bộ Y tế"
    data = encoded(text, encoding) if encoding in LEGACY else text.encode(encoding)
    decoded = decode(data, "x", encoding.upper())
    assert unicodedata.normalize("NFC", decoded.text) == text
    assert decoded.encoding.startswith(encoding)


def test_names_of_encodings() -> None:
    assert [encoding_named(name) for name in ("", "UTF8", "cp1258", "ABC", "VNI-Windows", "latin-1")] == [
        "", "utf-8", "windows-1258", "tcvn3", "vni", "windows-1252",
    ]  # fmt: skip
    for name in ENCODINGS:
        assert encoding_named(name) == name
    with pytest.raises(LoadError, match="There is no encoding 'x-y': use one of utf-8, "):
        encoding_named("x-y")


def test_tables_hold_every_letter_once() -> None:
    marks = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
    letters = {unicodedata.normalize("NFC", vowel + mark) for vowel in "aăâeêioôơuưy" for mark in marks} | {
        "đ"
    }
    marked = {letter for letter in letters if not letter.isascii()}
    capitals = {letter.upper() for letter in marked}
    assert {chr(code) for code in TCVN3.values()} == marked | set("ĂÂÊÔƠƯĐ")
    assert len(set(TCVN3)) == len(TCVN3) == len(set(TCVN3.values()))
    assert set(VISCII.values()) == marked | capitals
    assert marked | capitals == set(VNI.values()) | set("ìíÌÍ")


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        ("ABCDEF+.VnArialH,Bold", "tcvn3", True),
        ("'.vnTime'", "tcvn3", False),
        ("VNI-Times", "vni", False),
        ("ABCDEF+VNI-Helve-Condense", "vni", False),
        ("Times New Roman", "", False),
        ("Verdana", "", False),
        ("VnTimes", "", False),
        ("", "", False),
    ],
)
def test_fonts(font: str, encoding: str, capitals: bool) -> None:
    assert (font_encoding(font), draws_capitals(font)) == (encoding, capitals)


GOOD = "Nghị quyết khuỷu thuở xưa quý hoà giải thuỷ lợi Quỳnh gì giữ yên ưu thúy ngoằn khuya"
BAD = "cỏc trỡnh ngµy màt họcx Straße été dỏt kẹ̃p ưê"


@pytest.mark.parametrize(("words", "valid"), [(GOOD, True), (BAD, False)])
def test_syllables(words: str, valid: bool) -> None:
    assert [word for word in words.split() if is_syllable(word) is not valid] == []


def test_abbreviations_do_not_count_as_words() -> None:
    assert spelling(words_of("UBND tỉnh, GRDP (2023): 5,5%")).words == 1


@given(st.sampled_from(sorted(CONVERSIONS)), st.text(max_size=60))
def test_reading_never_fails(encoding: str, text: str) -> None:
    assert isinstance(CONVERSIONS[encoding](text), str)
    assert legacy_of(text) in ("", *CONVERSIONS)


@given(st.binary(max_size=80))
def test_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        assert decode(data, "x").encoding
    except LoadError as error:
        assert str(error).startswith("x is ")


def test_marks_of_windows_1258_are_composed() -> None:
    assert in_windows_1258("ế") == b"\xea\xec"
    assert decode(in_windows_1258("Kết quả thực hiện nhiệm vụ phát triển"), "x").text == (
        "Kết quả thực hiện nhiệm vụ phát triển"
    )
