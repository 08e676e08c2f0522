"""A corrected text on the command line: brought in, compared, and what waits placed."""

from __future__ import annotations

import builtins
import io
from pathlib import Path

import pytest

from tests.reviewer.cli_kit import REPORT, Shell

CORRECTED = (
    REPORT.replace("tích cực triển khai", "tích cực, chủ động triển khai")
    .replace("chưa được giải quyết dứt điểm", "đã được giải quyết dứt điểm")
    .replace("xây dựng trái phép, ", "")
)
QUOTES = (
    "tiến độ giải phóng mặt bằng",
    "vi phạm từ nhiều năm chưa được giải quyết dứt điểm",
    "vi phạm về quản lý đất đai, xây dựng trái phép, ô nhiễm môi trường",
)


@pytest.fixture
def shell(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    return Shell(tmp_path, capfdbinary)


@pytest.fixture
def slug(shell: Shell) -> str:
    """A report with an annotation on each of `QUOTES`."""
    found = shell("import", shell.file("bc.txt")).out.strip()
    for quote in QUOTES:
        assert shell("annotate", found, "--quote", quote, "--tag", "gpmb-cham").code == 0
    return found


def revise(shell: Shell, slug: str) -> None:
    assert shell("import", shell.file("bc.txt", CORRECTED), "--revises", slug).code == 0


def test_a_corrected_text_is_not_taken_for_a_report_of_its_own(shell: Shell, slug: str) -> None:
    ran = shell("import", shell.file("bc.txt", CORRECTED))
    assert ran.code == 2
    assert f"--revises {slug}" in ran.err
    assert "--new" in ran.err
    assert len(shell("reports", "--json").json) == 1
    (said,) = shell("import", shell.file("bc.txt", CORRECTED), "--json").json
    assert (said["corrects"], said["created"]) == (slug, False)
    assert shell("import", shell.file("bc.txt", CORRECTED), "--new").code == 0
    assert len(shell("reports", "--json").json) == 2


def test_another_text_under_the_same_name_is_a_report_of_its_own(shell: Shell, slug: str) -> None:
    other = "Kế hoạch công tác dân vận\n\nTổ chức các buổi đối thoại với nhân dân tại các xã, phường.\n"
    assert shell("import", shell.file("bc.txt", other)).code == 0
    assert len(shell("reports", "--json").json) == 2


def test_on_a_terminal_it_is_asked(shell: Shell, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    for answer, code, reports in (("\n", 2, 1), ("y\n", 0, 1)):
        monkeypatch.setattr("sys.stdin", Keyboard(answer))
        ran = shell("import", shell.file("bc.txt", CORRECTED))
        assert (ran.code, len(shell("reports", "--json").json)) == (code, reports)
    assert builtins.len(shell("revisions", slug, "--json").json["revisions"]) == 2


def test_annotations_are_carried_or_wait(shell: Shell, slug: str) -> None:
    ran = shell("import", shell.file("bc-sua.txt", CORRECTED), "--revises", slug)
    assert ran.out.split("\t") == [slug, "revision 2", "1 in place, 2 waiting\n"]
    said = shell("revisions", slug, "--json").json
    assert [(each["number"], each["current"], each["source"]) for each in said["revisions"]] == [
        (1, False, "bc.txt"),
        (2, True, "bc-sua.txt"),
    ]
    first, second = said["unplaced"]
    assert first["passage"] == QUOTES[1]
    assert "negation" in first["reasons"]
    assert first["candidates"][0]["passage"] == QUOTES[1].replace("chưa", "đã")
    assert {"edit": "removed", "text": "chưa "} in first["candidates"][0]["difference"]
    assert second["candidates"][0]["score"] < 1
    text = shell("revisions", slug).out
    assert "[-chưa-] {+đã+}" in text
    assert "a negation differs" in text


def test_what_waits_is_placed_and_undone(shell: Shell, slug: str) -> None:
    revise(shell, slug)
    assert [row["placement"] for row in shell("export", "--format", "csv").rows] == [
        "exact",
        "waiting",
        "waiting",
    ]
    assert shell("place", "2", "--accept", "1").code == 0
    assert shell("place", "3", "--quote", "ô nhiễm môi trường").code == 0
    assert shell("revisions", slug, "--json").json["unplaced"] == []
    rows = {row["id"]: row for row in shell("export", "--format", "csv").rows}
    assert (rows["3"]["passage"], rows["3"]["placement"]) == ("ô nhiễm môi trường", "exact")
    assert rows["2"]["revision"] == rows["1"]["revision"]
    shell("undo")
    assert [each["id"] for each in shell("revisions", slug, "--json").json["unplaced"]] == [3]
    assert shell("place", "3", "--orphan").code == 0
    assert shell("revisions", slug, "--json").json["unplaced"][0]["placement"] == "orphan"
    assert shell("place", "1", "--accept", "1").code == 2
    assert shell("check").code == 0


def test_both_texts_can_be_read_as_they_were_marked(shell: Shell, slug: str) -> None:
    revise(shell, slug)
    shell("place", "2", "--accept", "1")
    now = shell("show", slug, "--json").json
    assert now["number"] == 2
    assert [each["id"] for each in now["annotations"]] == [1, 2]
    then = shell("show", slug, "--revision", "1", "--json").json
    assert [each["passage"] for each in then["annotations"]] == list(QUOTES)
    for said in (now, then):
        for each in said["annotations"]:
            assert said["text"][each["start"] : each["end"]] == each["passage"]
    assert f"⟦2:{QUOTES[1]}⟧" in shell("show", slug, "--revision", "1").out
    assert shell("show", slug, "--revision", "7").code == 2


def test_what_differs(shell: Shell, slug: str) -> None:
    assert shell("revisions", slug, "--diff").code == 2
    revise(shell, slug)
    out = shell("revisions", slug, "--diff").out
    assert "{+, chủ động+}" in out
    assert "[-chưa-] {+đã+}" in out
    assert shell("revisions", slug, "--diff", "1..1").code == 1
    assert shell("revisions", slug, "--diff", "x").code == 2
    edits = shell("revisions", slug, "--diff", "1..2", "--json").json
    assert {each["edit"] for each in edits} == {"changed"}


def test_undoing_a_revision_brings_the_old_text_back(shell: Shell, slug: str) -> None:
    revise(shell, slug)
    shell("undo")
    said = shell("show", slug, "--json").json
    assert (said["number"], len(said["annotations"])) == (1, 3)
    (first, second) = shell("revisions", slug, "--json").json["revisions"]
    assert (first["current"], second["withdrawn"]) == (True, True)
    revise(shell, slug)
    assert shell("show", slug, "--json").json["number"] == 3
