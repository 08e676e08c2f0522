"""A drop folder: which of its files are complete, what is in them, and where they go afterwards."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reports.clean import one_line
from reports.errors import N_, ReviewError
from reports.load import LARGEST_FILE
from reviewer.i18n import _

LOOKS = 3
"""Looks at a file that must see the same before it is complete."""

EMPTY_LOOKS = 60
"""Looks after which a file that stays empty is complete: whoever made it may still be about to fill it."""

DONE, REFUSED = "done", "refused"
"""Folders in the drop folder for what came in and what did not."""

REASON = ".reason.txt"
"""What the file that says why another was refused has behind that one's name."""

_LONGEST_NAME = 255 - len(REASON) - len("-9999")
_UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download", ".swp")


class FolderRefused(ReviewError):
    """A folder that cannot be watched."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A file as a look saw it; one that is written to or put in its place looks otherwise. `size`: bytes."""

    device: int
    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, found: os.stat_result) -> Sight:
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A complete file of the drop folder and what it holds."""

    name: str
    data: bytes
    sight: Sight


class DropFolder:
    """The folder at `path`, held so that nobody else watches it. Raises FolderRefused.

    `leave`: what came in stays where it is instead of going to `done`. Everything in it is reached through
    the folders as they were opened: whoever may write there may put links in their place.
    """

    def __init__(self, path: Path, *, leave: bool = False) -> None:
        self._path = path
        self._seen: dict[tuple[int, int], tuple[Sight, int]] = {}
        self._over: set[Sight] = set()
        self._folders: dict[str, int] = {}
        try:
            self._folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise _cannot(path, error) from None
        try:
            _hold(self._folder, path)
            for name in (REFUSED,) if leave else (REFUSED, DONE):
                self._folders[name] = _inner(self._folder, name)
        except OSError as error:
            self.close()
            raise _cannot(path, error) from None
        except FolderRefused:
            self.close()
            raise

    def close(self) -> None:
        """Let others watch the folder."""
        for fd in (*self._folders.values(), self._folder):
            os.close(fd)

    def __enter__(self) -> DropFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def look(self) -> list[str]:
        """Look once; names of the files that were the same often enough. FolderRefused if the folder is gone
        or another one.

        A file is known by its inode: one that was complete under another name is complete when it gets this.
        """
        self._refuse_another()
        seen: dict[tuple[int, int], tuple[Sight, int]] = {}
        complete = []
        for name, sight in self._files():
            key = (sight.device, sight.inode)
            before, times = self._seen.get(key, (sight, 0))
            times = times + 1 if before == sight else 1
            seen[key] = (sight, times)
            if times >= (LOOKS if sight.size else EMPTY_LOOKS) and not _is_unfinished(name):
                complete.append(name)
        self._seen = seen
        self._over = {sight for sight in self._over if (sight.device, sight.inode) in seen}
        return [name for name in sorted(complete) if self._sight(name) not in self._over]

    def read(self, name: str) -> Dropped | None:
        """What a complete file holds; None if it is not complete after all, or no longer there. OSError
        where it may not be read.

        Links are not followed: what they lead to was not put here.
        """
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            fd = os.open(name, flags, dir_fd=self._folder)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ELOOP):
                return None
            raise
        with os.fdopen(fd, "rb") as file:
            sight = Sight.of(os.fstat(fd))
            if self._seen.get((sight.device, sight.inode), (None, 0))[0] != sight or _is_written(fd):
                return None
            data = file.read(LARGEST_FILE + 1)
            return Dropped(name, data, sight) if Sight.of(os.fstat(fd)) == sight else None

    def finish(self, dropped: Dropped) -> None:
        """Put a file that came in, or was there, out of the way."""
        if DONE in self._folders and self._sight(dropped.name) == dropped.sight:
            self._move(dropped.name, DONE, _free(self._folders[DONE], dropped.name, self._path))
        self._over.add(dropped.sight)

    def pass_over(self, name: str) -> None:
        """Look at a file no more unless it changes."""
        sight = self._sight(name)
        if sight is not None:
            self._over.add(sight)

    def refuse(self, dropped: Dropped, reason: str) -> None:
        """Put a file that did not come in aside, and why beside it; the reason is there first."""
        if self._sight(dropped.name) != dropped.sight:
            return
        folder = self._folders[REFUSED]
        target = _free(folder, dropped.name, self._path)
        said = _("{reason}\n\nTo try it again, put it back into {folder}.\n").format(
            reason=reason, folder=one_line(str(self._path))
        )
        sha256 = hashlib.sha256(dropped.data).hexdigest()
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        _write(folder, target + REASON, f"{said}\n{at}\nsha256 {sha256}\n")
        self._move(dropped.name, REFUSED, target)
        self._over.add(dropped.sight)

    def undecided(self) -> bool:
        """Whether there are files that may become complete by looking again."""
        return any(sight not in self._over and sight.size for sight, _times in self._seen.values())

    def _refuse_another(self) -> None:
        """Raise FolderRefused where the path leads to another folder than the one that is held."""
        try:
            if os.path.samestat(self._path.stat(), os.fstat(self._folder)):
                return
        except OSError as error:
            raise _cannot(self._path, error) from None
        raise FolderRefused(
            N_("The folder {path} is another one than before. Start anew."), path=one_line(str(self._path))
        )

    def _files(self) -> Iterator[tuple[str, Sight]]:
        """The regular files in the folder itself; hidden ones and reasons for refusals are left out."""
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "~$")) or entry.name.endswith(REASON):
                        continue
                    with contextlib.suppress(FileNotFoundError):
                        found = entry.stat(follow_symlinks=False)
                        if stat.S_ISREG(found.st_mode):
                            yield entry.name, Sight.of(found)
        except OSError as error:
            raise _cannot(self._path, error) from None

    def _sight(self, name: str) -> Sight | None:
        try:
            return Sight.of(os.stat(name, dir_fd=self._folder, follow_symlinks=False))
        except FileNotFoundError:
            return None

    def _move(self, name: str, folder: str, target: str) -> None:
        """Move a file to a name that nothing has, and bring that to the disk."""
        os.rename(name, target, src_dir_fd=self._folder, dst_dir_fd=self._folders[folder])
        os.fsync(self._folders[folder])


def _inner(folder: int, name: str) -> int:
    """The folder `name` in another, made if need be; OSError where something else goes by that name."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(name, 0o770, dir_fd=folder)
    fd = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    if not os.access(".", os.W_OK | os.X_OK, dir_fd=fd) or not os.access(".", os.W_OK, dir_fd=folder):
        os.close(fd)
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return fd


def _cannot(path: Path, error: OSError) -> FolderRefused:
    return FolderRefused(
        N_("The folder {path} cannot be watched: {reason}."),
        path=one_line(str(path)),
        reason=error.strerror or error,
    )


def _hold(fd: int, path: Path) -> None:
    """Lock the folder for as long as this process lives."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FolderRefused(
            N_("The folder {path} is being watched already. One watcher is enough."), path=one_line(str(path))
        ) from None


def _is_unfinished(name: str) -> bool:
    """Whether a file is called as programs call what they have not finished."""
    return name.lower().endswith(_UNFINISHED) or name.endswith("~")


def _is_written(fd: int) -> bool:
    """Whether a process of this computer has the file open for writing; False where that cannot be told."""
    try:
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    except AttributeError:
        return False
    fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _free(folder: int, name: str, path: Path) -> str:
    """A name that nothing in `folder` has: `name`, shortened or numbered if it must be."""
    stem, ending = os.path.splitext(name)  # noqa: PTH122
    room = _LONGEST_NAME - len(os.fsencode(ending))
    if room < 1:
        stem, ending, room = name, "", _LONGEST_NAME
    stem = os.fsdecode(os.fsencode(stem)[:room])
    for number in range(1, 10_000):
        tried = f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}"
        try:
            os.stat(tried, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            return tried
    raise FolderRefused(N_("{path} is full of files of one name. Clear it."), path=one_line(str(path)))


def _write(folder: int, name: str, text: str) -> None:
    """Write a new file, in place of one of that name if there is any, and bring it to the disk."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)
    fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660, dir_fd=folder)
    with os.fdopen(fd, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
        file.flush()
        os.fsync(fd)
