"""The child process in which a document is converted; only `reports.isolation` starts it."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import NoReturn

from reports.errors import LoadError, Term
from reports.isolation import CPU_SECONDS, MEMORY, OPEN_FILES, WALL_SECONDS

DEEPEST_CALLS = 3_000
"""Python calls inside each other; the converters go down with the nesting of a document, which is capped."""


def main() -> NoReturn:
    """Read a request from standard input, write the answer to standard output, and end."""
    _limit()
    _leave_folder()
    sys.setrecursionlimit(DEEPEST_CALLS)
    sys.addaudithook(_refuse)
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    answer = _convert(source.read(), request["name"], request["encoding"])
    with os.fdopen(1, "wb") as out:
        for part in answer:
            out.write(part)
    os._exit(0)


def _convert(data: bytes, name: str, encoding: str) -> list[bytes]:
    """The answer: one line that tells what follows or what is wrong, then the Markdown."""
    from reports.converters import convert

    try:
        converted = convert(data, name, encoding)
        markdown = converted.markdown.encode("utf-8", "replace")
    except LoadError as error:
        values = {key: _plain(value) for key, value in error.values.items()}
        return [_line({"error": error.template, "values": values})]
    except MemoryError:
        return [_line({"memory": True})]
    except Exception as error:
        return [_line({"failure": f"{type(error).__name__} {_place(error)}"})]
    head = {"encoding": converted.encoding, "format": converted.format, "size": len(markdown)}
    return [_line(head), markdown]


def _line(told: dict[str, object]) -> bytes:
    return json.dumps(told).encode("ascii") + b"\n"


def _plain(value: object) -> object:
    """A message's value as JSON can carry it, words of the program told from those of the user."""
    if isinstance(value, Term):
        return {"term": str(value)}
    return value if isinstance(value, int) else str(value)


def _place(error: Exception) -> str:
    """Where in the converters `error` arose: module and line."""
    trace = error.__traceback__
    found = ""
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("reports."):
            found = f"{module.rpartition('.')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _limit() -> None:
    for kind, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WALL_SECONDS + 2)


def _leave_folder() -> None:
    """Remove the empty folder that this process stands in, so that no file can come to be there."""
    try:
        Path.cwd().rmdir()
    except OSError:
        os.chdir("/")


_REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "urllib.")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refuse(event: str, args: tuple[object, ...]) -> None:
    """Stop what would reach out of this process: a connection, another process, a file that is no code."""
    if event.startswith(_REFUSED):
        raise PermissionError(event)
    if event == "open" and not isinstance(args[0], int):
        path, flags = os.fsdecode(str(args[0])), args[2]
        writes = isinstance(flags, int) and flags & _WRITING
        if writes or not path.startswith((*sys.path, sys.base_prefix)):
            raise PermissionError(path)
