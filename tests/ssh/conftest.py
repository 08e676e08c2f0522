from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reviewer.cli_kit import REPORT
from tests.ssh.logins import FROZEN, Login
from tests.ssh.sshkit import SSHD, Server, server

collect_ignore: list[str] = []


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An sshd for a file of tests: a report, two annotations; Lan a lead, Minh a reviewer, Vân a viewer."""
    if SSHD is None:
        pytest.skip("there is no sshd here")
    folder = tmp_path_factory.mktemp("ssh")
    folder.chmod(0o700)
    with server(folder) as running:
        (folder / "giao-ban.txt").write_text(REPORT, encoding="utf-8")
        assert running.host("import", str(folder / "giao-ban.txt")).returncode == 0
        for quote, tag, agency in (
            ("ô nhiễm môi trường", "o-nhiem", "stnmt"),
            ("thi công", "thi-cong", "sxd"),
        ):
            done = running.host("annotate", "giao-ban", "--quote", quote, "--tag", tag, "--agency", agency)
            assert done.returncode == 0, done.stderr.decode()
        for name, role in (("lan", "lead"), ("minh", "reviewer"), ("van", "viewer")):
            running.enter(name, role)
        yield running


@pytest.fixture
def ssh(_filled: Server) -> Server:
    return _filled


@pytest.fixture
def login(ssh: Server, tmp_path: Path) -> Iterator[Callable[[str], Login]]:
    made: list[Login] = []

    def start(who: str) -> Login:
        made.append(Login(ssh, who, tmp_path / "home"))
        return made[-1]

    yield start
    for each in made:
        each.program.close()
    for each in made:
        each.wait_until_gone(FROZEN)
