"""Who answers on a day: merged, split, renamed and abolished agencies."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.models import Agency, Successor
from annotations.seeds import number_agencies
from annotations.shipped import directory
from annotations.succession import Succession, alphabetical, holders, predecessors

AGENCIES = number_agencies(directory())
BY_SLUG = {agency.slug: agency for agency in AGENCIES}
SUCCESSION = Succession(AGENCIES)


def agency(number: int, *successors: tuple[int, str | None], to: str | None = None) -> Agency:
    heirs = tuple(Successor(heir, day, "") for heir, day in successors)
    return Agency(number, f"a{number}", f"A{number}", "", "", "", "", None, None, to, (), heirs, "", 1, False)


@pytest.mark.parametrize(
    ("slug", "on", "expected"),
    [
        ("so-tnmt", "2025-02-28", ["so-tnmt"]),
        ("so-tnmt", "2025-03-01", ["so-nnmt"]),
        ("so-nnmt", "2023-01-01", ["so-nnmt"]),
        ("so-ldtbxh", "2025-03-01", ["so-nv", "so-yt", "so-gddt"]),
        ("cuc-thue", "2025-04-01", ["cct-kv"]),
        ("cuc-thue", "2025-07-01", ["thue-tinh"]),
        ("hdnd-huyen", "2026-01-01", ["hdnd-huyen"]),
        ("ubnd-xa-thuong-dinh-phu-binh", "2025-07-01", ["ubnd-xa-diem-thuy", "ubnd-xa-phu-binh"]),
        ("ubnd-xa-than-xa-vo-nhai", "2025-07-01", ["ubnd-xa-than-sa"]),
        (
            "ubnd-huyen-phu-binh",
            "2025-07-01",
            [
                "ubnd-xa-phu-binh",
                "ubnd-xa-tan-khanh",
                "ubnd-xa-tan-thanh",
                "ubnd-xa-diem-thuy",
                "ubnd-xa-kha-son",
            ],
        ),
    ],
)
def test_who_answers(slug: str, on: str, expected: list[str]) -> None:
    found = SUCCESSION.holders(BY_SLUG[slug], date.fromisoformat(on))
    assert [agency.slug for agency in found] == expected


def test_predecessors_go_back_through_several_changes() -> None:
    found = [agency.slug for agency in SUCCESSION.predecessors(BY_SLUG["thue-tinh"])]
    assert found == ["cct-kv", "cuc-thue"]
    merged = {agency.slug for agency in predecessors(BY_SLUG["so-nnmt"], AGENCIES)}
    assert merged == {"so-tnmt", "so-nnptnt"}


def test_a_circle_of_successors_ends() -> None:
    ring = [agency(1, (2, "2020-01-01")), agency(2, (1, "2020-01-01"))]
    assert [found.id for found in holders(ring[0], date(2024, 1, 1), ring)] == [2]
    assert [found.id for found in predecessors(ring[0], ring)] == [2]
    itself = [agency(1, (1, None), to="2020-01-01")]
    assert [found.id for found in holders(itself[0], date(2024, 1, 1), itself)] == [1]
    assert predecessors(itself[0], itself) == []


def test_an_heir_that_begins_later_does_not_answer_yet() -> None:
    gap = [agency(1, (2, "2021-01-01"), to="2020-01-01"), agency(2)]
    assert [found.id for found in holders(gap[0], date(2020, 6, 1), gap)] == [1]
    assert [found.id for found in holders(gap[0], date(2021, 1, 1), gap)] == [2]


def test_a_successor_without_a_date_answers_from_the_end_on() -> None:
    undated = [agency(1, (2, None), to="2020-01-01"), agency(2)]
    assert [found.id for found in holders(undated[0], date(2019, 1, 1), undated)] == [1]
    assert [found.id for found in holders(undated[0], date(2020, 1, 1), undated)] == [2]


def test_two_lines_that_meet_again_are_one_holder() -> None:
    diamond = [
        agency(1, (2, "2020-01-01"), (3, "2020-01-01"), to="2020-01-01"),
        agency(2, (4, "2022-01-01"), to="2022-01-01"),
        agency(3, (4, "2022-01-01"), to="2022-01-01"),
        agency(4),
    ]
    assert [found.id for found in holders(diamond[0], date(2023, 1, 1), diamond)] == [4]
    assert {found.id for found in predecessors(diamond[3], diamond)} == {1, 2, 3}


def test_agencies_sort_in_the_order_of_the_alphabet() -> None:
    names = [agency.name for agency in alphabetical(AGENCIES) if agency.level == "province"]
    assert names.index("Cục Thuế tỉnh") < names.index("Điện lực tỉnh") < names.index("Sở Y tế")
