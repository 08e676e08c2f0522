"""Charts and the grid of deadlines on the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from annotations.filters import IssueFilter
from annotations.models import ReviewerRole
from annotations.store import Store
from reviewer.cli.charts import print_chart
from reviewer.looking import GRID, HEAT, Look
from reviewer.place import account_name
from tests.reviewer.cli_kit import Shell
from tests.reviewer.issues.kit import make_issues


@pytest.fixture
def run(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    with make_issues(tmp_path) as store:
        store.add_person(account_name(), ReviewerRole.LEAD)
    return Shell(tmp_path, capfdbinary)


def test_bars_say_what_stats_say(run: Shell) -> None:
    drawn = run("stats", "--by", "status", "--chart")
    assert drawn.code == 0 and "\x1b" not in drawn.out
    head, *lines = drawn.out.splitlines()
    assert head.split() == ["Status", "Issues", "Share"]
    counts = {line.rsplit("%", 1)[0].rsplit(None, 2)[0].strip(): int(line.split()[-4]) for line in lines}
    assert counts == {"open": 3, "in progress": 1, "resolved": 1}
    assert max(lines, key=lambda line: line.count("█")) == lines[0]


@pytest.mark.parametrize("columns", [50, 80, 140])
@pytest.mark.parametrize("by", ["agency", "agency,tag", "tag,period", "period"])
def test_a_chart_is_as_wide_as_the_terminal(
    run: Shell, monkeypatch: pytest.MonkeyPatch, columns: int, by: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    drawn = run("stats", "--by", by, "--chart")
    assert drawn.code == 0 and len(drawn.out.splitlines()) > 2
    assert all(len(line) < columns for line in drawn.out.splitlines())


def test_a_name_does_nothing_to_the_terminal(run: Shell) -> None:
    with Store.open(run.database, account_name()) as store:
        store.issues.connection.execute(
            "UPDATE agencies SET name = ?, name_en = ? WHERE slug = 'so-tnmt'", ("Sở\x1b[31m\nX", "")
        )
    for drawn in (run("stats", "--by", "agency,tag", "--chart"), run("grid")):
        assert drawn.code == 0 and "\x1b" not in drawn.out and "[31m" in drawn.out


def test_a_chart_of_nothing_and_of_too_much(run: Shell) -> None:
    assert run("stats", "tag:khoang-san", "--chart").code == 1
    refused = run("stats", "--by", "agency,tag,status", "--chart")
    assert refused.code == 2 and "--by agency,tag" in refused.err
    assert run("stats", "--by", "colour", "--chart").code == 2


def test_the_grid_as_table_and_json(run: Shell) -> None:
    grid = run("grid", "--json", "--today", "2023-07-01").json
    assert grid["today"] == "2023-07-01" and grid["filter"] == ""
    assert grid["all"] == {"on_time": 0, "late": 1, "in_time": 3, "overdue": 1, "total": 5}
    by_agency = {row["agency"]: row for row in grid["agencies"]}
    assert by_agency["so-tnmt"] == {
        "agency": "so-tnmt", "name": "Sở Tài nguyên và Môi trường",
        "on_time": 0, "late": 1, "in_time": 1, "overdue": 0, "total": 2,
    }  # fmt: skip
    assert by_agency[None]["in_time"] == 1
    head, *lines = run("grid", "agency:so-tnmt", "--today", "2023-07-01").out.splitlines()
    assert head.split("\t") == ["agency", "on_time", "late", "in_time", "overdue", "total"]
    assert [line.split("\t")[1:] for line in lines] == [["0", "1", "1", "0", "2"]]
    assert run("grid", "tag:khoang-san").code == 1


def test_one_clock_for_all_that_is_overdue(run: Shell) -> None:
    for day, late in (("2023-06-30", 0), ("2023-07-01", 1), ("2024-01-01", 2)):
        assert run("grid", "--json", "--today", day).json["all"]["overdue"] == late
        for asked in ("--overdue", "deadline:overdue"):
            assert len(run("issues", asked, "--json", "--today", day).json) == late
        exported = run("export", "--format", "md", "--headers", "en", "--today", day).out
        grid = exported[exported.index("Deadlines by lead agency") :].splitlines()
        figures = [line.split("|")[-3].strip() for line in grid if line.endswith("|")]
        assert sum(int(figure) for figure in figures if figure.isdigit()) == late


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("look", [Look(GRID, ()), Look(HEAT, ("agency", "tag"))])
def test_colours_only_where_a_terminal_shows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    with make_issues(tmp_path) as store:
        shown = {}
        for no_color in ("", "1"):
            monkeypatch.setenv("NO_COLOR", no_color)
            shown[no_color] = _drawn(store, look)
    assert "\x1b[" in shown[""] and "\x1b" not in shown["1"]


def _drawn(store: Store, look: Look) -> str:
    out = _Terminal()
    assert print_chart(store, IssueFilter(), look, out) == 0
    return out.getvalue()
