"""Any written form of a name finds its tag or agency."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotations.errors import Ambiguous, NotFound
from annotations.names import AgencyNames, find_agency, find_tag
from annotations.seeds import number_agencies, number_tags
from annotations.shipped import codebook, directory

AGENCIES = number_agencies(directory())
TAGS = number_tags(codebook())
NAMES = AgencyNames(AGENCIES)
FACTS = Path(__file__).parents[3] / "shared" / "data"
BEFORE, BETWEEN, AFTER = date(2023, 3, 31), date(2025, 4, 1), date(2026, 1, 1)


@pytest.mark.parametrize(
    "written",
    [
        "so tnmt",
        "Sở TN-MT",
        "SỞ TÀI NGUYÊN & MÔI TRƯỜNG",
        unicodedata.normalize("NFD", "Sở Tài nguyên và Môi trường"),
        "sở tài nguyên môi trường",
        "so-tnmt",
        "so_tnmt",
        "  Sở  TN & MT ",
        "Sở Tài nguyên và Môi trường tỉnh Bắc Kạn",
        "STNMT",
        "department of natural resources and environment",
        "Sở Tài nguyên và Môi",
    ],
)
def test_every_written_form_finds_the_department(written: str) -> None:
    assert find_agency(AGENCIES, written).slug == "so-tnmt"


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("UBND H. Phú Bình", "ubnd-huyen-phu-binh"),
        ("Uỷ ban nhân dân huyện Phú Bình, tỉnh Thái Nguyên", "ubnd-huyen-phu-binh"),
        ("huyen phu binh", "ubnd-huyen-phu-binh"),
        ("UBND TP. Thái Nguyên", "ubnd-tp-thai-nguyen"),
        ("tp thai nguyen", "ubnd-tp-thai-nguyen"),
        ("ubnd p. phan dinh phung", "ubnd-phuong-phan-dinh-phung"),
        ("xã Định Hóa", "ubnd-xa-dinh-hoa"),
        ("xã Định Hoá", "ubnd-xa-dinh-hoa"),
        ("Thị xã Phổ Yên", "ubnd-tp-pho-yen"),
        ("Công an tỉnh Thái Nguyên", "cong-an-tinh"),
        ("Hội Nông dân", "hoi-nd"),
        ("UBND xã Tân Khánh (huyện Phú Bình)", "ubnd-xa-tan-khanh-phu-binh"),
    ],
)
def test_places_and_short_forms(written: str, slug: str) -> None:
    assert find_agency(AGENCIES, written).slug == slug


def test_every_name_of_every_agency_finds_it() -> None:
    shared = {"UBND P. Trung Thành", "UBND phường Trung Thành", "phường Trung Thành"}
    shared.add("Ủy ban nhân dân phường Trung Thành")
    for agency in AGENCIES:
        on = BEFORE if agency.valid_to else AFTER
        on = BETWEEN if agency.valid_from and agency.valid_to else on
        for name in {agency.slug, agency.name, agency.name_en, agency.short, *agency.aliases} - shared - {""}:
            for form in (name, name.upper(), name.lower(), unicodedata.normalize("NFD", name)):
                assert NAMES.find(form, on) is agency, (form, on)


def test_one_name_at_two_times_is_the_body_of_that_day() -> None:
    assert NAMES.find("UBND xã Tân Khánh", BEFORE).slug == "ubnd-xa-tan-khanh-phu-binh"
    assert NAMES.find("UBND xã Tân Khánh", AFTER).slug == "ubnd-xa-tan-khanh"


def test_accents_decide_where_they_are_written() -> None:
    assert NAMES.find("xã Văn Lăng", AFTER).name == "UBND xã Văn Lăng"
    assert NAMES.find("xã Văn Lang", AFTER).name == "UBND xã Văn Lang"
    with pytest.raises(Ambiguous) as caught:
        NAMES.find("xa van lang", AFTER)
    assert caught.value.candidates == ("UBND xã Văn Lang", "UBND xã Văn Lăng")
    assert "UBND xã Văn Lang; UBND xã Văn Lăng" in str(caught.value)


def test_two_bodies_of_one_name_and_time_are_both_offered() -> None:
    with pytest.raises(Ambiguous) as caught:
        NAMES.find("phường Trung Thành", BEFORE)
    assert len(caught.value.candidates) == 2
    for candidate in caught.value.candidates:
        assert NAMES.find(candidate, BEFORE).name == candidate


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        NAMES.find("So tai nguyen va moi truog")
    assert caught.value.nearest[0] == "Sở Tài nguyên và Môi trường"
    assert "Sở Tài nguyên và Môi trường" in str(caught.value)
    with pytest.raises(NotFound) as caught:
        NAMES.find("xyzzy 42")
    assert caught.value.nearest == ()
    with pytest.raises(NotFound):
        NAMES.find("  ")


def test_a_retired_agency_gives_way_to_a_living_one() -> None:
    twin = replace(AGENCIES[0], id=9999, slug="so-tnmt-2")
    retired = (replace(AGENCIES[0], retired=True), twin)
    assert find_agency(retired, "Sở TNMT").id == 9999
    assert find_agency(retired[:1], "Sở TNMT").id == AGENCIES[0].id


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("gpmb-cham", "gpmb-cham"),
        ("gpmb", "gpmb-cham"),
        ("GPMB", "gpmb-cham"),
        ("Giải phóng mặt bằng chậm", "gpmb-cham"),
        ("giai phong mat bang cham", "gpmb-cham"),
        ("giải phóng", "gpmb-cham"),
        ("slow site clearance", "gpmb-cham"),
        ("Ô nhiễm môi trường", "o-nhiem"),
        ("Khai thác khoáng sản", None),
    ],
)
def test_tags_by_slug_key_and_labels(written: str, slug: str | None) -> None:
    if slug:
        assert find_tag(TAGS, written).slug == slug
        return
    with pytest.raises(NotFound) as caught:
        find_tag(TAGS, written)
    assert caught.value.nearest[0] == "Vi phạm khai thác khoáng sản, cát sỏi"


def test_a_beginning_that_several_tags_share_lists_them() -> None:
    with pytest.raises(Ambiguous) as caught:
        find_tag(TAGS, "vi phạm")
    assert "Vi phạm quản lý, sử dụng đất đai" in caught.value.candidates


@pytest.mark.skipif(not FACTS.exists(), reason="the facts that the directory was made from are not here")
def test_every_alias_of_the_facts_finds_its_agency() -> None:
    with (FACTS / "agency_aliases.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 330
    for row in rows:
        assert find_agency(AGENCIES, row["alias"]).slug == row["agency_id"].replace("_", "-"), row
