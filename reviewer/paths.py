"""Paths as people type them into a field: `~`, quotes, several at once, patterns, and what Tab fills in."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from reviewer.place import is_guest, refuse_guest_files


def read_paths(text: str) -> list[Path]:
    """The paths that `text` names: all of it if there is such a file, else word by word as a shell reads
    them. Patterns such as `*.md` stand for what they find."""
    refuse_guest_files()
    whole = Path(text.strip()).expanduser()
    if text.strip() and whole.exists():
        return [whole]
    try:
        words = shlex.split(text)
    except ValueError:
        words = [text.strip()]
    found: list[Path] = []
    for word in words:
        path = Path(word).expanduser()
        matches = sorted(_expand(path)) if any(sign in word for sign in "*?[") else []
        found += matches or [path]
    return found


def _expand(path: Path) -> list[Path]:
    if path.exists():
        return [path]
    root = Path(path.anchor) if path.is_absolute() else Path()
    return list(root.glob(str(path.relative_to(root))))


def complete_path(text: str) -> tuple[str, list[str]]:
    """`text` with its last path filled in as far as it can only go on one way, and the names that it can go
    on with."""
    if is_guest():
        return text, []
    before, last = _last_path(text)
    folder, _slash, start = last.rpartition("/")
    place = Path(f"{folder}/" if _slash else ".").expanduser()
    names = _names(place, start)
    if not names:
        return text, []
    grown = os.path.commonprefix(names)  # noqa: RUF071
    filled = f"{folder}{_slash}{grown}"
    done = len(names) == 1 and not grown.endswith("/")
    written = filled if not before and not text.startswith(("'", '"')) else _quoted(filled)
    return f"{before}{written}" + (" " if done and before else ""), names


def _last_path(text: str) -> tuple[str, str]:
    """What stands before the path that is being typed, and that path without quotes. A text that begins the
    name of something with spaces in it is one path."""
    folder, slash, start = text.rpartition("/")
    if " " in text and _names(Path(f"{folder}/" if slash else ".").expanduser(), start):
        return "", text
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words = []
    try:
        words = list(lexer)
    except ValueError:
        cut = max(text.rfind("'"), text.rfind('"'))
        return text[:cut], text[cut + 1 :]
    if not words or text.endswith(" "):
        return text, ""
    last = words[-1]
    for at in (len(text) - len(last), len(text) - len(last) - 2, len(text) - len(_quoted(last))):
        if at >= 0 and text[at:].strip("'\"") == last:
            return text[:at], last
    return text[: text.rfind(" ") + 1], last


def _quoted(path: str) -> str:
    if path.startswith("~"):
        home, slash, rest = path.partition("/")
        return f"{home}{slash}{shlex.quote(rest)}" if rest else path
    return shlex.quote(path)


def _names(folder: Path, start: str) -> list[str]:
    """The entries of `folder` that begin with `start`, folders with a slash behind."""
    try:
        with os.scandir(folder) as entries:
            found = [
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if entry.name.startswith(start) and (start or not entry.name.startswith("."))
            ]
    except OSError:
        return []
    return sorted(found)
