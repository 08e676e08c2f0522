"""The sample reports: complete, well-formed, consistent, and full of problems that come back."""

from __future__ import annotations

import csv
import importlib.resources
import re
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from reports.document import BlockKind
from reports.load import load
from reports.markdown import parse
from reports.samples import AGENCIES, MENTIONS, SAMPLES, Sample, sample_path

DECOMPOSED = "hoi-nghi-giao-ban-2023-q3.txt"
ENGLISH = "partners-brief-2023-q3.md"
WORDS = {
    "giao-ban": (300, 700),
    "hop-ubnd": (300, 700),
    "hoi-nghi": (300, 700),
    "kinh-te-xa-hoi": (1500, 3000),
    "thanh-tra": (1200, 2500),
    "partners": (500, 900),
    "giam-sat": (600, 1500),
    "kien-nghi": (600, 1500),
}
RECURRING = {
    "site clearance of the ring road": ("đường vành đai phía Tây",),
    "disbursement": ("giải ngân vốn đầu tư công",),
    "illegal construction": ("xây dựng trái phép", "xây dựng không phép", "trật tự xây dựng"),
    "pollution of the river": ("sông Trà Ngàn",),
    "land violations": ("vi phạm về đất đai", "lấn chiếm", "quản lý đất đai"),
    "online services": ("dịch vụ công trực tuyến", "trực tuyến toàn trình"),
    "late files": ("hồ sơ trễ hạn", "hồ sơ quá hạn"),
    "drug shortage": ("thiếu thuốc",),
    "complaints": ("khiếu nại",),
}
KIND_OF_PLACE = re.compile(r"^UBND (thành phố|thị xã|huyện) (.+)$")

PLAIN_NAMING = re.compile(
    r"\bSở (?=[^\W\d_a-zđ])|\bUBND (?=tỉnh|huyện|xã|phường|cấp|thành phố)|Tỉnh ủy|\bCông an (?=tỉnh|huyện)"
    r"|\b(?:Huyện|Thành) ủy|\b[Cc]hủ đầu tư\b|\bHĐND tỉnh|\bThanh tra tỉnh"
    r"|\bVăn phòng Đăng ký|\bDepartment of"
)

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)


def raw(sample: Sample) -> str:
    return sample_path(sample).read_text(encoding="utf-8")


def composed(sample: Sample) -> str:
    return unicodedata.normalize("NFC", raw(sample))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_report_in_the_folder_is_listed_once() -> None:
    found = {p.name for p in AGENCIES.parent.iterdir() if p.suffix in {".md", ".txt"}}
    assert sorted(found) == sorted(sample.file for sample in SAMPLES)
    assert len(found) >= 9


def test_the_list_runs_by_date() -> None:
    assert [s.date for s in SAMPLES] == sorted(s.date for s in SAMPLES)


@each_sample
def test_a_sample_has_title_issuer_date_and_period(sample: Sample) -> None:
    assert sample.issuer
    assert date.fromisoformat(sample.date).year == 2023
    assert re.fullmatch(r"2023-Q[123]", sample.period)
    assert composed(sample).splitlines()[0].removeprefix("# ") == sample.title


@each_sample
def test_the_text_gives_the_date_that_the_list_gives(sample: Sample) -> None:
    day = date.fromisoformat(sample.date)
    spelt = (
        f"ngày {day:%d} tháng {day.month} năm {day.year}",
        f"{day:%d/%-m/%Y}",
        f"{day:%d/%m/%Y}",
        f"{day.day} {day:%B} {day.year}",
    )
    assert any(form in composed(sample) for form in spelt)


@each_sample
def test_a_sample_is_as_long_as_its_genre(sample: Sample) -> None:
    least, most = next(bounds for start, bounds in WORDS.items() if sample.file.startswith(start))
    assert least <= len(re.findall(r"\w[\w.,/%-]*", composed(sample))) <= most


@each_sample
def test_only_one_file_holds_decomposed_letters(sample: Sample) -> None:
    text = raw(sample)
    assert (text == unicodedata.normalize("NFC", text)) == (sample.file != DECOMPOSED)


def test_a_few_syllables_are_decomposed() -> None:
    text = next(raw(s) for s in SAMPLES if s.file == DECOMPOSED)
    decomposed = [word for word in text.split() if word != unicodedata.normalize("NFC", word)]
    assert 3 <= len(decomposed) <= 20


def test_both_places_of_the_tone_mark_occur() -> None:
    text = " ".join(map(composed, SAMPLES))
    for old, new in (("Uỷ", "Ủy"), ("hoá", "hóa"), ("huỷ", "hủy"), ("Tỉnh uỷ", "Tỉnh ủy")):
        assert old in text
        assert new in text


@each_sample
def test_no_control_or_invisible_characters(sample: Sample) -> None:
    odd = {
        c
        for c in raw(sample)
        if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Co", "Cn", "Zl", "Zp"}
    }
    assert odd == set()


@each_sample
def test_a_sample_reads_as_a_report(sample: Sample) -> None:
    loaded = load(sample_path(sample))
    assert loaded.title == sample.title
    assert loaded.document.text == unicodedata.normalize("NFC", loaded.document.text)
    assert len(loaded.document.blocks) >= 7


@pytest.mark.parametrize("quarter", ["2023-Q1", "2023-Q2", "2023-Q3"])
def test_a_quarterly_report_has_headings_tables_lists_and_footnotes(quarter: str) -> None:
    sample = next(s for s in SAMPLES if s.file.startswith("kinh-te") and s.period == quarter)
    document = parse(raw(sample))
    found = [block.kind for block in document.blocks]
    assert found.count(BlockKind.HEADING) >= 10
    assert len(document.tables) >= 2
    assert BlockKind.ITEM in found
    assert BlockKind.FOOTNOTE in found


@pytest.mark.parametrize("problem", RECURRING)
def test_a_problem_comes_back_in_every_quarter(problem: str) -> None:
    for period in ("2023-Q1", "2023-Q2", "2023-Q3"):
        text = " ".join(composed(s) for s in SAMPLES if s.period == period).lower()
        assert any(phrase.lower() in text for phrase in RECURRING[problem]), period


def test_some_sentences_pack_several_problems() -> None:
    packed = [s for s in re.split(r"(?<=[.!?])\s", " ".join(map(composed, SAMPLES))) if s.count(";") >= 3]
    assert len(packed) >= 12


def number(cell: str) -> float:
    return float(cell.replace("*", "").replace(".", "").replace(",", "."))


@pytest.mark.parametrize("quarter", ["2023-Q1", "2023-Q2", "2023-Q3"])
def test_the_disbursement_table_adds_up(quarter: str) -> None:
    sample = next(s for s in SAMPLES if s.file.startswith("kinh-te") and s.period == quarter)
    table = raw(sample).split("| Chủ đầu tư |")[1].split("\n\n")[0].splitlines()[2:]
    cells = [[number(cell) for cell in line.strip("| ").split("|")[1:]] for line in table]
    *parts, total = cells
    for column in (0, 1):
        assert sum(row[column] for row in parts) == pytest.approx(total[column])
    for plan, actual, share in cells:
        assert share == pytest.approx(actual / plan * 100, abs=0.051)


@pytest.mark.parametrize("quarter", ["2023-Q1", "2023-Q2", "2023-Q3"])
def test_the_shares_of_the_main_table_are_right(quarter: str) -> None:
    sample = next(s for s in SAMPLES if s.file.startswith("kinh-te") and s.period == quarter)
    checked = 0
    header, _, *lines = raw(sample).split("| Chỉ tiêu |")[1].split("\n\n")[0].splitlines()
    names = [name.strip() for name in header.strip("| ").split("|")]
    share = names.index("So với kế hoạch (%)") + 1
    for line in lines:
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if cells[share] != "–":
            assert number(cells[share]) == pytest.approx(
                number(cells[share - 1]) / number(cells[2]) * 100, abs=0.051
            )
            checked += 1
    assert checked >= 5


def marked_spans() -> dict[str, list[tuple[int, int]]]:
    """Code points of every marked mention, by file, in the order of the rows."""
    texts = {s.file: raw(s) for s in SAMPLES}
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in rows(MENTIONS):
        at = -1
        for _ in range(int(row["nth"])):
            at = texts[row["file"]].find(row["quote"], at + 1)
            assert at >= 0, row
        spans.setdefault(row["file"], []).append((at, at + len(row["quote"])))
    return spans


def test_every_marked_mention_is_where_it_says() -> None:
    spans = marked_spans()
    assert sum(map(len, spans.values())) >= 120
    assert len(spans) >= 4


def test_marked_mentions_are_in_order_and_do_not_overlap() -> None:
    for spans in marked_spans().values():
        assert spans == sorted(spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_no_plain_naming_is_left_out_of_a_marked_file() -> None:
    for file, spans in marked_spans().items():
        text = next(raw(s) for s in SAMPLES if s.file == file)
        for found in PLAIN_NAMING.finditer(text):
            assert any(start <= found.start() < end for start, end in spans), text[found.start() :][:60]


def test_mentions_and_parents_name_known_agencies() -> None:
    shipped = importlib.resources.files("annotations") / "data" / "agencies.csv"
    known = {row["slug"] for row in csv.DictReader(shipped.read_text("utf-8-sig").splitlines())}
    own = rows(AGENCIES)
    slugs = [row["slug"] for row in own]
    assert len(set(slugs)) == len(slugs)
    assert not known & set(slugs)
    assert {row["parent"] for row in own} - {""} <= known
    assert {row["agency_slug"] for row in rows(MENTIONS)} <= known | set(slugs)


def test_the_province_has_a_city_a_town_and_seven_districts() -> None:
    kinds = [found[1] for row in rows(AGENCIES) if (found := KIND_OF_PLACE.fullmatch(row["name"]))]
    assert (kinds.count("thành phố"), kinds.count("thị xã"), kinds.count("huyện")) == (1, 1, 7)


def test_no_place_of_the_province_is_listed_in_a_real_one() -> None:
    real = Path(__file__).parents[3] / "shared" / "data" / "thai_nguyen_communes_2025.csv"
    if not real.exists():
        pytest.skip("no list of real places here")
    names = {row["name"] for row in rows(real)}
    own = {found[2] for row in rows(AGENCIES) if (found := KIND_OF_PLACE.fullmatch(row["name"]))}
    assert not names & own


def test_agencies_are_named_in_several_ways() -> None:
    ways: dict[str, set[str]] = {}
    for row in rows(MENTIONS):
        ways.setdefault(row["agency_slug"], set()).add(row["quote"])
    assert {"Sở Tài nguyên và Môi trường", "Sở TN&MT", "Sở TNMT", "ngành Tài nguyên và Môi trường"} <= ways[
        "so-tnmt"
    ]
    assert {"UBND huyện Kim Lũng", "huyện Kim Lũng"} <= ways["ubnd-huyen-kim-lung"]


def test_one_report_is_in_english() -> None:
    text = next(raw(s) for s in SAMPLES if s.file == ENGLISH)
    assert not re.search(r"[ăâđêôơưạảấầẩẫậắằẳẵặ]", text)
