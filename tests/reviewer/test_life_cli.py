"""`set`, `comment`, `comments` and `--owner` on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from annotations.models import ReviewerRole
from annotations.store import Store
from reviewer.__main__ import main
from reviewer.cli import output
from reviewer.place import account_name
from tests.reviewer.cli_kit import Shell


@pytest.fixture
def shell(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Shell:
    """A record with two issues in it, and Minh and a viewer besides whoever runs this."""
    shell = Shell(tmp_path, capsysbinary)
    shell("import", shell.file("giao-ban.md"))
    for quote in ("thi công một số công trình còn chậm", "xây dựng trái phép"):
        assert shell("annotate", "giao-ban", "--quote", quote, "--tag", "gpmb").code == 0
    shell("people", "add", "minh")
    shell("people", "add", "xem", "--role", "viewer")
    return shell


def test_several_fields_of_several_issues_are_one_act_and_one_undo(shell: Shell) -> None:
    done = shell(
        "set", "1", "2", "--status", "in-progress", "--severity", "high", "--due", "30/06/2027",
        "--owner", "minh", "--note", "đôn đốc", "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    for row in done.json:
        assert (row["status"], row["severity"], row["due"]) == ("in-progress", "high", "2027-06-30")
        assert (row["owner"], row["note"], row["version"]) == ("minh", "đôn đốc", 2)
    assert [row["id"] for row in shell("issues", "owner:minh", "--json").json] == [1, 2]
    assert shell("undo").code == 0
    assert {row["owner"] for row in shell("issues", "--json").json} == {None}


def test_fields_are_emptied(shell: Shell) -> None:
    shell("set", "1", "--severity", "low", "--due", "+14", "--owner", "me")
    assert [row["owner"] for row in shell("issues", "--owner", "me", "--json").json] == [account_name()]
    (row,) = shell("set", "1", "--severity", "none", "--due", "none", "--owner", "none", "--json").json
    assert (row["severity"], row["due"], row["owner"]) == (None, None, None)
    assert len(shell("issues", "owner:none", "--json").json) == 2
    assert shell("stats", "--by", "owner", "--json").json == [{"owner": None, "count": 2}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["1"], "Say what to set"),
        (["9", "--status", "open"], "no annotation 9"),
        (["1", "--owner", "mihn"], "nobody called “mihn”"),
        (["1", "--owner", "xem"], "only reads in this record"),
        (["1", "--due", "hôm kia"], "is not a day"),
        (["1", "--status", "rejected", "--note", "x"], "#1: resolved already. Open it again first"),
        (["1", "2", "--status", "rejected"], "#1: resolved already"),
        (["1", "--status", "done"], "“done” is not known; there are open, in-progress, resolved, rejected."),
    ],
)
def test_what_cannot_be_set_changes_nothing(shell: Shell, words: list[str], said: str) -> None:
    shell("set", "1", "--status", "resolved")
    before = shell("issues", "--json").out
    done = shell("set", *words)
    assert done.code == 2
    assert said in done.err and done.err.count("\n") == 1
    assert shell("issues", "--json").out == before


def test_something_is_said_and_read(shell: Shell) -> None:
    assert shell("comments", "1").code == 1
    said = shell("comment", "1", "Sở đã", "trả lời", "--json")
    assert said.code == 0, said.err
    assert said.json["text"] == "Sở đã trả lời"
    with Store.open(shell.database, "minh") as minh:
        minh.comment(1, "Chờ\nbiên bản")
    found = shell("comments", "1", "--json").json
    assert [(one["reviewer"], one["text"]) for one in found] == [
        (account_name(), "Sở đã trả lời"),
        ("minh", "Chờ\nbiên bản"),
    ]
    assert "Sở đã trả lời" in shell("comments", "1").out
    assert shell("comments", "2").code == 1
    assert shell("undo").code == 0
    assert len(shell("comments", "1", "--json").json) == 1
    (row,) = shell("set", "1", "--note", "có ý kiến", "--json").json
    assert [one["text"] for one in row["comments"]] == ["Chờ\nbiên bản"]
    assert (row["owner"], row["earlier"]) == (None, None)


@pytest.mark.parametrize("words", [["comment", "9", "x"], ["comment", "1", " "], ["comments", "9"]])
def test_what_cannot_be_said_or_read(shell: Shell, words: list[str]) -> None:
    done = shell(*words)
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_a_viewer_says_nothing_and_sets_nothing(shell: Shell) -> None:
    with Store.open(shell.database, account_name()) as store:
        store.add_person("other", ReviewerRole.LEAD)
        store.set_role(1, 1, ReviewerRole.VIEWER)
    for words in (["comment", "1", "x"], ["set", "1", "--owner", "minh"]):
        done = shell(*words)
        assert done.code == 2 and "viewer" in done.err
    assert shell("comments", "1").code == 1


def test_an_act_is_told_as_the_history_tells_it(shell: Shell) -> None:
    said = shell("set", "1", "2", "--severity", "high").out
    assert said.startswith("#1, #2: ") and "severity" in said and said.count("\n") == 1
    undone = shell("undo").out
    assert undone.startswith("#1, #2: undid: ")
    assert shell("annotate", "giao-ban", "--quote", "ô nhiễm môi trường", "--tag", "gpmb").out.startswith(
        "#3: marked a passage: "
    )


@pytest.mark.parametrize("verb", ["reports", "issues"])
def test_a_terminal_is_told_that_there_is_nothing(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch, verb: str
) -> None:
    empty = Shell(tmp_path, capsysbinary)
    piped = empty(verb)
    assert piped.code == 1 and piped.err == "" and piped.out.count("\n") == 1
    monkeypatch.setattr(output.InertText, "isatty", lambda _self: True, raising=False)
    monkeypatch.setattr("sys.stdout", output.InertText(sys.stdout))
    seen = empty(verb)
    assert seen.code == 1 and seen.out == "" and seen.err.startswith("No ") and seen.err.count("\n") == 1


def test_the_heads_of_counts_are_in_vietnamese(
    shell: Shell, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["--db", str(shell.database), "--lang", "vi", "grid"]) == 0
    assert capsysbinary.readouterr().out.decode().startswith("cơ quan\thoàn thành đúng hạn\t")
    assert main(["--db", str(shell.database), "--lang", "vi", "stats", "--by", "status"]) == 0
    assert capsysbinary.readouterr().out.decode().startswith("trạng thái\tsố lượng\n")
