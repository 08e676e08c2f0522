"""Title, date, period and issuing body as reports give them."""

from __future__ import annotations

import pytest

from reports.facts import guess
from reports.periods import dates_in, first_date, period_of, period_of_name
from reports.titles import shortened, title_lines


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Báo cáo quý I/2023", "2023-Q1"),
        ("Giao ban Quý 1 năm 2023", "2023-Q1"),
        ("QUÝ III NĂM 2023", "2023-Q3"),
        ("quý IV-2022", "2022-Q4"),
        ("tháng 6/2024", "2024-06"),
        ("tháng 02 và 2 tháng đầu năm 2007", "2007-02"),
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("Sáu tháng cuối năm 2024", "2024-H2"),
        ("9 tháng năm 2023", "2023-Q3"),
        ("Kết quả năm 2023", "2023"),
        ("tình hình quý I, nhiệm vụ trọng tâm quý II năm 2023", "2023-Q1"),
        ("quý II và 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023", "2023-Q2"),
        ("họp phiên tháng 6, đánh giá 6 tháng đầu năm 2023", "2023-H1"),
        ("Quarterly Brief, Third Quarter 2023", "2023-Q3"),
        ("Q2 2024 report", "2024-Q2"),
        ("first half of 2024", "2024-H1"),
        ("June 2024", "2024-06"),
        ("giai đoạn 2018 - 2022", None),
        ("kỳ họp giữa năm 2023", None),
        ("ngày 09 tháng 6 năm 2023", None),
        ("Quý vị đại biểu", None),
        ("quý I", None),
        ("", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("giao-ban-khoi-dang-quy-1-2023.txt", "2023-Q1"),
        ("kinh-te-2023-q3.md", "2023-Q3"),
        ("BC_Quý II_2024.docx", "2024-Q2"),
        ("bao-cao.md", None),
        ("quy-12023.txt", None),
    ],
)
def test_periods_of_file_names(name: str, period: str | None) -> None:
    assert period_of_name(name) == period


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Lam Giang, ngày 05 tháng 4 năm 2023", ["2023-04-05"]),
        ("từ 05/4/2023 đến 7-4-2023", ["2023-04-05", "2023-04-07"]),
        ("12 October 2023, October 13, 2023", ["2023-10-12", "2023-10-13"]),
        ("2023-04-05", ["2023-04-05"]),
        ("31/2/2023, 1/13/2023", []),
        ("số 110/128, 5/4", []),
    ],
)
def test_dates(text: str, days: list[str]) -> None:
    assert list(dates_in(text)) == days
    assert first_date(["không", text]) == (days[0] if days else None)


LETTERHEAD_TEXT = """ỦY BAN NHÂN DÂN               CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LAM GIANG                     Độc lập - Tự do - Hạnh phúc
Số: 68/BC-UBND                     Lam Giang, ngày 24 tháng 3 năm 2023

BÁO CÁO
Tình hình kinh tế - xã hội quý I năm 2023

Căn cứ Luật ngày 01/01/2013, Ủy ban nhân dân tỉnh báo cáo như sau."""
LETTERHEAD = LETTERHEAD_TEXT.split("\n")


def test_a_letterhead_gives_issuer_date_and_title() -> None:
    found = title_lines(LETTERHEAD)
    title = " ".join(LETTERHEAD[number] for number in found)
    assert title == "BÁO CÁO Tình hình kinh tế - xã hội quý I năm 2023"
    facts = guess(LETTERHEAD, title)
    assert (facts.date, facts.period, facts.issuer) == (
        "2023-03-24",
        "2023-Q1",
        "ỦY BAN NHÂN DÂN TỈNH LAM GIANG",
    )


def test_a_line_below_the_title_names_the_issuer() -> None:
    lines = [
        "Kết luận thanh tra đất đai",
        "THANH TRA TỈNH LAM GIANG",
        "Số: 27/KL-TTr",
        "Xã Cẩm Lũng có vi phạm.",
    ]
    assert guess(lines, lines[0]).issuer == "THANH TRA TỈNH LAM GIANG"
    office = ["SỞ XÂY DỰNG", "Số:     /BC-SXD", "Lam Giang, ngày 30/6/2023", "BÁO CÁO", "Kết quả quý II"]
    assert guess(office, "BÁO CÁO Kết quả quý II").issuer == "SỞ XÂY DỰNG"
    assert guess(["T", "Cơ quan: Sở Kế hoạch và Đầu tư — Số: 244"], "T").issuer == "Sở Kế hoạch và Đầu tư"
    assert guess(["Tiến độ", "Ban hành quyết định chậm; nợ cao."], "Tiến độ").issuer == ""


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["", "Giao ban khối Đảng", "", "Văn bản."], range(1, 2)),
        (["Câu này kết thúc bằng dấu chấm.", "x"], range(0)),
        (["x" * 300], range(0)),
        (["BÁO CÁO", "", "Kết quả quý I", "", "Một."], range(3)),
        (["BÁO CÁO", "I. Mở đầu"], range(1)),
        (["SỞ XÂY DỰNG", "Lam Giang, ngày 30/6/2023", "BÁO CÁO", "Kết quả quý II", "", "Một."], range(2, 4)),
        (["HỘI NGHỊ GIAO BAN", "Sáng nay đã họp.", "BÁO CÁO"], range(1)),
        (["", " "], range(0)),
    ],
)
def test_title_lines(lines: list[str], numbers: range) -> None:
    assert title_lines(lines) == numbers


def test_long_titles_are_cut_at_a_space() -> None:
    title = shortened("tiến độ " * 100)
    assert len(title) <= 300
    assert title.endswith(("tiến…", "độ…"))
