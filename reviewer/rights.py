"""What a reviewer's role lets them do: no command runs whose act they may not do, and they are told why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.dom import DOMNode
from textual.message import Message

from annotations.errors import NotAdmitted
from annotations.models import Act
from reports.errors import ReviewError
from reviewer.commands import command_of_action
from reviewer.i18n import explain
from reviewer.screens.base import ReviewerScreen
from reviewer.terminal import strips

if TYPE_CHECKING:
    from textual.app import App

    from annotations.models import Agency, Change, Tag
    from annotations.store import Store

    _Base = App[Any]
else:
    _Base = object


class Rights(_Base):
    """A mixin, put before `App`: every action passes here, from a key, a click or the palette."""

    store: Store
    refuse: Callable[[ReviewError], None]
    publish: Callable[[Change], None]

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except ReviewError as error:
            self.refused(error)

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, ReviewError):
            self.refused(error)
        else:
            super()._handle_exception(error)

    def refused(self, error: ReviewError) -> None:
        """Say what the record refused where nobody waits for an answer; leave it where the reviewer may no
        longer use it."""
        if isinstance(error, NotAdmitted):
            if not self._exit:
                self.exit(return_code=2, message=Text(strips.inert_lines(f"reviewer: {explain(error)}")))
        else:
            self.refuse(error)

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action, or say why the reviewer may not do what it does."""
        if isinstance(action, str) and self._is_refused(action, default_namespace):
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def _is_refused(self, action: str, node: DOMNode | None) -> bool:
        screen = self.screen if node is None or node is self else node.screen
        if not isinstance(screen, ReviewerScreen):
            return False
        one = command_of_action(screen.PLACE, action)
        why = None if one is None or one.needs is None else screen.refusal(one.needs)
        if why is None:
            return False
        said = explain(why)
        if all(notice.message != said for notice in self._notifications):
            self.notify(said)
        return True

    @property
    def create_tag(self) -> Callable[[str], Tag | None] | None:
        """Makes a new tag of a name in the codebook; it gives None, and shows the reason, if it was refused.
        None where the reviewer may not."""
        return self._create_tag if self.store.may(Act.CREATE_TAG) else None

    @property
    def create_agency(self) -> Callable[[str], Agency | None] | None:
        """Makes a new agency of a name in the directory, as `create_tag` does a tag."""
        return self._create_agency if self.store.may(Act.CREATE_AGENCY) else None

    def _create_tag(self, name: str) -> Tag | None:
        made = self._done(lambda: self.store.create_tag(name))
        return next((tag for tag in self.store.tags() if tag.id == made), None)

    def _create_agency(self, name: str) -> Agency | None:
        made = self._done(lambda: self.store.create_agency(name))
        return next((agency for agency in self.store.agencies() if agency.id == made), None)

    def _done(self, act: Callable[[], Change]) -> int | None:
        """Id of what `act` made; None, and the reason shown, if it was refused."""
        try:
            change = act()
        except ReviewError as error:
            self.refuse(error)
            return None
        self.publish(change)
        return change.items[0].item_id

    def show_rights(self, change: Change) -> None:
        """Show what the reviewer may do from now on, where `change` is about people."""
        if any(item.kind == "person" for item in change.items):
            for screen in self.screen_stack:
                if isinstance(screen, ReviewerScreen):
                    screen.show_rights()
