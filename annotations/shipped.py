"""The codebook and the agency directory that a fresh database starts with."""

from __future__ import annotations

from importlib.resources import files

from annotations import codebook_csv, directory_csv
from annotations.seeds import AgencySeed as AgencySeed
from annotations.seeds import TagSeed as TagSeed


def codebook() -> list[TagSeed]:
    """46 issue types under 9 groups, each group before its members."""
    return [codebook_csv.seed_of(row) for row in codebook_csv.read_codebook(_data("codebook.csv")).rows]


def directory() -> list[AgencySeed]:
    """Kinds of agency of a province, then one province's districts until 2025, its communes since and before.

    A parent or successor may come later in the list than what names it.
    """
    return [directory_csv.seed_of(row) for row in directory_csv.read_directory(_data("agencies.csv")).rows]


def _data(name: str) -> bytes:
    return files("annotations").joinpath("data", name).read_bytes()
