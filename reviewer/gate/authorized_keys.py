"""The lines of `authorized_keys` that lead through the gate, and nowhere else."""

from __future__ import annotations

import base64
import binascii
import fcntl
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reports.errors import ReviewError
from reviewer.i18n import N_

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
"""What somebody with a key may be called: it stands in a command line that a shell starts."""

_TYPES = re.compile(
    r"ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)"
    r"|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com"
)
_SAFE_PATH = re.compile(r"/[A-Za-z0-9_./+-]+")
_LINE = re.compile(
    r'restrict,pty,command="(?P<python>\S+) -I -X utf8 -m reviewer\.gate --db (?P<database>\S+)'
    r' (?P<name>\S+)" (?P<type>\S+) (?P<blob>\S+)(?: .*)?'
)
_SHORTEST_RSA = 256


class KeyRefused(ReviewError):
    """Something that is no public key, or cannot be entered."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key: its type, and its bytes in base 64."""

    type: str
    blob: str

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` shows it."""
        digest = hashlib.sha256(base64.b64decode(self.blob)).digest()
        return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of ours: whose key it is."""

    name: str
    key: Key


def parse_key(text: str) -> Key:
    """The one public key in `text`, as `ssh-keygen` writes it, its comment left out. Raises KeyRefused."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != 1:
        raise KeyRefused(N_("Give one public key, a single line: the content of id_ed25519.pub."))
    kind, _space, rest = lines[0].partition(" ")
    blob = rest.split(" ")[0]
    if "PRIVATE" in text:
        raise KeyRefused(
            N_("This is a private key: it must never leave its owner. Give the one in the .pub file.")
        )
    if not _TYPES.fullmatch(kind):
        raise KeyRefused(N_("“{type}” is no kind of key that is taken. Use ssh-ed25519."), type=kind[:40])
    try:
        raw = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    length = int.from_bytes(raw[:4], "big")
    if raw[4 : 4 + length] != kind.encode() or len(raw) < 4 + length + 32:
        raise KeyRefused(N_("The key is not whole. Copy the line of the .pub file again."))
    if kind == "ssh-rsa" and len(raw) < _SHORTEST_RSA:
        raise KeyRefused(N_("This RSA key is too short to be safe. Make a new one: ssh-keygen -t ed25519."))
    return Key(kind, base64.b64encode(raw).decode())


def line(python: str, database: Path, name: str, key: Key) -> str:
    """The line that lets `key` in as `name`. Raises KeyRefused for what could mean more than it says."""
    if not NAME.fullmatch(name):
        raise KeyRefused(
            N_("“{name}” cannot be entered with a key. Use a to z, digits, point, hyphen: lan.nguyen."),
            name=name,
        )
    for path in (python, str(database)):
        if not _SAFE_PATH.fullmatch(path):
            raise KeyRefused(
                N_("The path {path} has characters that a shell might read. Move it to a plainer one."),
                path=path,
            )
    command = f"{python} -I -X utf8 -m reviewer.gate --db {database} {name}"
    return f'restrict,pty,command="{command}" {key.type} {key.blob} reviewer:{name}'


def entry_of(text: str) -> Entry | None:
    """Whose key a line lets in through the gate; None for any other line."""
    found = _LINE.fullmatch(text.strip())
    return Entry(found["name"], Key(found["type"], found["blob"])) if found else None


def entries(path: Path) -> list[Entry]:
    """Every key in the file at `path` that leads through the gate; none where there is no file."""
    return [entry for text in _lines(path) if (entry := entry_of(text)) is not None]


def refuse_known(path: Path, key: Key) -> None:
    """Raise KeyRefused where `key` is in the file already, for whomever."""
    _refuse_known(_lines(path), key)


def add(path: Path, new: str) -> None:
    """Put a line of ours behind the others; KeyRefused where its key is in the file already."""
    entry = entry_of(new)
    assert entry is not None

    def added(lines: list[str]) -> list[str]:
        _refuse_known(lines, entry.key)
        return [*lines, new]

    _rewrite(path, added)


def _refuse_known(lines: list[str], key: Key) -> None:
    for text in lines:
        if key.blob in text.split():
            known = entry_of(text)
            raise KeyRefused(
                N_("This key is entered already, for {name}. Everybody needs a key of their own."),
                name=known.name if known else "?",
            )


def remove(path: Path, wanted: str) -> list[Entry]:
    """Take out the keys of the person called `wanted`, or the one key with that fingerprint; those taken."""
    gone: list[Entry] = []

    def kept(lines: list[str]) -> list[str]:
        left = []
        for text in lines:
            entry = entry_of(text)
            if entry is not None and wanted in (entry.name, entry.key.fingerprint):
                gone.append(entry)
            else:
                left.append(text)
        return left

    _rewrite(path, kept)
    return gone


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise KeyRefused(
            N_("{path} cannot be read: {reason}."),
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


def _rewrite(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Give the file other lines, whole or not at all; two who do so at once take turns."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(path.parent):
            before = _lines(path)
            after = change(before)
            if after == before:
                return
            draft = path.with_name(f".{path.name}.{os.getpid()}.new")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.writelines(f"{text}\n" for text in after)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
    except OSError as error:
        raise KeyRefused(
            N_("{path} cannot be written: {reason}. Nothing was changed."), path=path, reason=error.strerror
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)
