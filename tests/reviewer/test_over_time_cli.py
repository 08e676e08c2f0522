"""The same issue over several reports, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.gate.allowed import words_of
from tests.reviewer.cli_kit import Shell

QUOTES = ("tiến độ giải phóng mặt bằng còn chậm", "ô nhiễm môi trường còn xảy ra")


@pytest.fixture
def quarters(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    """Three quarters: slow site clearance in all (1, 3, 4), pollution in the first one alone (2)."""
    run = Shell(tmp_path, capfdbinary)
    for quarter, quotes in ((1, QUOTES), (2, QUOTES[:1]), (3, QUOTES[:1])):
        path = tmp_path / f"quy-{quarter}.txt"
        path.write_text(f"Báo cáo quý {quarter}\n\nTuy vậy, {'; '.join(quotes)}.\n", encoding="utf-8")
        done = run(
            "import", path, "--period", f"2023-Q{quarter}", "--date", f"2023-{quarter * 3:02}-25", "--new"
        )
        assert done.code == 0, done.err
        slug = run("reports", "--json").json[0]["slug"] if quarter == 1 else ""
        slug = slug or next(
            r["slug"] for r in run("reports", "--json").json if r["period"] == f"2023-Q{quarter}"
        )
        for quote, tag in zip(quotes, ("gpmb-cham", "o-nhiem"), strict=False):
            assert run("annotate", slug, "--quote", quote, "--tag", tag, "--agency", "so-tnmt").code == 0
    return run


def test_earlier_offers_the_same_issue_with_its_reasons(quarters: Shell) -> None:
    found = quarters("earlier", "3", "--json").json
    assert [each["id"] for each in found] == [1]
    best = found[0]
    assert (best["same_tag"], best["same_agency"], best["words"], best["strong"]) == (True, True, 100, True)
    assert best["period"] == "2023-Q1"
    assert "same type, same agency, 100 % of the words" in quarters("earlier", "3").out
    assert [each["id"] for each in quarters("earlier", "4", "--limit", "1", "--json").json] == [3]
    assert quarters("earlier", "1").code == 1
    assert quarters("earlier", "99").code == 2
    assert quarters("earlier", "3", "--limit", "0").code == 2


def test_continue_line_and_trend(quarters: Shell) -> None:
    assert quarters("continue", "3", "1").code == 0
    done = quarters("continue", "4", "#3")
    assert done.code == 0
    assert "3 periods in a row, since Q1 2023" in done.out
    line = quarters("line", "1", "--json").json
    assert [(row["id"], row["periods"]) for row in line] == [(1, 1), (3, 2), (4, 3)]
    assert quarters("line", "3").out.splitlines()[1].startswith("1\tQ1 2023\t1\t")
    assert quarters("stats", "--trend", "--json").json == [
        {"period": "2023-Q1", "new": 2, "continuing": 0, "settled": 0, "count": 2},
        {"period": "2023-Q2", "new": 0, "continuing": 1, "settled": 0, "count": 1},
        {"period": "2023-Q3", "new": 0, "continuing": 1, "settled": 0, "count": 1},
    ]
    assert quarters("stats", "tag:o-nhiem", "--trend").out.splitlines() == [
        "period\tnew\tcontinuing\tsettled\tcount",
        "2023-Q1\t1\t0\t0\t1",
    ]
    assert quarters("stats", "tag:attp", "--trend").code == 1
    assert quarters("continue", "4", "none", "--json").json[0]["earlier"] is None
    assert quarters("undo").code == 0
    assert quarters("issues", "--json").json[-1]["earlier"] == 3


def test_what_cannot_be_continued_is_refused_in_a_sentence(quarters: Shell) -> None:
    for words, sentence in (
        (("1", "3"), "in a later report"),
        (("1", "2"), "in the same report"),
        (("1", "1"), "cannot continue itself"),
        (("1", "ba"), "is no annotation"),
        (("1", "99999999999999999999"), "is no annotation"),
        (("1", "99"), "There is no annotation 99"),
    ):
        refused = quarters("continue", *words)
        assert (refused.code, refused.out) == (2, "")
        assert sentence in refused.err


def test_counts_by_period_run_in_the_order_of_time(quarters: Shell) -> None:
    counts = quarters("stats", "--by", "period,tag", "--json").json
    assert [row["period"] for row in counts] == ["2023-Q1", "2023-Q1", "2023-Q2", "2023-Q3"]


def test_the_gate_lets_reading_commands_through() -> None:
    assert words_of("line 3 --json") == ["line", "--json", "--", "3"]
    assert words_of("earlier 3 --limit 2") == ["earlier", "--limit=2", "--", "3"]
    assert words_of("stats --trend --status open") == ["stats", "--trend", "--status=open"]
