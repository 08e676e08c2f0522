"""What must not come through the gate: each attempt is made on a real sshd, and nothing comes of it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.ssh.sshkit import PATIENCE, Server
from tests.waiting import until

# X stands for a file that must not come to be.
SHELLS = [
    "bash",
    "/bin/sh",
    "sh -c 'touch X'",
    "bash -i",
    "exec sh",
    "id",
    "env",
    "cat /etc/passwd",
    "less /etc/passwd",
    "vi",
    'python3 -c \'open("X", "w")\'',
    "tmux",
    "mosh-server new",
    "/usr/lib/openssh/sftp-server",
    "internal-sftp",
    "scp -f /etc/passwd",
    "scp -t X",
    "rsync --server --sender . /etc/passwd",
    "git-upload-pack '--help'",
    "reviewer reports",
    "!sh",
]
METACHARACTERS = [
    "reports; touch X",
    "reports && touch X",
    "reports & touch X",
    "reports | tee X",
    "reports $(touch X)",
    "reports `touch X`",
    "reports > X",
    "reports < /etc/passwd",
    "reports\ntouch X",
    "show '$(touch X)'",
    'show "`touch X`"',
    "show '{a,b}'",
    "show ~root",
    "show 'giao-ban",
    "reports\x1b[2J",
    "issues " + "a" * 9000,
    "$SHELL",
    "   ",
]
OPTIONS = [
    "--db /etc/passwd reports",
    "reports --db /etc/passwd",
    "-h",
    "--help",
    "--version",
    "reports --help",
    "export -o X",
    "export -oX",
    "export --output X",
    "export --output=X",
    "export --out X",
    "export --form csv",
    "export --format csv --force",
    "export --template /etc/passwd",
    "export -- -o X",
    "export --agency -o X",
    "export --format -oX",
    "show --json -- --db=X giao-ban",
    "show -",
    "stats --by ../../../etc/passwd",
    "verify --against /etc/passwd",
    "set 1 --note x --output X",
    "set 1 --db=X --note x",
    "comment 1 --file /etc/passwd",
    "comments 1 -o X",
    "source giao-ban -o X",
    "source giao-ban --output=X",
    "views delete 1 --force",
    "views import X",
    "grid --output X",
    "stats --chart --output X",
    "show giao-ban --revision",
    "screen --db=X",
    "screen --settings /etc/passwd",
    "screen demo",
    "history --output X",
    "line 1 --db X",
    "import --name a.txt --watch /etc",
    "import --name a.txt --watch=/etc --once",
    "export --about --format csv",
]
HOST_PATHS = [
    "import /etc/passwd",
    "import --name a.txt /etc/passwd",
    "import --name a.txt .",
    "import --name ../../../etc/cron.d/x",
    "import --name /etc/passwd",
    "import --name a.txt --file /etc/passwd",
    "import -",
    "import",
    "show /etc/passwd",
    "show ../../../etc/passwd",
    "export report:/etc/passwd",
]
VERBS = [
    "demo",
    "backup X",
    "restore 1",
    "restore-backup /etc/passwd",
    "check",
    "undo",
    "delete 1",
    "update 1 --status resolved",
    "annotate giao-ban --quote 'thi công' --tag thi-cong",
    "people add eve --role lead",
    "people role van lead",
    "keys add eve",
    "keys remove lan",
    "tags import /etc/passwd",
    "agencies export -o X",
    "Reports",
    "ｒeports",
]
ENVIRONMENT = [
    {"LC_ALL": "() { :;}; touch X"},
    {"LC_ALL": "../../../X"},
    {"LC_ALL": "en_US.ISO-8859-1"},
    {"LC_X": "$(touch X)", "LANG": "`touch X`"},
    {"TEXTUAL_LOG": "X", "TEXTUAL": "devtools,debug"},
    {"TEXTUAL_DRIVER": "os:system"},
    {"TEXTUAL_SCREENSHOT": "1", "TEXTUAL_SCREENSHOT_LOCATION": "X"},
    {"PYTHONPATH": "X", "PYTHONSTARTUP": "X", "PYTHONHOME": "/nowhere"},
    {"PYTHONINSPECT": "1", "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "latin-1"},
    {"LD_PRELOAD": "X", "LD_LIBRARY_PATH": "X"},
    {"BASH_ENV": "X", "ENV": "X", "SHELLOPTS": "xtrace"},
    {"REVIEWER_DB": "/etc/passwd", "REVIEWER_SETTINGS": "/etc/passwd"},
    {"HOME": "/etc", "PATH": "X", "SHELL": "/bin/bash"},
    {"SSH_ORIGINAL_COMMAND": "export -o X", "SSH_TTY": "/etc/passwd"},
]
FORWARDINGS = [
    ("-L", "{port}:127.0.0.1:22"),
    ("-D", "{port}"),
    ("-R", "{port}:127.0.0.1:22"),
    ("-W", "127.0.0.1:{server}"),
    ("-w", "0:0"),
    ("-A", "-X"),
]


@pytest.fixture(scope="module")
def line(_filled: Server) -> Iterator[list[str]]:
    """One connection of Minh's that the attempts share: each is a session of its own on it."""
    path = _filled.folder / "line"
    shared = ["-o", f"ControlPath={path}"]
    with subprocess.Popen([*_filled.client("minh", "-M", "-N", *shared)], stdin=subprocess.DEVNULL) as master:
        until(lambda: path.exists() or master.poll() is not None)
        assert master.poll() is None
        yield shared
        master.terminate()


@pytest.fixture
def ground(ssh: Server) -> Iterator[Server]:
    """The server, and afterwards proof that nothing was made, changed or left running."""
    before = ssh.host("verify", "--json").stdout, ssh.database.stat().st_ino
    yield ssh
    assert not list(ssh.folder.rglob("X*")), "a file was made"
    assert (ssh.host("verify", "--json").stdout, ssh.database.stat().st_ino) == before, "the record changed"


def test_no_command_but_those_allowed_comes_through(ground: Server, line: list[str]) -> None:
    def attempt(tried: str) -> tuple[str, object] | None:
        command = tried.replace("X", str(ground.folder / "X"))
        done = ground.run("minh", command, options=line, stdin=b"")
        said = done.stderr.decode()
        if done.returncode in (1, 2) and not done.stdout and "Traceback" not in said and "root:" not in said:
            return None
        return tried, (done.returncode, done.stdout[:200], said[-200:])

    with ThreadPoolExecutor(4) as several:
        every = (*SHELLS, *METACHARACTERS, *OPTIONS, *HOST_PATHS, *VERBS)
        assert [found for found in several.map(attempt, every) if found] == []


def test_no_environment_of_the_client_acts(ground: Server) -> None:
    usual = ground.host("reports").stdout

    def attempt(sent: dict[str, str]) -> object:
        sent = {name: value.replace("X", str(ground.folder / "X")) for name, value in sent.items()}
        # The client itself must not be the one that obeys.
        own = {name: value for name, value in sent.items() if name not in ("PATH", "LD_PRELOAD")}
        done = ground.run("minh", "reports", options=["-o", f"SendEnv={' '.join(sent)}"], env=own)
        return None if (done.returncode, done.stdout) == (0, usual) else (sent, done)

    with ThreadPoolExecutor(4) as several:
        assert [found for found in several.map(attempt, ENVIRONMENT) if found] == []


def test_no_file_is_copied_in_or_out(ground: Server) -> None:
    there = f"{ground.account}@127.0.0.1:"
    options = [*ground.options("minh"), "-P", str(ground.port)]
    (ground.folder / "mine").write_text("x")
    for words in (
        ["scp", *options, f"{there}/etc/passwd", str(ground.folder / "X1")],
        ["scp", "-O", *options, f"{there}/etc/passwd", str(ground.folder / "X2")],
        ["scp", *options, str(ground.folder / "mine"), f"{there}{ground.folder}/X3"],
        ["scp", "-O", *options, str(ground.folder / "mine"), f"{there}{ground.folder}/X4"],
        ["sftp", *options, "-b", "/dev/stdin", there],
        [*ground.client("minh", "-s"), "sftp"],
        [*ground.client("minh", "-s"), "anything"],
    ):
        done = subprocess.run(words, input=b"get /etc/passwd\n", capture_output=True, timeout=PATIENCE)
        assert done.returncode != 0, words
        assert b"root:" not in done.stdout


@pytest.mark.parametrize("how", FORWARDINGS, ids=lambda how: how[0])
def test_no_line_leads_on_from_here(ground: Server, how: tuple[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [word.format(port=port, server=ground.port) for word in how]
    options = [*words, "-o", "ExitOnForwardFailure=yes", "-o", "ForwardX11Trusted=yes"]
    if how[0] not in ("-L", "-D"):
        done = ground.run("minh", "reports", options=options)
        assert b"SSH-" not in done.stdout
        assert done.returncode != 0 or how[0] == "-A"
        return
    with subprocess.Popen(ground.client("minh", "-N", *options), stderr=subprocess.DEVNULL) as client:
        got = _through(port, client, ground.port if how[0] == "-D" else None)
        client.terminate()
    assert b"SSH-" not in got


def _through(port: int, client: subprocess.Popen[bytes], socks_to: int | None) -> bytes:
    """What answers behind a forwarded port; nothing where the server lets nothing on."""

    def reach() -> socket.socket | None:
        try:
            return socket.create_connection(("127.0.0.1", port), 1)
        except OSError:
            return None

    reached = until(
        lambda: reach() or client.poll() is not None,
        what="the client neither listens nor leaves",
    )
    if not isinstance(reached, socket.socket):
        return b""
    with reached as through, contextlib.suppress(OSError):
        through.settimeout(5)
        if socks_to is not None:
            through.sendall(b"\x05\x01\x00")
            assert through.recv(2) == b"\x05\x00"
            through.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + socks_to.to_bytes(2, "big"))
        return through.recv(20) + through.recv(20)
    return b""


def test_the_screen_needs_a_terminal(ground: Server) -> None:
    done = ground.run("minh")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "needs a terminal" in done.stderr.decode()


def test_the_table_is_long_enough() -> None:
    attempts = [*SHELLS, *METACHARACTERS, *OPTIONS, *HOST_PATHS, *VERBS, *ENVIRONMENT, *FORWARDINGS]
    assert len(attempts) >= 100
