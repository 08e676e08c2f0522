"""An export under its final name: whole, or not at all."""

from __future__ import annotations

import json
import os
import secrets
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

from annotations.errors import ExportError
from annotations.export.formats import format_of, write
from annotations.export.options import ExportContext
from annotations.issue_rows import COLUMNS, IssueRow
from reports.errors import N_

_BUFFER = 1 << 18


def export_to_file(
    path: Path,
    format: str,  # noqa: A002
    rows: Iterable[IssueRow],
    *,
    overwrite: bool = False,
    about: bool = False,
    context: ExportContext | None = None,
    **options: Any,
) -> None:
    """Write `rows` to `path`: first under another name beside it, then synced and renamed.

    `overwrite`: replace a file that is there. `about`: put a `NAME.about.json` beside it that says which
    filter made it. The other options are those of `write`. ExportError where the file is there already or
    cannot be written; a file that was there is whole then.
    """
    context = context or ExportContext()
    made = format_of(format)
    path = Path(os.path.realpath(path)) if path.is_symlink() else path
    _replace(path, overwrite, lambda out: write(made.name, rows, out, context=context, **options))
    if about:
        said = {
            "file": path.name,
            "format": made.name,
            "filter": context.filter,
            "count": context.count,
            "at": context.at,
            "anchor": context.anchor,
            "reviewer": context.reviewer,
            "columns": list(options.get("columns", COLUMNS)),
        }
        text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
        _replace(about_path(path), overwrite, lambda out: _put(out, text))


def about_path(path: Path) -> Path:
    """Where what an export says about itself is put: beside it."""
    return path.with_name(path.name + ".about.json")


def _put(out: BinaryIO, text: str) -> None:
    out.write(text.encode("utf-8", "replace"))


def _replace(path: Path, overwrite: bool, fill: Callable[[BinaryIO], None]) -> None:
    if _is_special(path):
        with _told(path), path.open("wb", buffering=_BUFFER) as out:
            fill(out)
        return
    if not overwrite and path.exists():
        raise _exists(path)
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with _told(path):
            _write_synced(temporary, fill)
            _put_in_place(temporary, path, overwrite)
    finally:
        temporary.unlink(missing_ok=True)


def _write_synced(temporary: Path, fill: Callable[[BinaryIO], None]) -> None:
    with temporary.open("xb", buffering=_BUFFER) as out:
        fill(out)
        out.flush()
        os.fsync(out.fileno())


def _put_in_place(temporary: Path, path: Path, overwrite: bool) -> None:
    if overwrite:
        temporary.replace(path)
    else:
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            raise _exists(path) from None
        except OSError:
            temporary.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class _told:  # noqa: N801
    """Turns what the file system refuses into ExportError with what to do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            template = _REASONS.get(type(error), _OTHER)
            raise ExportError(template, path=self._path, reason=error.strerror or str(error)) from error


_OTHER = N_("{path} was not written: {reason}. What stood there is unchanged; choose another place.")
_REASONS: dict[type, str] = {
    FileNotFoundError: N_(
        "{path} was not written: its folder does not exist. Make the folder, or choose another."
    ),
    IsADirectoryError: N_("{path} is a folder. Name a file in it."),
    PermissionError: N_("{path} was not written: this account may not write there. Choose another place."),
}


def _exists(path: Path) -> ExportError:
    return ExportError(
        N_("{path} is there already. Replace it with --force, or choose another name."), path=path
    )


def _is_special(path: Path) -> bool:
    """Whether `path` is a pipe or device, which is written to and never replaced."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
