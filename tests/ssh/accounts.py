"""Accounts of the host made for a test, the program installed where they may start it, the docs' commands."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from tests.waiting import until

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs" / "deploy.md"
PACKAGES = ("reports", "annotations", "reviewer")
PATIENCE = 60.0
_BLOCK = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ADDS = ("useradd", "groupadd")
"""What makes an account or a group, for its last word."""


def blocks(heading: str) -> list[str]:
    """The blocks of commands and settings under a heading of docs/deploy.md, in order."""
    section = DOCS.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return _BLOCK.findall(section)


def need_root() -> None:
    """Skip the test where accounts cannot be made."""
    if os.geteuid() != 0 or shutil.which("useradd") is None or shutil.which("runuser") is None:
        pytest.skip("accounts of the host can only be made by root, with useradd and runuser")


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every account may look into; pytest's own are for one alone."""
    folder = Path(tempfile.mkdtemp(prefix="reviewer-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def install(target: Path) -> None:
    """Install the program at `target` as the docs' `python3 -m venv` and `pip` do, but from this checkout and
    with the libraries that are here already. Skips where no such Python is open to every account."""
    python = _open_python()
    made = subprocess.run([python, "-m", "venv", "--without-pip", str(target)], timeout=PATIENCE)
    if made.returncode != 0:
        pytest.skip(f"{python} makes no environments here")
    libraries = next(target.glob("lib/python*/site-packages"))
    here = Path(sysconfig.get_path("purelib"))
    passed = shutil.ignore_patterns("_editable_impl_*", "reviewer-*", "pip", "litestream*", "babel", "*.pth")
    shutil.copytree(here, libraries, ignore=passed, copy_function=_link, dirs_exist_ok=True)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, libraries / name, copy_function=_link)
    script = target / "bin" / "reviewer"
    start = "import sys\nfrom reviewer.__main__ import main\nsys.exit(main())\n"
    script.write_text(f"#!{target}/bin/python\n{start}")
    script.chmod(0o755)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _open_python() -> str:
    """A Python of this version that every account may start."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for path in (Path(sys.executable).resolve(), Path("/usr/local/bin") / name, Path("/usr/bin") / name):
        if path.exists() and all(each.stat().st_mode & 0o001 for each in (path, *path.parents)):
            return str(path)
    pytest.skip(f"there is no {name} here that every account may start")


class Host:
    """Runs the docs' commands as root, names and paths in them replaced by `put`; takes the accounts and
    groups that they made away again."""

    def __init__(self, folder: Path, put: Mapping[str, str]) -> None:
        self.folder = folder
        self._put = put
        self._made: list[tuple[str, str]] = []

    def here(self, text: str) -> str:
        """`text` of the docs with the names and paths of this test."""
        pattern = "|".join(rf"(?<![\w.]){re.escape(old)}(?![\w-])" for old in self._put)
        return re.sub(pattern, lambda found: self._put[found[0]], text)

    def run(self, commands: str, before: str = "") -> str:
        """Run a block of the docs, after the function definitions `before`; what it prints."""
        commands = self.here(commands)
        for line in commands.splitlines():
            words = line.split()
            if words and words[0] in _ADDS:
                self._made.append((words[0], words[-1]))
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"{self.here(before)}\n{commands}"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={"PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin", "LANG": "C.UTF-8"},
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
        return done.stdout

    def add_account(self, name: str) -> None:
        """Somebody's own account."""
        home = self.folder / name
        self.run(f"useradd --user-group --create-home --home-dir {home} --shell /bin/sh {name}")

    def close(self) -> None:
        """End what the accounts run and take them away."""
        for kind, name in reversed(self._made):
            if kind == "useradd":
                _end_all_of(name)
            words = ["userdel", name] if kind == "useradd" else ["groupdel", name]
            subprocess.run(words, capture_output=True, timeout=PATIENCE)


@contextlib.contextmanager
def host(folder: Path, put: Mapping[str, str]) -> Iterator[Host]:
    """A host to run the docs' commands on, as it was before afterwards."""
    made = Host(folder, put)
    try:
        yield made
    finally:
        made.close()


def processes_of(account: str) -> list[psutil.Process]:
    """What runs as an account."""
    number = pwd.getpwnam(account).pw_uid
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.uids().real == number and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def _end_all_of(account: str) -> None:
    with contextlib.suppress(KeyError):
        for process in processes_of(account):
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGKILL)
        until(lambda: not processes_of(account), 10)
