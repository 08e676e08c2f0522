"""Agencies named in running text are found, and nothing else."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.directory_csv import read_directory, seed_of
from annotations.mentions import Mention, MentionFinder, named_agencies
from annotations.seeds import number_agencies
from annotations.shipped import directory
from reports.samples import AGENCIES as SAMPLE_AGENCIES
from reports.samples import MENTIONS as MARKED

AGENCIES = number_agencies(directory())
SLUG = {agency.id: agency.slug for agency in AGENCIES}
FINDER = MentionFinder(AGENCIES)
IN_2023 = date(2023, 6, 30)
SEED = Path(__file__).parents[3] / "shared" / "reports" / "giao-ban-khoi-dang-quy-1-2023.txt"


def found(text: str, on: date | None = IN_2023) -> list[tuple[str, str]]:
    return [
        (text[mention.start : mention.end], "/".join(SLUG[number] for number in mention.agency_ids))
        for mention in FINDER.find(text, on)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sở Tài nguyên và Môi trường, Sở TN-MT, sở TNMT",
            [("Sở Tài nguyên và Môi trường", "so-tnmt"), ("Sở TN-MT", "so-tnmt"), ("sở TNMT", "so-tnmt")],
        ),
        (
            "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH THÁI NGUYÊN báo cáo",
            [("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH THÁI NGUYÊN", "so-tnmt")],
        ),
        (
            "Giao các Sở: Tài nguyên và Môi trường, Xây dựng và Y tế; Công an tỉnh",
            [
                ("Sở: Tài nguyên và Môi trường", "so-tnmt"),
                ("Xây dựng", "so-xd"),
                ("Y tế", "so-yt"),
                ("Công an tỉnh", "cong-an-tinh"),
            ],
        ),
        (
            "UBND các huyện Phú Bình, Đồng Hỷ, thành phố Phổ Yên",
            [
                ("UBND các huyện Phú Bình", "ubnd-huyen-phu-binh"),
                ("Đồng Hỷ", "ubnd-huyen-dong-hy"),
                ("thành phố Phổ Yên", "ubnd-tp-pho-yen"),
            ],
        ),
        ("UBND H. Phú Bình", [("UBND H. Phú Bình", "ubnd-huyen-phu-binh")]),
        (
            "UBND huyện Hoài Đức, UBND TP. Hà Nội",
            [("UBND huyện Hoài Đức", "ubnd-huyen"), ("UBND TP. Hà Nội", "ubnd-huyen")],
        ),
        ("UBND các huyện, thị xã, thành phố họp", [("UBND các huyện, thị xã, thành phố", "ubnd-huyen")]),
        ("UBND các xã buông lỏng", [("UBND các xã", "ubnd-xa")]),
        (
            "Ban Tổ chức, Ban Tuyên giáo Tỉnh ủy",
            [("Ban Tổ chức", "btc-tu"), ("Ban Tuyên giáo Tỉnh ủy", "btg-tu")],
        ),
        ("Bí thư Tỉnh uỷ", [("Tỉnh uỷ", "tinh-uy")]),
        ("ngành Y tế, ngành Thuế", [("ngành Y tế", "so-yt"), ("ngành Thuế", "cuc-thue")]),
        ("Ban Dân tộc. Tỉnh đã giao", [("Ban Dân tộc", "ban-dt")]),
        ("Sở Lao động, Thương binh và Xã hội", [("Sở Lao động, Thương binh và Xã hội", "so-ldtbxh")]),
        ("Sở Y tế\nNội vụ", [("Sở Y tế", "so-yt")]),
        ("Nghị quyết số 05-NQ/TU; văn bản số 12/STNMT-KS; số 68/BC-UBND", []),
        ("trái phiếu chính phủ; đường Phan Đình Phùng; Ban Tổ chức hội nghị; catalô", []),
        (
            "Provincial People’s Committee and the Department of Health",
            [("Provincial People’s Committee", "ubnd-tinh"), ("Department of Health", "so-yt")],
        ),
    ],
)
def test_names_in_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sở Tài nguyên và Môi trường (sau đây gọi là Sở) đã trình. Sở đề nghị; Sở Giao dịch thì không.",
            [("Sở Tài nguyên và Môi trường", "so-tnmt"), ("Sở", "so-tnmt"), ("Sở", "so-tnmt")],
        ),
        (
            "Ban QLDA chung. Trung tâm Phát triển quỹ đất (gọi tắt: “Trung tâm”) và Trung tâm chậm.",
            [
                ("Ban QLDA", "bqlda"),
                ("Trung tâm Phát triển quỹ đất", "tt-ptqd"),
                ("Trung tâm", "tt-ptqd"),
                ("Trung tâm", "tt-ptqd"),
            ],
        ),
        (
            "Department of Natural Resources and Environment (“DONRE”). DONRE replied (2023).",
            [
                ("Department of Natural Resources and Environment", "so-tnmt"),
                ("DONRE", "so-tnmt"),
                ("DONRE", "so-tnmt"),
            ],
        ),
        ("Sở Y tế (Bác sĩ Lê A), Bác sĩ Lê A", [("Sở Y tế", "so-yt")]),
        (
            "Sở Y tế (sau đây gọi là Sở); Sở. Sở Nội vụ (sau đây gọi là Sở); Sở.",
            [
                ("Sở Y tế", "so-yt"),
                ("Sở", "so-yt"),
                ("Sở", "so-yt"),
                ("Sở Nội vụ", "so-nv"),
                ("Sở", "so-nv"),
                ("Sở", "so-nv"),
            ],
        ),
    ],
)
def test_short_forms_that_the_text_defines(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_shared_name_is_the_body_of_the_day() -> None:
    assert found("UBND xã Tân Khánh", IN_2023) == [("UBND xã Tân Khánh", "ubnd-xa-tan-khanh-phu-binh")]
    assert found("UBND xã Tân Khánh", date(2026, 1, 1)) == [("UBND xã Tân Khánh", "ubnd-xa-tan-khanh")]
    assert len(FINDER.find("UBND xã Tân Khánh")[0].agency_ids) == 2


def test_a_place_is_told_from_its_committee() -> None:
    mentions = FINDER.find("ở huyện Phú Bình, theo UBND huyện Phú Bình và Sở Y tế", IN_2023)
    assert [mention.place for mention in mentions] == [True, False, False]
    by_slug = {agency.slug: agency.id for agency in AGENCIES}
    assert named_agencies(mentions) == (by_slug["ubnd-huyen-phu-binh"], by_slug["so-yt"])
    assert named_agencies([Mention(0, 1, (3,), place=True), Mention(2, 3, (1, 2))]) == (1, 2, 3)


def test_every_written_name_of_a_kind_of_agency_is_found_whole() -> None:
    for agency in AGENCIES[:92]:
        for name in (agency.name, *agency.aliases):
            if ";" not in name:
                mentions = FINDER.find(f"(Theo {name}.)")
                assert [(m.start, m.end) for m in mentions] == [(6, 6 + len(name))], name
                assert agency.id in mentions[0].agency_ids


def test_marked_samples() -> None:
    """Precision at least 0.95, recall at least 0.90, over every sample that is marked by hand."""
    own = [seed_of(row) for row in read_directory(SAMPLE_AGENCIES.read_bytes()).rows]
    agencies = number_agencies([*directory(), *own])
    slugs = {agency.id: agency.slug for agency in agencies}
    finder = MentionFinder(agencies)
    marked: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    texts: dict[str, str] = {}
    with MARKED.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = row["file"]
            text = texts.setdefault(name, MARKED.with_name(name).read_text(encoding="utf-8"))
            at = -1
            for _ in range(int(row["nth"])):
                at = text.index(row["quote"], at + 1)
            marked[name].append((at, at + len(row["quote"]), row["agency_slug"]))
    right = claimed = wanted = 0
    for name, gold in marked.items():
        left = list(gold)
        for mention in finder.find(texts[name], IN_2023):
            claimed += 1
            named = [slugs[number] for number in mention.agency_ids]
            hit = next(
                (g for g in left if named == [g[2]] and g[0] < mention.end and mention.start < g[1]), None
            )
            if hit:
                right += 1
                left.remove(hit)
        wanted += len(gold)
    assert wanted > 250
    assert right / claimed >= 0.95
    assert right / wanted >= 0.90


@pytest.mark.skipif(not SEED.exists(), reason="the real report is not here")
def test_the_real_report() -> None:
    expected = ["Tỉnh ủy", "Tỉnh ủy", "Đoàn ĐBQH tỉnh", "Tỉnh ủy", "Tỉnh ủy"]
    assert [text for text, _ in found(SEED.read_text(encoding="utf-8"))] == expected


PIECES = [
    "Sở ",
    "các ",
    "UBND ",
    "huyện ",
    "Phú Bình",
    ", ",
    " và ",
    "Tỉnh ủy",
    "(gọi là Sở)",
    ". ",
    "\n",
    "x",
    "TP",
    " ",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_mentions_run_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for mention in FINDER.find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.agency_ids
        end = mention.end


def test_a_retired_agency_is_not_looked_for_and_an_empty_directory_finds_nothing() -> None:
    assert MentionFinder(()).find("Sở Y tế") == []
    assert FINDER.find("") == []
