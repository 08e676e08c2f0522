"""The command line, from a file to an export, and every way to get it wrong."""

from __future__ import annotations

import codecs
import io
import json
import sys
from pathlib import Path

import pytest

from annotations.issue_rows import COLUMNS
from tests.reviewer.cli_kit import Shell


@pytest.fixture
def shell(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    monkeypatch.setenv("REVIEWER_SETTINGS", str(tmp_path / "none.toml"))
    return Shell(tmp_path, capsysbinary)


@pytest.fixture
def one(shell: Shell) -> Shell:
    assert shell("import", shell.file("giao-ban.txt")).code == 0
    return shell


@pytest.fixture
def tagged(one: Shell) -> Shell:
    for quote, tag, *agencies in (
        ("tiến độ giải phóng mặt bằng", "gpmb", "so tnmt", "UBND huyện Phú Bình:coordinating"),
        ("thi công một số công trình", "thi-cong-cham", "Sở Xây dựng"),
        ("ô nhiễm môi trường", "o nhiem moi truong", "Sở TN&MT"),
    ):
        words = [word for agency in agencies for word in ("--agency", agency)]
        assert one("annotate", "giao-ban", "--quote", quote, "--tag", tag, *words).code == 0
    return one


def test_import_prints_the_slug_and_knows_a_file_again(shell: Shell) -> None:
    path = shell.file("a.txt")
    first, second = shell("import", path), shell("import", path)
    slug = first.out.strip()
    assert first.code == second.code == 0
    assert slug.startswith("giao-ban")
    assert second.out == f"{slug}\talready there\n"
    assert len(shell("reports", "--json").json) == 1


def test_import_takes_what_is_said_about_the_report(shell: Shell) -> None:
    words = ("--title", "Giao ban", "--date", "05/04/2023", "--period", "Q1/2023", "--issuer", "Tỉnh ủy")
    assert shell("import", shell.file("a.txt"), *words).code == 0
    (found,) = shell("reports", "--json").json
    assert {name: found[name] for name in ("slug", "title", "date", "period", "issuer")} == {
        "slug": "giao-ban",
        "title": "Giao ban",
        "date": "2023-04-05",
        "period": "2023-Q1",
        "issuer": "Tỉnh ủy",
    }


def test_import_of_a_folder_takes_the_good_and_names_the_bad(shell: Shell) -> None:
    folder = shell.folder / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "b.md").write_text("# Báo cáo B\n\nNội dung.\n", encoding="utf-8")
    (folder / "a.txt").write_text("Báo cáo A\n\nNội dung.\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / ".hidden").write_bytes(b"\0\1\2")
    ran = shell("import", folder)
    assert ran.code == 2
    assert ran.out.split() == ["bao-cao-a", "bao-cao-b"]
    assert "empty.txt" in ran.err
    assert "2 imported, 0 already there, 1 refused" in ran.err


def test_import_from_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Tiêu đề\n\nNội dung.".encode())))
    assert shell("import", "-", "--name", "thu.txt").out.strip() == "tieu-de"
    assert shell("reports", "--json").json[0]["source"] == "thu.txt"


def test_show_gives_text_blocks_units_and_annotations(tagged: Shell) -> None:
    shown = tagged("show", "giao-ban", "--json").json
    text = shown["text"]
    assert [block["kind"] for block in shown["blocks"]] == ["heading", "paragraph", "paragraph"]
    assert text[shown["blocks"][1]["start"] :].startswith("Trong quý I")
    sentence = next(
        unit
        for unit in shown["units"]
        if unit["kind"] == "sentence" and text[unit["start"] :].startswith("Bên cạnh")
    )
    clauses = [
        text[unit["start"] : unit["end"]]
        for unit in shown["units"]
        if unit["kind"] == "clause" and sentence["start"] <= unit["start"] < sentence["end"]
    ]
    assert [clause.split()[0] for clause in clauses] == ["tiến", "một", "tình"]
    for annotation in shown["annotations"]:
        assert text[annotation["start"] : annotation["end"]] == annotation["passage"]
    assert {"lead", "coordinating"} == {
        link["role"] for annotation in shown["annotations"] for link in annotation["links"]
    }


def test_show_marks_the_passages(tagged: Shell) -> None:
    out = tagged("show", "giao-ban").out
    assert "⟦1:tiến độ giải phóng mặt bằng⟧, ⟦2:thi công một số công trình⟧" in out


def test_a_filter_gives_those_and_only_those_rows(tagged: Shell) -> None:
    ran = tagged("export", "--agency", "so tnmt", "--format", "csv")
    assert ran.out.splitlines()[0] == ",".join(COLUMNS)
    assert [row["passage"] for row in ran.rows] == ["tiến độ giải phóng mặt bằng", "ô nhiễm môi trường"]
    assert tagged("export", "--agency", "so tnmt", "--format", "csv").out == ran.out
    assert [row["id"] for row in tagged("issues", "agency:stnmt", "!tag:gpmb", "--json").json] == [3]
    assert [row["id"] for row in tagged("issues", "--tag", "!gpmb", "--agency", "stnmt", "--json").json] == [
        3
    ]


def test_every_format_tells_the_same_passages(tagged: Shell) -> None:
    wanted = [row["passage"] for row in tagged("issues", "--json").json]
    assert [row["passage"] for row in tagged("export", "--format", "csv").rows] == wanted
    assert [row["passage"] for row in tagged("export", "--format", "json").json] == wanted
    lines = tagged("export", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["passage"] for line in lines] == wanted
    for name in ("tsv", "md"):
        out = tagged("export", "--format", name).out
        assert all(passage in out for passage in wanted)


def test_formulas_leave_as_text(one: Shell) -> None:
    one("annotate", "giao-ban", "--quote", "ô nhiễm môi trường", "--tag", "onmt", "--note", "=1+1")
    assert one("export", "--format", "csv").rows[0]["note"] == "'=1+1"
    assert one("export", "--format", "csv", "--raw").rows[0]["note"] == "=1+1"
    assert one("export", "--format", "json").json[0]["note"] == "=1+1"


def test_export_to_a_file_replaces_nothing_unasked(tagged: Shell) -> None:
    path = tagged.folder / "issues.csv"
    assert tagged("export", "-o", path).code == 0
    before = path.read_bytes()
    refused = tagged("export", "status:open", "-o", path)
    assert refused.code == 2
    assert str(path) in refused.err
    assert path.read_bytes() == before
    assert tagged("export", "--agency", "so xay dung", "-o", path, "--force").code == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2


def test_update_delete_restore_undo_redo(tagged: Shell) -> None:
    assert (
        tagged("update", "1", "2", "--status", "resolved", "--due", "2023-06-30", "--tag", "onmt").code == 0
    )
    assert [row["status"] for row in tagged("issues", "--json").json] == ["resolved", "resolved", "open"]
    assert tagged("undo").code == 0
    assert [row["status"] for row in tagged("issues", "--json").json] == ["open", "open", "open"]
    assert tagged("redo").code == 0
    assert tagged("issues", "status:resolved", "--json").json[0]["due"] == "2023-06-30"
    assert tagged("delete", "1").code == 0
    assert tagged("issues", "--json").json[0]["id"] == 2
    assert tagged("restore", "1").code == 0
    assert len(tagged("issues", "--json").json[0]["links"]) == 2


def test_stats_cross_tabulate(tagged: Shell) -> None:
    counts = tagged("stats", "--by", "agency,status", "--json").json
    assert {"agency": "so-tnmt", "status": "open", "count": 2} in counts
    assert tagged("stats", "--by", "colour").code == 2


def test_history_tells_who_did_what(tagged: Shell) -> None:
    tagged("update", "1", "--note", "xem lại")
    changes = tagged("history", "--annotation", "1", "--json").json
    assert [change["act"] for change in changes] == ["edit-many", "annotate"]
    assert changes[0]["items"][0]["before"]["note"] == ""
    assert changes[0]["items"][0]["after"]["note"] == "xem lại"


def test_check_and_backup(tagged: Shell) -> None:
    assert tagged("check").code == 0
    target = tagged.folder / "copy.db"
    assert tagged("backup", target).code == 0
    assert tagged("backup", target).code == 2
    before = tagged("export", "--format", "json").out
    tagged.database = target
    assert tagged("export", "--format", "json").out == before


def test_tags_and_agencies_are_found_by_any_name(tagged: Shell) -> None:
    assert tagged("tags", "list", "gpmb", "--json").json[0]["slug"] == "gpmb-cham"
    assert tagged("agencies", "list", "stnmt", "--json").json[0]["slug"] == "so-tnmt"
    assert tagged("agencies", "rename", "so xay dung", "Sở Xây dựng mới").code == 0
    assert tagged("agencies", "list", "Sở Xây dựng mới", "--json").json[0]["slug"] == "so-xd"
    assert len(tagged("issues", "--agency", "Sở Xây dựng", "--json").json) == 1
    merged = tagged("agencies", "merge", "so xd", "so gtvt", "--json").json
    assert merged["annotations"] == 1
    assert tagged("issues", "--agency", "so gtvt", "--json").json[0]["lead_agencies"] == [
        "Sở Giao thông vận tải"
    ]


@pytest.mark.parametrize("side", ["tags", "agencies"])
def test_the_codebook_goes_out_and_in_unchanged(one: Shell, side: str) -> None:
    path = one.folder / f"{side}.csv"
    assert one(side, "export", "-o", path).code == 0
    told = one(side, "import", path, "--json").json
    assert told["added"] == [] and told["changed"] == {} and told["unchanged"] > 50
    assert one(side, "export").out.encode() == path.read_bytes().removeprefix(codecs.BOM_UTF8)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("isues",), "did you mean issues?"),
        (("annotate", "giao-ban"), "--quote"),
        (("annotate", "giao-ban", "--quote", "không có", "--tag", "gpmb"), "is not in the report"),
        (("annotate", "giao-ban", "--quote", "vi phạm", "--tag", "gpmb"), "2 times"),
        (("annotate", "giao-ban", "--quote", "vi phạm", "--nth", "3", "--tag", "gpmb"), "no number 3"),
        (("annotate", "giao-ban", "--quote", "ô nhiễm", "--tag", "gmpb"), "Giải phóng mặt bằng chậm"),
        (
            ("annotate", "giao-ban", "--quote", "ô nhiễm", "--agency", "so tnmtt"),
            "Sở Tài nguyên và Môi trường",
        ),
        (("annotate", "giao-ban", "--quote", "ô nhiễm", "--due", "31/02/2023"), "31/02/2023"),
        (("annotate", "gaio-ban", "--quote", "ô nhiễm"), "gaio-ban"),
        (("show", "zzz"), "zzz"),
        (("issues", "agensy:stnmt"), "agency"),
        (("issues", "status:opne"), "open"),
        (("issues", "--today", "yesterday-ish"), "yesterday-ish"),
        (("export", "--format", "cvs"), "csv"),
        (("export", "-o", "/nonexistent/folder/x.csv"), "/nonexistent/folder/x.csv"),
        (("import", "/nonexistent.txt"), "/nonexistent.txt"),
        (("update", "99", "--status", "open"), "99"),
        (("update", "1"), "Say what to change"),
        (("tags",), "list"),
        (("tags", "import", "/nonexistent.csv"), "/nonexistent.csv"),
        (("history", "--report", "zzz"), "zzz"),
        (("undo", "--nonsense"), "--nonsense"),
    ],
)
def test_bad_input_is_one_sentence_and_code_2(one: Shell, words: tuple[str, ...], said: str) -> None:
    before = one("issues", "--json").out, one("history", "--json").out
    ran = one(*words)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.startswith("reviewer: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    assert (one("issues", "--json").out, one("history", "--json").out) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("binary.txt", bytes(range(256)) * 8),
        ("latin.txt", "Báo cáo".encode("latin-1") + b"\xff\xfe\xfa"),
    ],
)
def test_a_file_that_is_no_report_leaves_nothing(shell: Shell, name: str, content: bytes) -> None:
    ran = shell("import", shell.file(name, content))
    assert ran.code == 2
    assert name in ran.err
    assert shell("reports", "--json").json == []


@pytest.mark.parametrize(
    "content", [b"not a database at all, just text" * 40, b"SQLite format 3\0" + b"\0" * 600]
)
def test_a_file_that_is_no_database_is_left_alone(shell: Shell, content: bytes) -> None:
    shell.database.write_bytes(content)
    ran = shell("reports")
    assert ran.code == 2
    assert str(shell.database) in ran.err
    assert shell.database.read_bytes() == content


@pytest.mark.parametrize(
    "words",
    [
        *(
            ("line", "9" * 30),
            ("comments", "9" * 30),
            ("earlier", "9" * 30),
            ("history", "--annotation", "9" * 30),
        ),
        *(("set", "9" * 30, "--status", "open"), ("delete", "9" * 30), ("issues", "--limit", "9" * 30)),
        *(("issues", "--limit=-1"), ("issues", "--limit", "0"), ("line", str(2**63 - 1))),
    ],
)
def test_a_number_that_nothing_can_have_is_code_2(one: Shell, words: tuple[str, ...]) -> None:
    ran = one(*words)
    assert ran.code == 2 and ran.err.startswith("reviewer: ")


def test_nothing_found_is_code_1(one: Shell) -> None:
    assert one("issues").code == 1
    assert one("export").code == 1
    assert one("tags", "list", "qqqqqq").code == 1


def test_the_screen_needs_a_terminal(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    ran = shell()
    assert ran.code == 2
    assert "ssh -t" in ran.err


def test_help_and_version(shell: Shell) -> None:
    helped = shell("--help")
    assert helped.code == 0
    assert all(name in helped.out for name in ("import", "annotate", "export", "agencies", "history"))
    assert "sqlite 3." in shell("--version").out


def test_help_speaks_vietnamese(shell: Shell) -> None:
    assert "báo cáo" in shell("--lang", "vi", "--help").out


def test_the_same_again_is_refused_unless_asked_for(one: Shell) -> None:
    words = ("annotate", "giao-ban", "--quote", "tích cực triển khai", "--tag", "gpmb")
    assert one(*words).code == 0
    before = one("history", "--json").out
    again = one(*words)
    assert again.code == 2 and "with this tag already" in again.err and "--again" in again.err
    assert one("history", "--json").out == before, "nothing was written"
    assert one(*words, "--again").code == 0
    assert one(*words[:-1], "o-nhiem").code == 0, "another tag is another issue"


def test_the_beginning_of_a_groups_name_is_not_taken_for_the_group(one: Shell) -> None:
    words = ("annotate", "giao-ban", "--quote", "tích cực triển khai", "--tag")
    refused = one(*words, "dat dai")
    assert refused.code == 2 and "Đất đai, xây dựng, đô thị" in refused.err and "“" in refused.err
    assert one(*words, "Đất đai, xây dựng, đô thị").code == 0, "the group itself, in full"
