"""Where the database is, and who is at the keyboard."""

from __future__ import annotations

import os
from pathlib import Path

from reports.errors import N_, ReviewError

_spoken_for: str | None = None


class HostFile(ReviewError):
    """A guest's session was to read or write a file of the host."""


def database_path(named: str | None = None) -> Path:
    """The database: `named` (from `--db`), else `$REVIEWER_DB`, else in the user's data directory."""
    chosen = named or os.environ.get("REVIEWER_DB")
    if chosen:
        return Path(chosen).expanduser()
    return _data_directory() / "reviewer.db"


def demo_folder() -> Path:
    """Where `reviewer demo` makes its databases, apart from the user's own."""
    return _data_directory() / "demo"


def home_folder() -> Path:
    """The home of the account that runs this process, whatever `$HOME` says."""
    import pwd

    return Path(pwd.getpwuid(os.getuid()).pw_dir)


def _data_directory() -> Path:
    from platformdirs import user_data_path

    return user_data_path("reviewer")


def speak_for(name: str) -> None:
    """From now on this process acts for `name`, whose key sshd has proved, and names no file of the host."""
    global _spoken_for
    _spoken_for = name


def is_guest() -> bool:
    """Whether this session came through the gate: its user owns no files here, and may name none."""
    return _spoken_for is not None


def refuse_guest_files() -> None:
    """Raise HostFile where this session may name no file: before any is looked for, read or written."""
    if is_guest():
        raise HostFile(
            N_(
                "No file of the host can be named in this session. From your own computer:"
                " ssh HOST export --format xlsx > issues.xlsx, ssh HOST import --name a.docx < a.docx"
            )
        )


def account_name() -> str:
    """Who acts: the operating-system account that runs this process, or whoever the gate let in.

    No environment variable can change it.
    """
    if _spoken_for is not None:
        return _spoken_for
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"
