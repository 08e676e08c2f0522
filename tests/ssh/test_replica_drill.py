"""The record replicated over SFTP and restored, by the configuration and the commands of docs/deploy.md."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.store import Store
from reports.load import load_bytes
from reviewer.place import account_name
from tests.ssh.accounts import ROOT, Host, blocks
from tests.ssh.sshkit import SSHD, make_key, server
from tests.waiting import until

LITESTREAM = shutil.which("litestream", path=str(Path(sys.executable).parent))
CONFIG, UNIT, DRILL = blocks("Continuous replication to another machine")


@pytest.mark.skipif(SSHD is None or LITESTREAM is None, reason="there is no sshd here, or no litestream")
def test_the_drill_of_the_docs_gives_the_record_back(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    data, there = tmp_path / "data", tmp_path / "there"
    data.mkdir()
    there.mkdir()
    database = data / "reviewer.db"
    make_key(tmp_path / "replica")
    with server(tmp_path) as other:
        public = (tmp_path / "replica.pub").read_text()
        (tmp_path / "authorized_keys").write_text(f'restrict,command="internal-sftp" {public}')
        host_key = " ".join((tmp_path / "host.pub").read_text().split()[:2])
        host = Host(
            tmp_path,
            {
                "/var/lib/reviewer/data/reviewer.db": str(database),
                "/var/lib/reviewer/.ssh/replica": str(tmp_path / "replica"),
                "backup.example.vn:22": f"127.0.0.1:{other.port}",
                "user: replica": f"user: {other.account}",
                "HOST-KEY": host_key,
                "/srv/replica": str(there),
                "/etc/litestream.yml": str(tmp_path / "litestream.yml"),
                "/tmp/drill.db": str(tmp_path / "drill.db"),
                "/opt/reviewer/bin": str(Path(sys.executable).parent),
            },
        )
        (tmp_path / "litestream.yml").write_text(host.here(CONFIG))
        with Store.open(database, account_name()) as store:
            act = _acts(store)
            with (tmp_path / "litestream.log").open("wb") as log:
                words = host.here(_value(UNIT, "ExecStart")).split()
                replica = subprocess.Popen(words, stdout=log, stderr=log, cwd=tmp_path)
            act()
            until(lambda: any(there.rglob("*.ltx")), what="nothing came to the other machine")
            for _ in range(20):
                act()
            anchor = store.anchor()
            until(lambda: _restored_to(host, tmp_path) == anchor.change_id, what="the replica stays behind")
        replica.send_signal(signal.SIGKILL)
        replica.wait()
        (tmp_path / "drill.db").unlink()
        said = host.run(DRILL.replace("ANCHOR", str(anchor)), before=f"export PYTHONPATH={ROOT}")
        assert "whole" in said


def _acts(store: Store) -> Callable[[], object]:
    report = store.add_report(load_bytes(b"A report.", "a.txt").document, title="A").report

    def act() -> object:
        seen = store.report(report.id)
        return store.edit_report(report.id, seen.version, title=f"{seen.title}a")

    return act


def _restored_to(host: Host, folder: Path) -> int:
    """The last change in a replica restored now; 0 where there is none yet."""
    (folder / "drill.db").unlink(missing_ok=True)
    restore, *_ = host.here(DRILL).splitlines()
    if subprocess.run(restore.split(), capture_output=True).returncode != 0:
        return 0
    with Store.open(folder / "drill.db", account_name(), readonly=True) as store:
        return store.last_change_id()


def _value(unit: str, name: str) -> str:
    return next(line.partition("=")[2] for line in unit.splitlines() if line.startswith(f"{name}="))
