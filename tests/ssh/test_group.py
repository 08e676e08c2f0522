"""Accounts of one group on one record, set up as docs/deploy.md says: nobody stands in another's way."""

from __future__ import annotations

import grp
import json
import os
import pwd
import shlex
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.ssh.accounts import Host, blocks, host, install, need_root, open_folder
from tests.waiting import until

(SETTING_UP,) = blocks("Accounts on one host")
LAN, MINH, GROUP = (f"{name}{os.getpid()}" for name in ("lan", "minh", "rvs"))
TEXT = "Báo cáo thử\n\nTiến độ giải phóng mặt bằng còn chậm; ô nhiễm môi trường còn xảy ra.\n"
# Opens the record, acts, says so, and stays, as a session does until somebody kills it.
SESSION = """
import sys, time
from annotations.store import Store
from reports.passage import make_passage
from reviewer.place import account_name
store = Store.open(sys.argv[1], account_name())
report = store.reports()[0]
passage = make_passage(store.document(report.revision_id), 20, 40)
store.annotate(report.id, report.revision_id, passage, note=account_name())
print("saved", flush=True)
if len(sys.argv) > 2:
    time.sleep(60)
"""


class Team:
    """A host with a group of two, and the record they share."""

    def __init__(self, on: Host, folder: Path) -> None:
        self.host = on
        self.data = folder / "data"
        self.database = self.data / "reviewer.db"
        self._bin = folder / "opt" / "bin"

    def as_(self, who: str, *words: str) -> list[str]:
        """The words that run something as one of them, with the umask that keeps all to oneself."""
        command = shlex.join(words)
        return ["runuser", "-u", who, "--", "sh", "-c", f"umask 077; cd; exec {command}"]

    def reviewer(self, who: str, *words: str, stdin: bytes = b"") -> bytes:
        """What the program prints for one of them."""
        program = str(self._bin / "reviewer")
        done = subprocess.run(
            self.as_(who, program, "--db", str(self.database), *words),
            input=stdin,
            capture_output=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def session(self, who: str, *more: str) -> subprocess.Popen[bytes]:
        """One of them, having just saved something."""
        words = (str(self._bin / "python"), "-c", SESSION, str(self.database), *more)
        running = subprocess.Popen(self.as_(who, *words), stdout=subprocess.PIPE)
        assert running.stdout is not None
        assert running.stdout.readline() == b"saved\n"
        return running

    def side_files(self) -> dict[str, tuple[str, str, int]]:
        """Owner, group and mode of all that lies beside the record."""
        found = {}
        for path in self.data.iterdir():
            facts = path.stat()
            owner, group = pwd.getpwuid(facts.st_uid).pw_name, grp.getgrgid(facts.st_gid).gr_name
            found[path.name] = owner, group, stat.S_IMODE(facts.st_mode)
        return found


@pytest.fixture(scope="module")
def team() -> Iterator[Team]:
    need_root()
    with open_folder() as folder:
        install(folder / "opt")
        put = {
            "/opt/reviewer": str(folder / "opt"),
            "/srv/reviewer": str(folder / "data"),
            "reviewers": GROUP,
            "lan": LAN,
            "minh": MINH,
        }
        with host(folder, put) as on:
            on.add_account(LAN)
            on.add_account(MINH)
            on.run(SETTING_UP)
            made = Team(on, folder)
            made.reviewer(LAN, "import", "--name", "a.txt", "-", stdin=TEXT.encode())
            yield made


def test_each_is_known_by_their_account(team: Team) -> None:
    people = json.loads(team.reviewer(MINH, "people", "list", "--json"))
    assert {each["name"]: each["role"] for each in people} == {LAN: "lead", MINH: "reviewer"}


@pytest.mark.parametrize(("first", "second"), [(LAN, MINH), (MINH, LAN)], ids=["lan", "minh"])
def test_what_one_leaves_behind_when_killed_does_not_stop_the_other(
    team: Team, first: str, second: str
) -> None:
    """Whoever opens the record first makes its side files; the other must be able to write all of them."""
    dead = team.session(first, "stay")
    for process in psutil.Process(dead.pid).children(recursive=True) or [psutil.Process(dead.pid)]:
        process.kill()
    until(lambda: dead.poll() is not None, 10)
    left = team.side_files()
    assert left["reviewer.db-wal"][0] == left["reviewer.db-shm"][0] == first
    assert {"reviewer.db-wal", "reviewer.db-shm", "reviewer.db-lock"} <= set(left)
    assert {(group, mode) for _, group, mode in left.values()} == {(GROUP, 0o660)}
    with team.session(second) as goes_on:
        assert goes_on.wait(30) == 0
    notes = [each["note"] for each in json.loads(team.reviewer(first, "issues", "--json"))]
    assert notes.count(first) == notes.count(second) >= 1
    team.reviewer(second, "check")


def test_both_write_at_once(team: Team) -> None:
    before = len(json.loads(team.reviewer(LAN, "issues", "--json")))
    running = [team.session(who) for who in (LAN, MINH) * 4]
    assert [each.wait(60) for each in running] == [0] * 8
    assert len(json.loads(team.reviewer(MINH, "issues", "--json"))) == before + 8
    team.reviewer(MINH, "verify")


def test_an_account_outside_the_group_reads_nothing(team: Team) -> None:
    for command in (["cat", str(team.database)], ["ls", str(team.data)]):
        done = subprocess.run(["runuser", "-u", "nobody", "--", *command], capture_output=True)
        assert done.returncode != 0 and not done.stdout
