"""A corrected text in a real terminal: tag ten passages, bring it in, work through what it left in doubt."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.ptykit import ROOT, Program, environment

CLAUSES = (
    "Tiến độ giải phóng mặt bằng đường vành đai còn chậm",
    "Sở Xây dựng chưa hoàn thành quy hoạch phân khu",
    "Tỷ lệ giải ngân vốn đầu tư công mới đạt 10,3% kế hoạch năm",
    "Vi phạm về quản lý đất đai còn xảy ra ở huyện Kim Lũng",
    "Ô nhiễm nguồn nước sông Trà Ngàn chưa được xử lý dứt điểm",
    "Tỷ lệ hồ sơ trực tuyến toàn trình còn thấp",
    "Công tác hoà giải ở cơ sở chưa thường xuyên",
    "Nợ đọng xây dựng cơ bản của cấp xã còn lớn",
    "Một số chủ đầu tư chậm lập hồ sơ thanh toán",
    "Cán bộ làm công tác bồi thường còn thiếu",
)
CHANGES = (
    ("chưa hoàn thành quy hoạch", "đã hoàn thành quy hoạch"),
    ("10,3%", "12,8%"),
    ("huyện Kim Lũng", "huyện Đông Lam"),
    ("xử lý dứt điểm", "xử lý triệt để theo kiến nghị"),
    ("hoà giải", "hòa giải"),
    (
        "Báo cáo giao ban quý I năm 2023\n",
        "Báo cáo giao ban quý I năm 2023\n\nBản này đã được rà soát, đính chính.\n",
    ),
)
FIRST, TOUCHED = "Báo cáo giao ban quý I năm 2023\n\n" + ".\n\n".join(CLAUSES) + ".\n", (2, 3, 4, 5)


def corrected() -> str:
    text = FIRST
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    return text


def run(terminal: Any, *words: str) -> Any:
    """What a command prints as JSON."""
    argv = [sys.executable, "-m", "reviewer", *words, "--json"]
    ran = subprocess.run(argv, env=environment(terminal.home), cwd=ROOT, capture_output=True, check=True)
    return json.loads(ran.stdout)


def waiting(terminal: Any) -> dict[int, str]:
    """Passages that are not in place, by their annotations' ids."""
    found = run(terminal, "revisions", "bao-cao")["unplaced"]
    return {each["id"]: each["placement"] for each in found}


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_ten_passages_through_a_corrected_text(terminal: Any, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text(FIRST, encoding="utf-8")
    assert terminal.reviewer("import", str(path)).exit_code() == 0
    program: Program = terminal.reviewer("--lang", "en", size=size)
    program.wait_for("Báo cáo giao ban")
    program.press("enter")
    program.wait_for("No passages yet")
    for number, _clause in enumerate(CLAUSES, 1):
        program.press("j", "1")
        program.wait_for(f"{number} passage")
    program.press("escape")
    program.wait_for("import")
    path.write_text(corrected(), encoding="utf-8")
    program.press("i")
    program.wait_for("Files or folders")
    program.press(*str(path), "enter")
    program.wait_for("A corrected text?")
    program.press("y")
    program.wait_for("4 passages to place")
    assert waiting(terminal) == {**dict.fromkeys(TOUCHED, "waiting"), 7: "marked"}

    program.press("enter")
    program.wait_for("4 to place")
    program.press("W")
    program.wait_for("4 wait")
    program.press("enter")
    program.wait_for("3 wait")
    program.press("o")
    program.wait_for("2 wait")
    program.press("r")
    program.wait_for("placing #4")
    program.press("enter")
    program.wait_for("1 waits")
    program.press("enter")
    program.wait_for("0 wait")
    assert waiting(terminal) == {3: "orphan", 7: "marked"}
    program.press("u")
    program.wait_for("1 waits")
    assert waiting(terminal) == {3: "orphan", 5: "waiting", 7: "marked"}
    program.press("ctrl+r")
    program.wait_for("0 wait")

    program.press("D")
    program.wait_for("text 1 → 2")
    program.wait_for("touches")
    program.press("escape")
    program.wait_for("0 wait")
    program.press("escape")
    program.wait_for("9 passages")
    program.press("q")
    assert program.exit_code() == 0
    rows = {row["id"]: row for row in run(terminal, "issues")}
    assert sorted(rows) == list(range(1, 11))
    assert rows[2]["passage"] == CLAUSES[1].replace("chưa", "đã")
    assert rows[4]["passage"] == CLAUSES[3].replace("Kim Lũng", "Đông Lam")
    assert (rows[3]["passage"], rows[3]["placement"]) == (CLAUSES[2], "orphan")
    assert rows[7]["passage"] == CLAUSES[6].replace("hoà", "hòa")
    then = run(terminal, "show", "bao-cao", "--revision", "1")
    assert [each["passage"] for each in then["annotations"]] == list(CLAUSES)
    now = run(terminal, "show", "bao-cao", "--revision", "2")
    assert [each["id"] for each in now["annotations"]] == [1, 2, 4, 5, 6, 7, 8, 9, 10]
    for text in (then, now):
        for each in text["annotations"]:
            assert text["text"][each["start"] : each["end"]] == each["passage"]
    assert run(terminal, "check") == []
