"""The program: a command where one is named, else the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_GLOBAL_VALUES = ("--db", "--lang")
_OF_THE_SCREEN = ("demo", "--no-mouse", "--compact")


def main(argv: Sequence[str] | None = None) -> int:
    """Run what `argv` (default: the process's arguments) asks for; the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if _wants_screen(words):
        from reviewer.launch import run

        return run(words)
    from reviewer.cli.run import run as run_command

    return run_command(words)


def _wants_screen(words: Sequence[str]) -> bool:
    """Whether no command is named but `demo`, so that argparse need not be loaded before the first paint."""
    rest = iter(words)
    for word in rest:
        if word in _GLOBAL_VALUES:
            next(rest, None)
        elif word in _OF_THE_SCREEN or word.startswith(tuple(f"{v}=" for v in _GLOBAL_VALUES)):
            continue
        else:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
