"""Converts documents in a child process that can harm nothing: limits on memory, time and files, an empty
environment, an empty folder, one pipe out."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from reports.converters import MOST_CHARACTERS, Converted, shown_name
from reports.encodings import encoding_named
from reports.errors import N_, LoadError, Term

MEMORY = 512 * 1024 * 1024
"""Bytes of address space that the child may have."""

CPU_SECONDS, WALL_SECONDS = 10, 15
OPEN_FILES = 32

LARGEST_ANSWER = 8 * MOST_CHARACTERS
"""Bytes beyond which the child has gone wrong; UTF-8 takes at most four for a character."""

_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from reports.isolation_child import main; main()"


def convert(data: bytes, name: str, encoding: str = "") -> Converted:
    """The document in `data`, the content of a file called `name`, as Markdown, read in a child process.

    `encoding` overrides what is assumed of old Vietnamese text. LoadError if the document is refused,
    damaged, too big, or takes more memory or time than the child has.
    """
    encoding_named(encoding)
    shown = shown_name(name)
    request = json.dumps({"name": name, "encoding": encoding}).encode("ascii")
    with _input(request + b"\n", data) as source, tempfile.TemporaryDirectory(prefix="reviewer-") as folder:
        child = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", "-c", _BOOT, *filter(os.path.isabs, sys.path)],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={},
            start_new_session=True,
        )
        try:
            answer = _answer(child, shown)
        finally:
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()
    return _opened(answer, child.returncode, shown)


@contextmanager
def _input(*parts: bytes) -> Iterator[IO[bytes]]:
    """An open file with `parts` in it that has no name on any disk where the system can do that."""
    in_memory = hasattr(os, "memfd_create")
    with os.fdopen(os.memfd_create("report"), "w+b") if in_memory else tempfile.TemporaryFile() as file:
        for part in parts:
            file.write(part)
        file.flush()
        file.seek(0)
        yield file


def _answer(child: subprocess.Popen[bytes], shown: str) -> bytes:
    """All that the child writes until it closes its pipe; LoadError when its time is up."""
    pipe = child.stdout
    if pipe is None:
        raise ValueError("the child has no pipe")
    poll = select.poll()
    poll.register(pipe, select.POLLIN | select.POLLHUP)
    deadline = time.monotonic() + WALL_SECONDS
    parts: list[bytes] = []
    size = 0
    while size <= LARGEST_ANSWER:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise _too_long(shown)
        part = os.read(pipe.fileno(), 1 << 20)
        if not part:
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    raise _too_big(shown)


def _opened(answer: bytes, code: int, shown: str) -> Converted:
    """The document in the child's answer, or the error that it tells, or that its end means."""
    head, _, body = answer.partition(b"\n")
    told = _told(head)
    if "error" in told:
        try:
            values = told["values"].items()
            terms = {k: Term(v["term"]) if isinstance(v, dict) else v for k, v in values}
            error = LoadError(told["error"], **terms)
        except (AttributeError, LookupError, TypeError, ValueError):
            raise _failed(shown, "no answer") from None
        raise error
    if told.get("size") == len(body) and "format" in told:
        return Converted(body.decode("utf-8", "replace"), str(told.get("encoding")), str(told["format"]))
    if code in (-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGALRM):
        raise _too_long(shown)
    if "memory" in told or code in (-signal.SIGABRT, -signal.SIGSEGV):
        raise _too_big(shown)
    raise _failed(shown, told.get("failure") or f"exit code {code}")


def _told(head: bytes) -> dict[str, Any]:
    """The first line of an answer, empty if it is none."""
    try:
        told = json.loads(head)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _too_long(shown: str) -> LoadError:
    return LoadError(
        N_("{name} takes longer than {seconds} seconds to read: split it, or import its text only."),
        name=shown,
        seconds=CPU_SECONDS,
    )


def _too_big(shown: str) -> LoadError:
    return LoadError(
        N_("{name} takes more than {size} MB of memory to read: split it, or import its text only."),
        name=shown,
        size=MEMORY // 2**20,
    )


def _failed(shown: str, reason: str) -> LoadError:
    return LoadError(
        N_("{name} cannot be read ({reason}): save it again in its own program, or as plain text."),
        name=shown,
        reason=reason,
    )
