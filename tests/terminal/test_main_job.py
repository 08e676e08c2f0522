"""The main job in a real terminal: eight problems of one sentence, by keys and by mouse, at two sizes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.ptykit import ROOT, Program, environment

SEED = ROOT.parent / "shared" / "reports" / "giao-ban-khoi-dang-quy-1-2023.txt"

LIKE_THE_SEED = """\
Giao ban các cơ quan khối Đảng

Trong quý I năm 2023, các cơ quan khối Đảng tỉnh đã triển khai tốt nhiệm vụ chính trị đề ra.

Bên cạnh những kết quả đạt được, tiến độ giải phóng mặt bằng, thi công một số công trình, dự án còn chậm; \
một số công trình, dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm; tỷ lệ giải ngân vốn đầu tư \
công đạt thấp; tình trạng vi phạm về quản lý đất đai, xây dựng trái phép, ô nhiễm môi trường còn xảy ra ở \
một số địa phương; tỷ lệ sử dụng dịch vụ công trực tuyến còn chưa cao.

Hội nghị đề nghị tiếp tục triển khai quyết liệt các nhiệm vụ.
"""

PROBLEMS = (
    # what is selected, the keys that select it from the one before, the tag's digit
    ("tiến độ giải phóng mặt bằng", "-", "1", "gpmb-cham"),
    ("thi công một số công trình", "j", "2", "thi-cong-cham"),
    (
        "một số công trình, dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm",
        "+j",
        "3",
        "vi-pham-nhieu-nam",
    ),
    ("tỷ lệ giải ngân vốn đầu tư công đạt thấp", "j", "4", "giai-ngan-thap"),
    ("tình trạng vi phạm về quản lý đất đai", "j-", "5", "vi-pham-dat-dai"),
    ("xây dựng trái phép", "j", "6", "xd-trai-phep"),
    ("ô nhiễm môi trường còn xảy ra ở một số địa phương", "j", "7", "o-nhiem"),
    ("tỷ lệ sử dụng dịch vụ công trực tuyến còn chưa cao", "+j", "8", "dvc-truc-tuyen"),
)


@pytest.fixture(params=["seed", "like the seed"])
def report(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "seed":
        if not SEED.exists():
            pytest.skip("the report is not on this machine")
        return SEED
    path = tmp_path / "giao-ban.txt"
    path.write_text(LIKE_THE_SEED, encoding="utf-8")
    return path


def start(terminal, report: Path, size: tuple[int, int] = (120, 40), **env: str) -> Program:
    """The program with `report` open, on the clause that begins the sentence."""
    program = terminal.reviewer("import", str(report))
    assert program.exit_code() == 0
    program = terminal.reviewer("--lang", "en", size=size, **env)
    program.wait_for("Giao ban")
    program.press("enter")
    program.wait_for("No passages yet")
    program.press("/")
    program.press(*"tien do giai phong", "enter")
    program.wait_for("1 of 1")
    program.press("j", "k")
    return program


def record(terminal) -> list[dict]:
    """The annotations as the command line shows them."""
    argv = [sys.executable, "-m", "reviewer", "issues", "--json"]
    ran = subprocess.run(argv, env=environment(terminal.home), cwd=ROOT, capture_output=True, check=False)
    return json.loads(ran.stdout)


def check_problems(terminal) -> None:
    rows = record(terminal)
    assert [(row["passage"], row["tag_slugs"]) for row in rows] == [
        (passage, [slug]) for passage, _keys, _digit, slug in PROBLEMS
    ]
    for row in rows:
        (link,) = row["links"]
        assert link["role"] == "lead"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_eight_problems_at_four_keys_each(terminal, report: Path, size: tuple[int, int]) -> None:
    program = start(terminal, report, size)
    for number, (_passage, motions, digit, _slug) in enumerate(PROBLEMS, 1):
        keys = [*motions, digit, "A"]
        assert len(keys) <= 4
        program.press(*keys)
        program.wait_for(f"{number} passage")
    program.press("q")
    assert program.exit_code() == 0
    check_problems(terminal)


def test_any_tag_and_any_agency_at_seven_keys_and_the_letters(terminal, report: Path) -> None:
    program = start(terminal, report)
    program.press("j", "t")
    program.wait_for("Tags")
    program.press(*"vi pham nhieu nam", "enter")
    program.wait_for("1 passage")
    program.press("a")
    program.wait_for("Agencies")
    program.press(*"so xay dung", "enter")
    program.wait_for(lambda p: "Agencies" not in p.text() and "Department of Construction" in p.text())
    (row,) = record(terminal)
    assert row["tag_slugs"] == ["vi-pham-nhieu-nam"]
    assert [(link["agency"], link["role"]) for link in row["links"]] == [("so-xd", "lead")]


def test_one_passage_three_agencies_two_roles_at_eight_keys_and_the_letters(terminal, report: Path) -> None:
    program = start(terminal, report)
    program.press("1", "a")
    program.wait_for("Agencies")
    program.press(*"so xay dung", "ctrl+t", *"stnmt", "ctrl+t", *"so tai chinh", "enter")
    program.wait_for(lambda p: "Agencies" not in p.text() and "Department of Finance" in p.text())
    (row,) = record(terminal)
    assert [(link["agency"], link["role"]) for link in row["links"]] == [
        ("so-xd", "lead"),
        ("so-tnmt", "coordinating"),
        ("so-tc", "coordinating"),
    ]


def test_keys_in_one_burst_act_in_order(terminal, report: Path) -> None:
    program = start(terminal, report)
    program.press("-", "1", "A", "j", "2", "A", "u", "u", "q")
    assert program.exit_code() == 0
    (row,) = record(terminal)
    assert row["passage"] == "tiến độ giải phóng mặt bằng"
    assert len(row["links"]) == 1


def test_work_is_there_after_a_kill_and_undo_too(terminal, report: Path) -> None:
    program = start(terminal, report)
    program.press("1")
    program.wait_for("1 passage")
    program.kill(9)
    program.exit_code()
    program = terminal.reviewer("--lang", "en")
    program.wait_for("1 passage")
    program.press("u")
    program.wait_for("0 passages")
    assert record(terminal) == []


def test_the_main_job_by_mouse_alone(terminal, report: Path) -> None:
    program = start(terminal, report)
    (left, top), (right, bottom) = program.find("tiến độ giải phóng"), program.find(", thi công")
    program.drag((left, top), (right - 1, bottom))
    program.click_on("slow site")
    program.wait_for("1 passage")
    program.click_on("a agency")
    program.wait_for("Usual for its tag")
    x, y = program.find("Usual for its tag")
    program.click(x + 8, y + 1, times=2)
    program.wait_for(lambda p: "Agencies" not in p.text() and "lead" in p.text())
    (row,) = record(terminal)
    assert row["passage"] == "tiến độ giải phóng mặt bằng"
    assert row["tag_slugs"] == ["gpmb-cham"]
    assert [link["role"] for link in row["links"]] == ["lead"]


@pytest.mark.parametrize(
    "colours",
    [
        {"TERM": "xterm", "COLORTERM": "", "REVIEWER_SETTINGS": "16"},
        {"COLORTERM": ""},
        {"NO_COLOR": "1"},
    ],
    ids=["16", "256", "none"],
)
def test_the_main_job_in_few_colours(terminal, report: Path, colours: dict[str, str]) -> None:
    if "REVIEWER_SETTINGS" in colours:
        settings = terminal.home / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('colours = "16"\n', encoding="utf-8")
        colours = {**colours, "REVIEWER_SETTINGS": str(settings)}
    program = start(terminal, report, (80, 24), **colours)
    program.press("-", "1", "A", "j", "2", "A")
    program.wait_for("2 passages")
    assert [row["tag_slugs"] for row in record(terminal)] == [["gpmb-cham"], ["thi-cong-cham"]]
    assert re.search(r"^▌?\s*[12][12+]?\s.*tiến độ", program.text(), re.MULTILINE), (
        "a mark in the gutter names the tag"
    )
