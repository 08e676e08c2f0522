"""Agencies on the command line: those a report names, who answered then and who does now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reviewer.cli_kit import Shell

TEXT = """\
Báo cáo tháng 6 năm 2023

Sở Tài nguyên và Môi trường phối hợp với UBND huyện Phú Bình rà soát; Sở TN&MT báo cáo kết quả.
"""


@pytest.fixture
def shell(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    """A record with one report and one issue that Sở TN&MT leads."""
    made = Shell(tmp_path, capfdbinary)
    assert made("import", made.file("bao-cao.md", TEXT), "--date", "2023-06-30").code == 0
    slug = made("reports", "--json").json[0]["slug"]
    assert made("annotate", slug, "--quote", "rà soát", "--agency", "so tnmt").code == 0
    return made


def test_the_agencies_that_a_report_names_are_listed(shell: Shell) -> None:
    slug = shell("reports", "--json").json[0]["slug"]
    shown = shell("show", slug, "--json").json
    said = [(one["text"], one["agencies"]) for one in shown["mentions"]]
    assert said == [
        ("Sở Tài nguyên và Môi trường", ["so-tnmt"]),
        ("UBND huyện Phú Bình", ["ubnd-huyen-phu-binh"]),
        ("Sở TN&MT", ["so-tnmt"]),
    ]
    assert all(shown["text"][one["start"] : one["end"]] == one["text"] for one in shown["mentions"])
    assert shell("show", slug, "--mentions", "--json").json == shown["mentions"]
    first = shell("show", slug, "--mentions").out.splitlines()[1]
    assert first.split("\t")[1:] == ["2", "Sở Tài nguyên và Môi trường; Sở TN&MT"]


@pytest.mark.parametrize(
    ("options", "code", "lead"),
    [
        (["--agency", "so nnmt"], 0, "Sở Tài nguyên và Môi trường"),
        (["--agency", "so nnmt", "--as-written"], 1, ""),
        (["--agency", "so nnmt", "--current"], 0, "Sở Nông nghiệp và Môi trường"),
        (["--agency", "so tnmt", "--current"], 1, ""),
        (["--agency", "ubnd tinh", "--itself"], 1, ""),
        (["--current"], 0, "Sở Nông nghiệp và Môi trường"),
        (["agency:so-nnmt", "as:written"], 1, ""),
    ],
)
def test_who_answered_and_who_answers_now(shell: Shell, options: list[str], code: int, lead: str) -> None:
    ran = shell("issues", *options, "--json")
    assert ran.code == code
    assert [row["lead_agencies"] for row in ran.json] == ([[lead]] if lead else [])


def test_files_for_people_say_who_answers_now(shell: Shell) -> None:
    rows = shell("export", "--headers", "en").rows
    land, green = "Department of Natural Resources", "Department of Agriculture and Environment"
    assert rows[0]["Lead agencies"] == f"{land} and Environment (now {green})"


def test_counts_by_who_answers_now(shell: Shell) -> None:
    written = shell("stats", "--by", "lead", "--json").json
    current = shell("stats", "--by", "lead", "--current", "--json").json
    assert written == [{"lead": "so-tnmt", "count": 1}]
    assert current == [{"lead": "so-nnmt", "count": 1}]


def test_written_and_current_at_once_is_refused(shell: Shell) -> None:
    assert shell("issues", "--as-written", "--current").code == 2
