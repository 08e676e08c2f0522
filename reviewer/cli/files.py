"""Files that commands read and write, each failure one sentence."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from reports.errors import N_, ReviewError


class FileRefused(ReviewError):
    """A file that cannot be read or written."""


def read_bytes(path: Path) -> bytes:
    """What `path` holds; raises FileRefused."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(
            N_("{path} cannot be read: {reason}."), path=path, reason=error.strerror or error
        ) from error


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write `text` whole or not at all: a temporary name, synced, renamed. Raises FileRefused."""
    if path.exists() and not overwrite:
        raise FileRefused(
            N_("{path} exists already. Choose another name, or --force to replace it."), path=path
        )
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise FileRefused(
            N_("{path} cannot be written: {reason}. Nothing was changed."),
            path=path,
            reason=error.strerror or error,
        ) from error
