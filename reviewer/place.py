"""Where the database is, and who is at the keyboard."""

from __future__ import annotations

import os
from pathlib import Path


def database_path(named: str | None = None) -> Path:
    """The database: `named` (from `--db`), else `$REVIEWER_DB`, else in the user's data directory."""
    chosen = named or os.environ.get("REVIEWER_DB")
    if chosen:
        return Path(chosen).expanduser()
    return _data_directory() / "reviewer.db"


def demo_folder() -> Path:
    """Where `reviewer demo` makes its databases, apart from the user's own."""
    return _data_directory() / "demo"


def _data_directory() -> Path:
    from platformdirs import user_data_path

    return user_data_path("reviewer")


def account_name() -> str:
    """The operating-system account that runs this process; no environment variable can change it."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"
