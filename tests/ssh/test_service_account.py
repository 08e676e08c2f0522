"""One service account, a key per reviewer: as docs/deploy.md says, on a real sshd, with a real account."""

from __future__ import annotations

import json
import os
import pwd
import signal
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.ssh.accounts import Host, blocks, host, install, need_root, open_folder, processes_of
from tests.ssh.sshkit import SSHD, Server, make_key, server
from tests.terminal.ptykit import Program, environment
from tests.waiting import until

OFFICE = "An office: one service account, a key per reviewer"
SETTING_UP, LEAVING, SSHD_CONFIG, _USING = blocks(OFFICE)
RV = next(line for line in SETTING_UP.splitlines() if line.startswith("rv()"))
ACCOUNT = f"rv{os.getpid()}"
TEXT = "Báo cáo thử\n\nTiến độ giải phóng mặt bằng còn chậm; ô nhiễm môi trường còn xảy ra.\n"
# As Debian's own, but for the port, and keys that the test can read.
BASE = """
Port {{port}}
ListenAddress 127.0.0.1
HostKey {{folder}}/host
PidFile none
UsePAM no
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
{block}
"""


class Office:
    """The host as the docs set it up, its sshd, and where its things are."""

    def __init__(self, on: Host, running: Server, home: Path) -> None:
        self.host, self.ssh, self.home = on, running, home
        self.data = home / "data"
        self.database = self.data / "reviewer.db"

    def rv(self, command: str) -> str:
        """What an administrator does with the docs' `rv`."""
        return self.host.run(f"rv {command}", before=RV)

    def sit_down(self, who: str, folder: Path) -> Program:
        """Somebody at their own computer, logging in."""
        env = {**environment(folder / who), "HOME": str(self.ssh.folder)}
        return Program(self.ssh.client(who, "-tt"), env=env, size=(100, 30))

    def screens(self) -> list[psutil.Process]:
        """The sessions' processes: the gate and the screen beside it, for each."""
        return [process for process in processes_of(ACCOUNT) if "reviewer.gate" in process.cmdline()]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    need_root()
    if SSHD is None:
        pytest.skip("there is no sshd here")
    with open_folder() as folder:
        program, home = folder / "opt", folder / "home"
        install(program)
        put = {
            "/opt/reviewer": str(program),
            "/var/lib/reviewer": str(home),
            "review": ACCOUNT,
        }
        with host(folder, put) as on:
            for who in ("lan", "minh"):
                make_key(folder / who)
            on.run(SETTING_UP)
            with server(folder, BASE.format(block=on.here(SSHD_CONFIG))) as running:
                made = Office(on, replace(running, account=ACCOUNT), home)
                bring_in(made, "lan", "Báo cáo đầu")
                yield made


def owner_and_mode(path: Path) -> tuple[str, int]:
    found = path.stat()
    return pwd.getpwuid(found.st_uid).pw_name, stat.S_IMODE(found.st_mode)


def bring_in(office: Office, who: str, title: str) -> None:
    done = office.ssh.run(
        who, f"import --new --name a.txt --title '{title}'", stdin=f"{title}. {TEXT}".encode()
    )
    assert done.returncode == 0, done.stderr.decode()


def test_each_key_is_a_person_and_the_account_is_nobody_of_them(office: Office) -> None:
    bring_in(office, "lan", "Báo cáo của Lan")
    bring_in(office, "minh", "Báo cáo của Minh")
    said = json.loads(office.ssh.run("minh", "history --json").stdout)
    done_by = {each["reviewer"] for each in said if each["act"] == "import"}
    assert done_by == {"lan", "minh"}
    roles = {each["name"]: each["role"] for each in json.loads(office.rv("people list --json"))}
    assert (roles["lan"], roles["minh"], roles[ACCOUNT]) == ("lead", "reviewer", "lead")


def test_everything_that_sessions_leave_belongs_to_the_account_alone(office: Office, tmp_path: Path) -> None:
    """Side files too, and also after a session that was killed while it had them open."""
    with office.sit_down("lan", tmp_path) as lan:
        lan.wait_for("Báo cáo")
        lan.settle()
        lan.press("enter")
        lan.wait_for("mặt bằng")
        lan.settle()
        lan.press("1")
        lan.wait_for(lambda program: "1 passage" in program.text() or "1 đoạn" in program.text())
        assert {process.username() for process in office.screens()} == {ACCOUNT}
        while_open = {path.name for path in office.data.iterdir()}
        assert {"reviewer.db", "reviewer.db-wal", "reviewer.db-shm"} <= while_open
        for process in office.screens():
            process.send_signal(signal.SIGKILL)
        until(lambda: not office.screens(), 5)
        left = sorted(office.data.iterdir())
        assert {"reviewer.db-wal", "reviewer.db-shm"} <= {path.name for path in left}
        assert {owner_and_mode(path) for path in left} == {(ACCOUNT, 0o600)}
    bring_in(office, "minh", "Sau khi mất kết nối")
    assert office.rv("check")
    assert owner_and_mode(office.data) == owner_and_mode(office.home) == (ACCOUNT, 0o700)
    assert owner_and_mode(office.home / "authorized_keys") == (ACCOUNT, 0o600)


def test_no_other_account_reads_or_writes_the_record(office: Office) -> None:
    for attempt in (
        f"cat {office.database}",
        f"ls {office.data}",
        f"touch {office.data}/x",
        f"ls {office.home}",
    ):
        words = ["runuser", "-u", "nobody", "--", *attempt.split()]
        assert subprocess.run(words, capture_output=True).returncode != 0, attempt


def test_an_administrator_who_looks_as_root_leaves_nothing_in_the_sessions_way(office: Office) -> None:
    program = office.host.here("/opt/reviewer/bin/reviewer")
    for command in ("check", "reports", "people list"):
        subprocess.run([program, "--db", str(office.database), command], capture_output=True, timeout=60)
    assert {owner_and_mode(path)[0] for path in office.data.iterdir()} == {ACCOUNT}
    bring_in(office, "lan", "Sau root")


def test_nobody_reaches_a_shell_or_another_name(office: Office) -> None:
    for attempt in ("id", "sh", "bash -c id", "people add eve", "keys add eve", "screen; id"):
        done = office.ssh.run("minh", attempt)
        assert (done.returncode, done.stdout) == (2, b""), attempt
    forced = office.ssh.run("minh", "reports", options=("-o", "SetEnv=LC_ALL=$(id)"))
    assert forced.returncode == 0


def test_an_idle_session_is_ended_by_the_accounts_own_settings(office: Office, tmp_path: Path) -> None:
    settings = office.home / ".config" / "reviewer" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("idle_minutes = 0.05\nlanguage = 'en'\n")
    office.host.run(f"chown -R {ACCOUNT}:{ACCOUNT} {office.home}/.config")
    try:
        with office.sit_down("minh", tmp_path) as minh:
            assert minh.exit_code() == 128 + signal.SIGTERM
            assert "nothing was typed" in minh.text()
            assert not office.screens()
    finally:
        settings.unlink()


def test_whoever_leaves_is_let_in_no_more(office: Office) -> None:
    assert office.ssh.run("minh", "reports").returncode == 0
    office.host.run(LEAVING, before=RV)
    assert office.ssh.run("minh", "reports").returncode == 255
    assert office.ssh.run("lan", "reports").returncode == 0
    assert "minh" not in office.rv(f"keys list --file {office.home}/authorized_keys")
