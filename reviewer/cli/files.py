"""Files that commands read and write, each failure one sentence."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from annotations.backup import publish
from reports.errors import N_, ReviewError
from reviewer.place import refuse_guest_files


class FileRefused(ReviewError):
    """A file that cannot be read or written."""


def read_bytes(path: Path) -> bytes:
    """What `path` holds; raises FileRefused, and HostFile where a guest asks."""
    refuse_guest_files()
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
    _write(path, text.encode(), lambda draft: draft.replace(path))


def write_new(path: Path, data: bytes) -> None:
    """Write `data` to a file that is not there yet, whole or not at all. Raises FileRefused, StoreError."""
    _write(path, data, lambda draft: publish(draft, path))


def _write(path: Path, data: bytes, name: Callable[[Path], object]) -> None:
    """Write `data` under a temporary name beside `path`, bring it to the disk, then give it its name. Raises
    HostFile where a guest asks."""
    refuse_guest_files()
    draft = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            draft = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        name(draft)
    except OSError as error:
        raise FileRefused(
            N_("{path} cannot be written: {reason}. Nothing was changed."),
            path=path,
            reason=error.strerror or error,
        ) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
