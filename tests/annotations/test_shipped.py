"""The codebook and the directory that ship with the program hold what they should."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from annotations.phrases import read_phrase
from annotations.seeds import COLOURS
from annotations.shipped import codebook, directory

FACTS = Path(__file__).parents[3] / "shared" / "data"
TAGS, AGENCIES = codebook(), directory()
TAG = {seed.slug: seed for seed in TAGS}
AGENCY = {seed.slug: seed for seed in AGENCIES}

needs_facts = pytest.mark.skipif(not FACTS.exists(), reason="the facts they were made from are not here")


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_issue_types_stand_under_groups() -> None:
    groups = [seed for seed in TAGS if seed.parent is None]
    types = [seed for seed in TAGS if seed.parent is not None]
    assert (len(groups), len(types)) == (9, 46)
    assert {seed.parent for seed in types} == {seed.slug for seed in groups}
    for seed in TAGS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", seed.slug)
        assert seed.label_vi and seed.label_en and seed.definition_vi and seed.definition_en and seed.key
        assert seed.colour in COLOURS
        assert "\n" not in seed.definition_vi
    for seed in types:
        assert seed.agencies and all(slug in AGENCY for slug in seed.agencies)
        assert seed.phrases and all(read_phrase(phrase).text for phrase in seed.phrases)


def test_slugs_keys_labels_and_digits_are_each_one_tag_only() -> None:
    for values in (
        [seed.slug for seed in TAGS],
        [seed.key for seed in TAGS],
        [seed.label_vi for seed in TAGS],
        [seed.digit for seed in TAGS if seed.digit],
    ):
        assert max(Counter(values).values()) == 1
    assert {seed.digit for seed in TAGS} == {None, *range(1, 10)}


def test_the_directory_is_whole() -> None:
    assert len(AGENCY) == len(AGENCIES) == 481
    names = Counter(seed.name for seed in AGENCIES)
    assert max(names.values()) == 1
    for seed in AGENCIES:
        assert seed.parent is None or seed.parent in AGENCY
        assert all(heir in AGENCY for heir, _, _ in seed.successors)
        assert seed.name not in seed.aliases
        assert not seed.short or seed.short in seed.aliases
        assert seed.kind and seed.level
        for day in (seed.valid_from, seed.valid_to, *(heir[1] for heir in seed.successors)):
            assert day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day)


def test_a_split_says_which_part_goes_where() -> None:
    for seed in AGENCIES:
        if len(seed.successors) > 1 and seed.slug != "ubnd-huyen":
            assert all(note for _, _, note in seed.successors), seed.slug


@needs_facts
def test_kinds_of_agency_are_those_of_the_facts() -> None:
    rows = facts("agency_types.csv")
    assert len(rows) == 92
    aliases: dict[str, set[str]] = {}
    for row in facts("agency_aliases.csv"):
        aliases.setdefault(row["agency_id"], set()).add(row["alias"])
    assert sum(map(len, aliases.values())) == 330
    for row in rows:
        seed = AGENCY[row["id"].replace("_", "-")]
        assert (seed.name, seed.name_en) == (row["name_vi"], row["name_en"])
        assert aliases[row["id"]] <= {seed.name, *seed.aliases}
        assert [heir for heir, _, _ in seed.successors] == [
            name.replace("_", "-") for name in row["successors"].split("|") if name
        ]
        assert (seed.valid_from or "").startswith(row["valid_from"])
        assert (seed.valid_to or "").startswith(row["valid_to"])


@needs_facts
def test_places_are_those_of_the_facts() -> None:
    codes = {seed.slug: re.findall(r"Mã đơn vị hành chính (\d+)", seed.note) for seed in AGENCIES}
    by_code: dict[tuple[str, bool], str] = {}
    for seed in AGENCIES:
        if codes[seed.slug]:
            by_code[codes[seed.slug][0], seed.valid_to is None] = seed.slug
    districts, communes = (
        facts("thai_nguyen_districts_until_2025.csv"),
        facts("thai_nguyen_communes_2025.csv"),
    )
    assert (len(districts), len(communes)) == (17, 92)
    for row in districts:
        seed = AGENCY[by_code[row["gso_code"], False]]
        assert seed.name.lower() == f"ubnd {row['full_name'].lower()}"
        assert (seed.valid_to, seed.parent) == (row["valid_to"], "ubnd-huyen")
        assert seed.successors
    for row in communes:
        seed = AGENCY[by_code[row["code"], True]]
        assert seed.name == f"UBND {row['type'].lower()} {row['name']}"
        assert (seed.valid_from, seed.parent) == (row["valid_from"], "ubnd-xa")


@needs_facts
def test_links_from_old_to_new_communes_are_those_of_the_facts() -> None:
    rows = facts("thai_nguyen_commune_map_old_new.csv")
    code = {seed.slug: (re.findall(r"\d{5}", seed.note) or [""])[0] for seed in AGENCIES}
    links = {
        (code[seed.slug], code[heir])
        for seed in AGENCIES
        if seed.level == "commune" and seed.valid_to
        for heir, _, _ in seed.successors
    }
    assert len(rows) == len(links) == 283
    assert links == {(row["old_code"], row["new_code"]) for row in rows}


@needs_facts
def test_issue_types_are_those_of_the_facts() -> None:
    text = (FACTS / "codebook_issues.yaml").read_text(encoding="utf-8")
    rows = re.findall(r'^- \{id: (\w+), key: (\w+), group: \w+, vi: "([^"]+)", en: "([^"]+)"', text, re.M)
    assert len(rows) == 46
    for slug, key, vi, en in rows:
        seed = TAG[slug.replace("_", "-")]
        assert (seed.key, seed.label_vi, seed.label_en) == (key, vi, en)
