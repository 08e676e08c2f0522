"""`reviewer views`, and `--view` of the commands that take a filter."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.gate.allowed import NotAllowed, words_of
from tests.reviewer.cli_kit import REPORT, Shell


@pytest.fixture
def shell(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    shell = Shell(tmp_path, capfdbinary)
    (tmp_path / "giao-ban.txt").write_text(REPORT, encoding="utf-8")
    shell("import", tmp_path / "giao-ban.txt", "--title", "Giao ban")
    for quote, tag, status in (
        ("tiến độ giải phóng mặt bằng", "gpmb", "open"),
        ("thi công một số công trình", "thi-cong-cham", "in-progress"),
        ("ô nhiễm môi trường", "o-nhiem", "resolved"),
    ):
        words = ("annotate", "giao-ban", "--quote", quote, "--tag", tag, "--status", status)
        assert shell(*words, "--agency", "stnmt").code == 0
    return shell


def test_views_are_saved_listed_renamed_shared_and_deleted(shell: Shell) -> None:
    assert shell("views").code == 1
    saved = shell("views", "save", "Chưa xong", "status:open,in-progress").out.strip("\n").split("\t")
    assert (saved[0], saved[2:]) == ("Chưa xong", ["", "2", "status:open,in-progress"])
    shell("views", "rename", "chua xong", "Còn lại")
    shell("views", "share", "con lai", "--json")
    (view,) = shell("views", "--json").json
    assert (view["name"], view["shared"], view["issues"]) == ("Còn lại", True, 2)
    assert shell("views", "list", "--json").json == [view]
    shell("views", "share", "con lai", "--off")
    assert not shell("views", "--json").json[0]["shared"]
    assert shell("views", "delete", "con lai").code == 0
    assert shell("views", "--json").json == []
    assert shell("undo").code == 0
    assert shell("views", "--json").json[0]["name"] == "Còn lại"


def test_a_view_keeps_columns_group_and_order(shell: Shell) -> None:
    words = ("--columns", "id, passage:40,owner", "--group", "agency", "--sort=-due")
    assert shell("views", "save", "A", *words).code == 0
    (view,) = shell("views", "--json").json
    assert (view["columns"], view["groups"], view["sorts"]) == (
        ["id", "passage", "owner"],
        ["agency"],
        ["-due"],
    )
    for wrong in (("--columns", "colour"), ("--columns", "id:wide"), ("--group", "colour")):
        assert shell("views", "save", "B", *wrong).code == 2
    assert len(shell("views", "--json").json) == 1


def test_a_filter_that_cannot_be_understood_is_not_kept(shell: Shell) -> None:
    refused = shell("views", "save", "A", "statas:open")
    assert refused.code == 2 and "status:" in refused.err
    assert shell("views").code == 1


@pytest.mark.parametrize(
    ("view", "more", "found"),
    [
        ("status:open", (), [1]),
        ("agency:stnmt", ("status:open",), [1]),
        ("status:open,in-progress", ("status:in-progress,resolved",), [2]),
        ("status:open", ("status:resolved",), []),
        ("tag:gpmb", ("--tag", "o-nhiem"), []),
        ("agency:stnmt", ("--search", "môi trường"), [3]),
        ("!status:open", ("!tag:o-nhiem",), [2]),
    ],
)
def test_a_view_and_a_further_filter_both_hold(
    shell: Shell, view: str, more: tuple[str, ...], found: list[int]
) -> None:
    shell("views", "save", "Của tôi", view)
    listed = shell("issues", "--view", "cua toi", *more, "--json")
    assert [row["id"] for row in listed.json] == found and listed.code == (0 if found else 1)
    exported = shell("export", "--view", "cua toi", *more, "--format", "csv")
    assert [int(row["id"]) for row in exported.rows] == found
    counted = shell("stats", "--view", "cua toi", *more, "--by", "reviewer", "--json").json
    assert sum(row["count"] for row in counted) == len(found)


def test_a_view_that_is_not_there_is_named_with_the_nearest(shell: Shell) -> None:
    shell("views", "save", "Quá hạn", "overdue")
    for command in ("issues", "export", "stats"):
        refused = shell(command, "--view", "quá hạm")
        assert refused.code == 2 and "Did you mean Quá hạn" in refused.err


def test_what_a_view_names_may_be_gone(shell: Shell) -> None:
    shell("views", "save", "Cũ", "report:khong-con")
    assert shell("views", "--json").json[0]["issues"] is None
    assert "\t?\t" in shell("views").out


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("views", ["views"]),
        ("views --json", ["views", "--json"]),
        ("views list --json", ["views", "list", "--json"]),
        (
            "views save 'Quá hạn' overdue --group agency",
            ["views", "save", "--group=agency", "--", "Quá hạn", "overdue"],
        ),
        ("views delete -- x", None),
        ("views drop x", None),
        ("views save x -o y", None),
        ("issues --view '--json'", ["issues", "--view=--json"]),
    ],
)
def test_what_of_it_the_gate_lets_through(command: str, words: list[str] | None) -> None:
    if words is None:
        with pytest.raises(NotAllowed):
            words_of(command)
    else:
        assert words_of(command) == words


def test_what_the_gate_makes_of_it_is_understood(shell: Shell) -> None:
    assert shell(*words_of("views save 'Quá hạn' status:open !tag:o-nhiem --group agency --json")).code == 0
    assert shell(*words_of("issues --view 'qua han' --json")).json[0]["id"] == 1
    assert shell(*words_of("views share 'qua han' --off")).code == 0
    assert shell(*words_of("views delete 'qua han' --json")).json == {"name": "Quá hạn", "deleted": True}
