"""Reports of an invented province, Lam Giang, over three quarters of 2023, to practise and to test on.

The province, its places, works and figures are made up; the laws that its inspectors cite are real.

`agencies.csv` holds the province's own agencies, to be added to the shipped directory. `mentions.csv` lists
by hand where agencies are named: a file that occurs in it is marked from end to end. Marked is every naming
of an agency by its longest form, also inside an office-holder's title (`Chủ tịch UBND tỉnh`), a group
(`các sở, ngành`), a role (`chủ đầu tư`), a district or commune with its kind (`huyện Kim Lũng`), also where
things happened, and the later names of a list that share one kind (`các huyện Mường Khê, Nậm Ngà`). Not
marked are words that need the context (`đơn vị này`), places inside the name of a work, and agencies that no
directory lists. The slug is what the words alone say.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent

AGENCIES = _FOLDER / "agencies.csv"
"""The invented province's agencies, in the columns that the agency directory imports."""

MENTIONS = _FOLDER / "mentions.csv"
"""Columns `file`, `quote`, `nth` (1-based occurrence of the quote in the file's raw text, overlaps counted),
`agency_slug`."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A report that ships with the program. `date`: ISO day. `period`: as in `2023-Q1`."""

    file: str
    title: str
    issuer: str
    date: str
    period: str


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "kinh-te-xa-hoi-2023-q1.md",
        "Báo cáo tình hình kinh tế - xã hội quý I, nhiệm vụ trọng tâm quý II năm 2023",
        "UBND tỉnh Lam Giang",
        "2023-03-24",
        "2023-Q1",
    ),
    Sample(
        "giam-sat-ho-so-dat-dai-2023-q1.md",
        "Báo cáo kết quả giám sát việc giải quyết thủ tục hành chính lĩnh vực đất đai trên địa bàn tỉnh",
        "HĐND tỉnh Lam Giang",
        "2023-03-30",
        "2023-Q1",
    ),
    Sample(
        "giao-ban-khoi-dang-2023-q1.txt",
        "Giao ban các cơ quan khối Đảng, các Đảng bộ trực thuộc Tỉnh ủy Lam Giang quý I năm 2023",
        "Tỉnh ủy Lam Giang",
        "2023-04-06",
        "2023-Q1",
    ),
    Sample(
        "thanh-tra-dat-dai-kim-lung.md",
        "Kết luận thanh tra trách nhiệm quản lý nhà nước về đất đai tại huyện Kim Lũng, "
        "giai đoạn 2018 - 2022",
        "Thanh tra tỉnh Lam Giang",
        "2023-06-09",
        "2023-Q2",
    ),
    Sample(
        "kinh-te-xa-hoi-2023-q2.md",
        "Báo cáo tình hình kinh tế - xã hội quý II và 6 tháng đầu năm, "
        "nhiệm vụ trọng tâm 6 tháng cuối năm 2023",
        "UBND tỉnh Lam Giang",
        "2023-06-23",
        "2023-Q2",
    ),
    Sample(
        "hop-ubnd-tinh-2023-q2.txt",
        "UBND tỉnh Lam Giang họp phiên thường kỳ tháng 6, đánh giá kinh tế - xã hội 6 tháng đầu năm 2023",
        "UBND tỉnh Lam Giang",
        "2023-06-28",
        "2023-Q2",
    ),
    Sample(
        "kien-nghi-cu-tri-2023-q2.md",
        "Tổng hợp ý kiến, kiến nghị của cử tri gửi đến kỳ họp thường lệ giữa năm 2023",
        "Uỷ ban MTTQ Việt Nam tỉnh Lam Giang",
        "2023-06-30",
        "2023-Q2",
    ),
    Sample(
        "thanh-tra-cau-dong-lam.md",
        "Kết luận thanh tra việc chấp hành pháp luật trong đầu tư xây dựng "
        "Dự án cầu Đông Lam và đường hai đầu cầu",
        "Thanh tra tỉnh Lam Giang",
        "2023-09-14",
        "2023-Q3",
    ),
    Sample(
        "kinh-te-xa-hoi-2023-q3.md",
        "Báo cáo tình hình kinh tế - xã hội quý III và 9 tháng, nhiệm vụ trọng tâm quý IV năm 2023",
        "UBND tỉnh Lam Giang",
        "2023-09-25",
        "2023-Q3",
    ),
    Sample(
        "hoi-nghi-giao-ban-2023-q3.txt",
        "Hội nghị giao ban quý III năm 2023 giữa Thường trực Tỉnh ủy, Thường trực HĐND, lãnh đạo UBND tỉnh "
        "Lam Giang",
        "Tỉnh ủy Lam Giang",
        "2023-10-05",
        "2023-Q3",
    ),
    Sample(
        "partners-brief-2023-q3.md",
        "Lam Giang Province: Quarterly Brief for Development Partners, Third Quarter 2023",
        "People's Committee of Lam Giang Province",
        "2023-10-12",
        "2023-Q3",
    ),
)
"""By date."""


def sample_path(sample: Sample) -> Path:
    """Where the file of `sample` lies, so that it can be imported like any other file."""
    return _FOLDER / sample.file
