"""What sshd starts for a key: `python -I -X utf8 -m reviewer.gate --db FILE NAME`, and nothing else."""

from __future__ import annotations

import os
import pwd
import resource
import sys
import syslog
from collections.abc import Sequence

from reports.errors import ReviewError
from reviewer import i18n, place
from reviewer.gate.allowed import SCREEN, words_of
from reviewer.gate.environment import session_environment
from reviewer.gate.screen import run_beside
from reviewer.i18n import N_

_FAULT = 70


def main(argv: Sequence[str] | None = None) -> int:
    """Let the person whose key this is do what they asked for; the exit code, 2 where it is refused."""
    words = list(sys.argv[1:] if argv is None else argv)
    if len(words) != 3 or words[0] != "--db":
        print("usage: python -I -X utf8 -m reviewer.gate --db FILE NAME", file=sys.stderr)
        return 2
    _option, database, name = words
    asked = os.environ.get("SSH_ORIGINAL_COMMAND", "")
    _settle()
    place.speak_for(name)
    i18n.set_language(i18n.preferred_language())
    try:
        words = words_of(asked) if asked else [SCREEN]
        return _screen(database, words[1:]) if words[0] == SCREEN else _command(database, words)
    except ReviewError as error:
        syslog.syslog(syslog.LOG_NOTICE, f"reviewer: {name} was refused: {asked[:200]!r}")
        print(f"reviewer: {i18n.explain(error)}", file=sys.stderr)
        return 2


def _settle() -> None:
    """Leave nothing of the client's in the environment, and nothing that the session makes to others."""
    home = pwd.getpwuid(os.getuid()).pw_dir
    made = session_environment(os.environ, home, _time_zone())
    os.environ.clear()
    os.environ.update(made)
    os.umask(0o077)
    os.chdir(home if os.access(home, os.X_OK) else "/")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _time_zone() -> str:
    try:
        with open("/etc/timezone", encoding="ascii") as file:  # noqa: PTH123
            return file.read(100).strip()
    except (OSError, ValueError):
        return ""


def _command(database: str, words: Sequence[str]) -> int:
    from reviewer.cli.run import run

    try:
        return run(["--db", database, *words])
    except SystemExit as left:
        return int(left.code or 0)
    except Exception as error:
        syslog.syslog(syslog.LOG_ERR, f"reviewer: fault in {words[0]}: {error!r}")
        print(i18n._("reviewer: a fault of the program; nothing was saved."), file=sys.stderr)
        return _FAULT


def _screen(database: str, options: Sequence[str]) -> int:
    if not (os.isatty(0) and os.isatty(1)):
        from reviewer.launch import NoTerminal

        raise NoTerminal(
            N_("The screen needs a terminal. Over SSH ask for one: `ssh -t`; or use a command: {command}."),
            command="reports",
        )
    from reviewer.settings import load_settings

    idle = load_settings().idle_minutes

    def session() -> int:
        from reviewer.launch import run

        return run(["--db", database, *options])

    ended = i18n._("The session ended, as nothing was typed for long. Everything is saved; log in again.")
    return run_beside(session, idle, ended)


if __name__ == "__main__":
    sys.exit(main())
