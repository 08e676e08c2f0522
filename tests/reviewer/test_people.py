"""People, keys, proof and backups from the command line."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from reviewer import place
from reviewer.gate import authorized_keys
from reviewer.gate.allowed import NotAllowed, words_of
from reviewer.gate.environment import session_environment
from tests.reviewer.cli_kit import Shell

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8Pq1m0bm9h6uYlqYx4JH0mJ8J0bYv2xg0u1m6x0pQk lan@laptop"


@pytest.fixture
def shell(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    made = Shell(tmp_path, capfdbinary)
    assert made("import", made.file("giao-ban.txt")).code == 0
    return made


def give(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_people_are_let_in_and_out(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    first = place.account_name()
    assert shell("people", "add", "minh").out == "minh\treviewer\n"
    assert shell("people", "add", "minh").code == 2
    assert shell("people", "role", "minh", "viewer").out == "minh\tviewer\n"
    assert shell("people", "role", first, "viewer").code == 2
    monkeypatch.setattr(place, "_spoken_for", "minh")
    assert shell("issues").code == 1
    refused = shell("people", "add", "eve")
    assert (refused.code, refused.out) == (2, "")
    monkeypatch.setattr(place, "_spoken_for", "eve")
    assert "people add eve" in shell("reports").err
    monkeypatch.setattr(place, "_spoken_for", None)
    assert shell("people", "retire", "minh").out == "minh\tretired\n"
    assert [(p["name"], p["role"], p["retired"]) for p in shell("people", "list", "--json").json] == [
        (first, "lead", False),
        ("minh", "viewer", True),
    ]
    near = shell("people", "revive", "min")
    assert near.code == 2 and "people list" in near.err


def test_a_key_leads_here_once_and_is_as_ssh_says(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "ssh" / "authorized_keys"
    file.parent.mkdir()
    file.write_text("# by hand\nssh-ed25519 AAAA someone\n")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    public = (tmp_path / "key.pub").read_text()
    give(monkeypatch, public)
    said = shell("keys", "add", "lan", "--role", "lead", "--file", file)
    shown = subprocess.run(
        ["ssh-keygen", "-l", "-f", str(tmp_path / "key.pub")], capture_output=True, text=True
    )
    assert said.out.split("\t")[1].strip() == shown.stdout.split()[1]
    give(monkeypatch, public)
    again = shell("keys", "add", "minh", "--file", file)
    assert again.code == 2 and "entered already, for lan" in again.err
    lines = file.read_text().splitlines()
    assert lines[:2] == ["# by hand", "ssh-ed25519 AAAA someone"]
    assert lines[2].startswith('restrict,pty,command="') and file.stat().st_mode & 0o077 == 0
    assert [(row["name"], row["role"]) for row in shell("keys", "list", "--json", "--file", file).json] == [
        ("lan", "lead")
    ]
    assert shell("keys", "remove", "lan", "--file", file).code == 0
    assert shell("keys", "remove", "lan", "--file", file).code == 1
    assert file.read_text().splitlines() == lines[:2]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("lan", "", "one public key"),
        ("lan", f"{KEY}\n{KEY}", "one public key"),
        ("lan", "-----BEGIN OPENSSH PRIVATE KEY-----", "private key"),
        ("lan", f'command="sh" {KEY}', "no kind of key"),
        ("lan", f"cert-authority {KEY}", "no kind of key"),
        ("lan", "ssh-dss AAAA", "no kind of key"),
        ("lan", "ssh-ed25519 AAAA", "not whole"),
        ("lan", f"ssh-rsa {KEY.split()[1]}", "not whole"),
        ("lan; id", KEY, "cannot be entered"),
        ('la"n', KEY, "cannot be entered"),
        ("-lan", KEY, "cannot be entered"),
        ("../lan", KEY, "cannot be entered"),
        ("Lan Nguyễn", KEY, "cannot be entered"),
    ],
)
def test_what_is_no_key_or_no_name_is_not_entered(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, text: str, said: str
) -> None:
    give(monkeypatch, text)
    words = ["keys", "add", "--file", str(tmp_path / "keys")]
    refused = shell(*words, "--", name)
    assert refused.code == 2 and said in refused.err
    assert not (tmp_path / "keys").exists()
    assert len(shell("people", "list", "--json").json) == 1


def test_a_line_says_nothing_but_what_it_says(tmp_path: Path) -> None:
    key = authorized_keys.parse_key(KEY)
    for python, database in (("/a b/python", "/x.db"), ("/python", '/x".db'), ("/python", "/$(id).db")):
        with pytest.raises(authorized_keys.KeyRefused):
            authorized_keys.line(python, Path(database), "lan", key)


def test_the_proof_and_the_backup_go_together(shell: Shell, tmp_path: Path) -> None:
    saved = shell("backup", tmp_path / "saved.db")
    anchor = saved.err.split()[-1]
    shell("annotate", "giao-ban", "--quote", "thi công", "--tag", "thi-cong")
    assert shell("verify", "--anchor", anchor, "--against", tmp_path / "saved.db").code == 0
    assert shell("verify", "--json").json["problems"] == []
    wrong = shell("verify", "--anchor", "1:" + "0" * 64)
    assert wrong.code == 2 and "not the one" in wrong.out
    assert shell("verify", "--anchor", "x").code == 2
    assert shell("restore-backup", tmp_path / "saved.db").code == 0
    assert shell("issues").code == 1
    assert shell("restore-backup", tmp_path / "none.db").code == 2


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("reports", ["reports"]),
        ("show giao-ban --json", ["show", "--json", "--", "giao-ban"]),
        ("export agency:stnmt --format xlsx", ["export", "--format=xlsx", "--", "agency:stnmt"]),
        ("export --agency 'Sở TN&MT'", ["export", "--agency=Sở TN&MT"]),
        ("issues --tag --overdue x", ["issues", "--tag=--overdue", "--", "x"]),
        ("import --name a.docx", ["import", "--name=a.docx", "--", "-"]),
    ],
)
def test_no_word_of_a_command_can_turn_into_an_option(command: str, words: list[str]) -> None:
    assert words_of(command) == words


@pytest.mark.parametrize(
    "command", ["import", "import --name a/b", "show a b", "export -o x", "tags list", "'"]
)
def test_other_commands_are_refused(command: str) -> None:
    with pytest.raises(NotAllowed):
        words_of(command)


def test_a_session_has_an_environment_of_its_own() -> None:
    given = {
        "TERM": "xterm; rm",
        "LC_ALL": "vi_VN.UTF-8",
        "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22",
        "PATH": "/evil",
        "PYTHONPATH": "/evil",
        "TEXTUAL_LOG": "/evil",
        "SSH_TTY": "/dev/pts/3",
        "COLORTERM": "truecolor",
        "LD_X": "1",
    }
    assert session_environment(given, "/home/review", "Asia/Ho_Chi_Minh") == {
        "PATH": "/usr/bin:/bin",
        "HOME": "/home/review",
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22",
        "SSH_TTY": "/dev/pts/3",
        "LC_MESSAGES": "vi_VN.UTF-8",
        "COLORTERM": "truecolor",
        "TZ": "Asia/Ho_Chi_Minh",
    }
