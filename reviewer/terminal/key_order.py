"""Keys and clicks that arrive in one burst act in the order in which they were made.

Textual hands a key to whatever has the focus when it arrives. A key that opens a field or a dialog does so a
few messages later, so that the keys behind it, typed fast or brought in one piece by a slow line, still reach
the screen below. Here each waits until what the one before it set off is done.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump

    _Base = App[Any]
else:
    _Base = object

PATIENCE = 2.0
"""Seconds a key waits at most for the one before it."""
_MOVES = (events.MouseMove, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
"""What comes in floods, and opens nothing that would take the next one."""
_ROUNDS = 3
"""A dialog is mounted in the first, asks for the focus in the second, has it after the third."""


class OrderedKeys(_Base):
    """A mixin, put before `App`: keys, clicks and pasted text are handed on one at a time."""

    _typed: deque[events.Event]
    _handing_on: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if self._handing_on is None or self._handing_on.done():
            self._typed = deque()
            self._handing_on = asyncio.create_task(self._hand_on())
        self._typed.append(event)

    async def _hand_on(self) -> None:
        while self._typed:
            event = self._typed.popleft()
            await super().on_event(event)
            for _round in range(0 if isinstance(event, _MOVES) else _ROUNDS):
                for node in self._concerned():
                    await _caught_up(node)

    def _concerned(self) -> list[MessagePump]:
        """What handles a key now, the innermost first, the program itself last."""
        nodes: list[MessagePump] = []
        node: MessagePump | None = self.focused or self.screen
        while node is not None:
            nodes.append(node)
            node = node._parent
        return nodes if self in nodes else [*nodes, self]


async def _caught_up(node: MessagePump) -> None:
    """Wait until `node` has dealt with every message it has now."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        try:
            await asyncio.wait_for(done.wait(), PATIENCE)
        except TimeoutError:
            return
