"""From the terminal's bytes to Textual's messages, whatever the bytes are."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator

from textual import events
from textual._parser import ParseError
from textual._time import get_time
from textual._xterm_parser import XTermParser, _re_mouse_event, _re_terminal_mode_response
from textual.keys import Keys
from textual.message import Message

_X10_MOUSE = re.compile(rb"\x1b\[M(...)", re.DOTALL)
_PART_OF_X10_MOUSE = re.compile(rb"\x1b\[M.{0,2}\Z", re.DOTALL)
_BEGUN = re.compile(rb"\x1b\[?\Z")
_PASTE_START, _PASTE_END = b"\x1b[200~", b"\x1b[201~"
# Replies to queries that nobody here sent: operating system commands and device control strings.
_STRING = re.compile(rb"\x1b(?:\][0-9]+;[^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\)")
_KNOWN_MODE = re.compile(rb"\x1b\[\?([0-9]+);[12]\$y")
_CONTROL_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


class GuardedParser(XTermParser):
    """Textual's parser, which neither fails on a sequence it cannot read nor types it out as keys.

    A control sequence nobody knows is dropped: its digits would put tags on passages.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, ArithmeticError):
            keys = []
        if not keys and _is_unknown(sequence):
            keys = [events.Key(Keys.Ignore, sequence)]
        return keys


class Keyboard:
    """Decodes bytes as they come in. Bytes that are no UTF-8 come out as U+FFFD.

    `modes`: private modes that the terminal has said it knows.
    """

    def __init__(self) -> None:
        self.modes: set[int] = set()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = GuardedParser()
        self._held = b""
        self._begun = b""
        self._pasting = False

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that `data` completes."""
        data, self._held = self._held + data, b""
        self.modes.update(int(number[:6]) for number in _KNOWN_MODE.findall(data))
        data = self._with_new_mouse_reports(_STRING.sub(b"", data))
        yield from self._parse(self._decode(data))

    def _with_new_mouse_reports(self, data: bytes) -> bytes:
        """Mouse reports of the old kind, which Textual cannot read, in the new one; a cut one waits."""
        was_pasting = self._pasting
        start, end = data.rfind(_PASTE_START), data.rfind(_PASTE_END)
        self._pasting = start > end or (was_pasting and end < 0)
        if was_pasting or self._pasting:
            return data
        begun = len(self._begun)
        data = _X10_MOUSE.sub(_sgr_mouse, self._begun + data)
        part = _PART_OF_X10_MOUSE.search(data)
        end = max(begun, part.start()) if part else len(data)
        match = _BEGUN.search(data[:end])
        self._begun = match[0] if match else b""
        self._held = data[end:]
        return data[begun:end]

    def tick(self) -> Iterator[Message]:
        """The messages that come of waiting: a lone escape byte is the Escape key by now."""
        yield from self._guarded(self._parser.tick())

    def patience(self) -> float | None:
        """Seconds until `tick` may have something to say; None: not before more bytes come."""
        until = self._parser._timeout_time
        return None if until is None else max(0.0, until - get_time())

    def _parse(self, text: str) -> Iterator[Message]:
        if text:
            yield from self._guarded(self._parser.feed(text))

    def _guarded(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            yield from messages
        except (ValueError, ArithmeticError, LookupError, TypeError, StopIteration, ParseError):
            self._parser = GuardedParser()


def _is_unknown(sequence: str) -> bool:
    return (
        _CONTROL_SEQUENCE.fullmatch(sequence) is not None
        and sequence != "\x1b[M"
        and _re_mouse_event.match(sequence) is None
        and _re_terminal_mode_response.match(sequence) is None
    )


def _sgr_mouse(report: re.Match[bytes]) -> bytes:
    """A mouse report of the old kind in the new one; Textual cannot read the old ones."""
    code, x, y = (max(0, byte - 32) for byte in report[1])
    released = code & 3 == 3 and not code & 96
    return b"\x1b[<%d;%d;%d%c" % (code & ~3 if released else code, x, y, b"m" if released else b"M")
