"""A real sshd on the loopback interface, with keys that lead through the gate."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/sbin")
ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0

# As docs/deploy.md shows it, but for what one test account cannot have.
CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AcceptEnv LANG LC_*
PermitUserEnvironment no
PermitUserRC no
PermitTunnel no
DisableForwarding yes
ClientAliveInterval 2
ClientAliveCountMax 2
MaxStartups 100:100:200
MaxSessions 50
Subsystem sftp internal-sftp
"""


@dataclass
class Server:
    """The server, its folder and its database. `account`: whom the keys let in as."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    account: str = field(default_factory=lambda: pwd.getpwuid(os.getuid()).pw_name)

    @property
    def database(self) -> Path:
        return self.folder / "reviewer.db"

    def options(self, who: str) -> list[str]:
        """What every client is given."""
        return [
            *("-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no"),
            *("-o", f"UserKnownHostsFile={os.devnull}", "-o", "LogLevel=ERROR"),
            *("-o", "IdentitiesOnly=yes", "-i", str(self.folder / who)),
        ]

    def client(self, who: str, *more: str) -> list[str]:
        """The words of an ssh client up to the command."""
        return [
            *("ssh", *self.options(who), *more),
            *("-p", str(self.port), f"{self.account}@127.0.0.1"),
        ]

    def run(
        self,
        who: str,
        *command: str,
        options: Sequence[str] = (),
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command through a client of `who`; `env` is the client's own environment."""
        return subprocess.run(
            [*self.client(who, *options), *(("--", *command) if command else ())],
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), **(env or {})},
        )

    def host(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run the program on the host itself, as the account that owns the record."""
        return subprocess.run(
            [sys.executable, "-m", "reviewer", "--db", str(self.database), *words],
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"},
        )

    def connections(self) -> list[psutil.Process]:
        """What sshd runs for the clients it has."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def enter(self, who: str, role: str) -> None:
        """Make a key for somebody and enter it, as an administrator does."""
        make_key(self.folder / who)
        done = self.host(
            *("keys", "add", who, "--role", role, "--file", str(self.folder / "authorized_keys")),
            stdin=(self.folder / f"{who}.pub").read_bytes(),
        )
        assert done.returncode == 0, done.stderr.decode()


def make_key(path: Path) -> None:
    """A new key pair at `path` and `path`.pub."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "x@y", "-f", str(path)], check=True)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert process.poll() is None, "sshd ended at once"
        assert time.monotonic() < until, "sshd does not answer"


@contextlib.contextmanager
def server(folder: Path, config: str = CONFIG) -> Iterator[Server]:
    """An sshd that knows nobody yet; ended, with the sessions it has, afterwards. `config`: its settings,
    with `{port}` and `{folder}` in them."""
    assert SSHD is not None
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    make_key(folder / "host")
    port = _free_port()
    (folder / "sshd_config").write_text(config.format(port=port, folder=folder))
    (folder / "authorized_keys").touch(0o600)
    with (folder / "sshd.log").open("wb") as log:
        process = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(folder / "sshd_config")], stdin=subprocess.DEVNULL, stderr=log
        )
    try:
        _wait_until_it_answers(port, process)
        yield Server(folder, port, process)
    finally:
        process.terminate()
        process.wait()
