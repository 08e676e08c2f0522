"""What comes through the gate: the commands that are allowed, as whoever owns the key."""

from __future__ import annotations

import io
import json
import shlex
import zipfile

import pytest

from tests.ssh.sshkit import Server

EXPORT = ("export", "agency:stnmt", "--format", "xlsx")
ALLOWED = [
    "reports",
    "reports --json",
    "show giao-ban",
    "show giao-ban --json",
    "revisions giao-ban --json",
    "source giao-ban",
    "issues",
    "issues --json tag:o-nhiem",
    "issues '!tag:o-nhiem' --status open",
    "stats --by tag,status",
    "export --format csv",
    "export agency:stnmt --format jsonl",
    "export --agency 'Sở Tài nguyên và Môi trường' --format tsv",
    "export --format csv --headers vi --bom",
    "grid",
    "grid tag:o-nhiem --json",
    "stats --by tag --chart",
    "show giao-ban --mentions",
    "history --report giao-ban",
    "comments 1",
    "earlier 1 --json",
    "line 1 --json",
    "views list",
]


@pytest.mark.parametrize("command", ALLOWED)
def test_an_allowed_command_gives_the_same_bytes_as_on_the_host(ssh: Server, command: str) -> None:
    here = ssh.host(*shlex.split(command))
    there = ssh.run("van", command)
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout), there.stderr.decode()
    assert there.returncode in (0, 1) and there.stdout


def test_a_workbook_goes_out_as_it_would_on_the_host(ssh: Server) -> None:
    """But for the name of whoever exports it, which it holds."""
    books = [done.stdout for done in (ssh.host(*EXPORT), ssh.run("van", " ".join(EXPORT)))]
    first, second = (zipfile.ZipFile(io.BytesIO(book)).read("xl/sharedStrings.xml") for book in books)
    assert first == second.replace(b">van<", b">root<") != second


def test_a_report_comes_in_through_standard_input_under_the_name_of_the_key(ssh: Server) -> None:
    text = "Báo cáo thử\n\nViệc thứ nhất còn chậm."
    done = ssh.run("minh", "import --name 'bao cao.txt' --title 'Báo cáo thử' --json", stdin=text.encode())
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)[0]["report"] == "bao-cao-thu"
    said = json.loads(ssh.host("history", "--limit", "1", "--json").stdout)
    assert (said[0]["reviewer"], said[0]["act"]) == ("minh", "import")


def test_what_the_client_says_of_itself_changes_nothing(ssh: Server) -> None:
    names = {"USER": "lan", "LOGNAME": "lan", "REVIEWER_DB": "/etc/passwd", "SUDO_USER": "lan"}
    sent = ["-o", "SendEnv=USER LOGNAME REVIEWER_DB SUDO_USER"]
    text = f"Ai là ai\n\nMột câu {id(names)}."
    done = ssh.run("minh", "import --name a.txt", options=sent, stdin=text.encode(), env=names)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(ssh.host("history", "--limit", "1", "--json").stdout)[0]["reviewer"] == "minh"


def test_a_viewer_keeps_views_of_their_own(ssh: Server) -> None:
    saved = ssh.run("van", "views save 'Quá hạn' agency:stnmt --json")
    assert saved.returncode == 0, saved.stderr.decode()
    here, there = (
        ssh.host("issues", "agency:stnmt", "--json"),
        ssh.run("van", "issues --view 'qua han' --json"),
    )
    assert json.loads(there.stdout) == json.loads(here.stdout)
    assert ssh.run("van", "views share 'qua han'").returncode == 2
    assert ssh.run("minh", "issues --view 'qua han'").returncode == 2
    assert ssh.run("van", "views delete 'qua han'").returncode == 0
    assert ssh.run("van", "views").returncode == 1


def test_a_viewer_changes_nothing(ssh: Server) -> None:
    done = ssh.run("van", "import --name a.txt", stdin=b"Text of a viewer.")
    assert done.returncode == 2
    assert "viewer" in done.stderr.decode()


def test_a_reviewer_sets_and_says_under_the_name_of_the_key(ssh: Server) -> None:
    assert ssh.run("minh", "set 1 --owner me --due +14").returncode == 0
    assert ssh.run("minh", "comment 1 Sở đã trả lời; chờ biên bản").returncode == 0
    said = json.loads(ssh.run("van", "comments 1 --json").stdout)
    assert [(one["reviewer"], one["text"]) for one in said] == [("minh", "Sở đã trả lời; chờ biên bản")]
    (row,) = json.loads(ssh.run("van", "issues owner:minh --json").stdout)
    assert row["owner"] == "minh"
    for refused in ("set 1 --owner none", "comment 1 x"):
        assert b"viewer" in ssh.run("van", refused).stderr


def test_whoever_is_retired_or_has_no_key_is_let_in_no_more(ssh: Server) -> None:
    ssh.enter("hoa", "reviewer")
    assert ssh.run("hoa", "reports").returncode == 0
    assert ssh.host("people", "retire", "hoa").returncode == 0
    refused = ssh.run("hoa", "reports")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "may no longer use" in refused.stderr.decode()
    file = str(ssh.folder / "authorized_keys")
    assert ssh.host("keys", "remove", "hoa", "--file", file).returncode == 0
    assert ssh.run("hoa", "reports").returncode == 255


def test_the_keys_that_lead_here_are_listed(ssh: Server) -> None:
    said = ssh.host("keys", "list", "--json", "--file", str(ssh.folder / "authorized_keys"))
    listed = {row["name"]: row["role"] for row in json.loads(said.stdout)}
    assert listed["lan"] == "lead" and listed["minh"] == "reviewer" and listed["van"] == "viewer"
