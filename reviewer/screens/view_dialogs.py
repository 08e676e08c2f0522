"""The dialogs on saved views: a name for one, and the list of them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from reviewer.commands import bindings
from reviewer.i18n import _
from reviewer.screens.dialog import Dialog
from reviewer.widgets.fields import TextField
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, both_ends
from reviewer.widgets.rows import Rows
from reviewer.words import number

if TYPE_CHECKING:
    from annotations.models import Act, View

_HIGHEST = 16
"""Views in sight at once, at most."""


class NameDialog(Dialog[str | None]):
    """Asks for the name of a view; dismissed with it. `remark`: what is said of a name while it is typed."""

    PLACE = "naming"
    BINDINGS: ClassVar[list[BindingType]] = bindings("naming")

    def __init__(self, title: str, name: str, about: str, remark: Callable[[str], str]) -> None:
        super().__init__()
        self._title = title
        self._name_before = name
        self._about = about
        self._remark = remark

    def title_text(self) -> str:
        return self._title

    def compose_body(self) -> ComposeResult:
        yield TextField(self._name_before, placeholder=_("a name, as you would say it"), id="view-name")
        yield Static(id="remark", classes="said")
        yield Static(literal(self._about), classes="label")

    def on_mount(self) -> None:
        field = self.query_one(TextField)
        field.focus()
        field.select_all()
        self._say()

    def on_input_changed(self) -> None:
        self._say()

    def _say(self) -> None:
        self.query_one("#remark", Static).update(literal(self._remark(self.query_one(TextField).value)))

    def action_accept(self) -> None:
        name = self.query_one(TextField).value.strip()
        if name:
            self.dismiss(name)


class ViewsDialog(Dialog[int | None]):
    """The saved views; dismissed with the id of the one to show, 0 for the whole list. `counts`: how many
    each shows, by its id."""

    PLACE = "views"
    BINDINGS: ClassVar[list[BindingType]] = bindings("views")
    DEFAULT_CSS = """
    ViewsDialog Rows { margin: 0 1; }
    ViewsDialog #about { color: $quiet; padding: 0 2; height: 2; margin: 1 0 0 0; }
    """

    def __init__(self, counts: Mapping[int, int | None], current: int) -> None:
        super().__init__()
        self._counts = counts
        self._current = current
        self._views: Sequence[View] = ()

    def title_text(self) -> str:
        return _("Views of the issue list")

    def compose_body(self) -> ComposeResult:
        yield Rows(self._draw, id="views")
        yield Static(id="about")

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    @property
    def chosen(self) -> View | None:
        """The view under the cursor; None for the whole list."""
        at = self.rows.cursor - 1
        return self._views[at] if 0 <= at < len(self._views) else None

    def on_mount(self) -> None:
        self.reload()
        ids = [0, *(view.id for view in self._views)]
        self.rows.cursor = ids.index(self._current) if self._current in ids else 0
        self.rows.focus()
        self.follow_changes()

    def reload(self) -> None:
        self._views = self.store.views()
        self.rows.styles.height = min(len(self._views) + 1, _HIGHEST)
        self.rows.item_count = len(self._views) + 1
        self._tell()

    def acted_on(self, act: Act) -> View | None:
        return self.chosen

    def on_item_list_moved(self, message: ItemList.Moved) -> None:
        self._tell()

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        self.action_choose()

    def _tell(self) -> None:
        view = self.chosen
        self.query_one("#about", Static).update(literal(view.filter if view else ""))

    def _draw(self, item: int, width: int) -> list[Part]:
        if item == 0:
            return both_ends([(_("All"), "strong" if self._current == 0 else "")], self._count(0), width)
        view = self._views[item - 1]
        name: list[Part] = [(view.name, "strong" if view.id == self._current else "")]
        return both_ends(
            [*name, (said_beside(view, self.store.reviewer), "quiet")], self._count(view.id), width
        )

    def _count(self, view_id: int) -> list[Part]:
        count = self._counts.get(view_id)
        return [("" if count is None else f"{number(count)} ", "quiet")]

    def action_choose(self) -> None:
        view = self.chosen
        self.dismiss(view.id if view else 0)

    def action_rename(self) -> None:
        if view := self.chosen:
            self._ask_name(view)

    def _ask_name(self, view: View) -> None:
        def named(name: str | None) -> None:
            if name and self.act(lambda: self.store.edit_view(view.id, view.version, name=name)):
                self.reload()

        self.app.push_screen(
            NameDialog(_("Rename the view"), view.name, view.filter, lambda _name: ""), named
        )

    def action_share(self) -> None:
        view = self.chosen
        if view and self.act(lambda: self.store.share_view(view.id, view.version, not view.shared)):
            self.reload()

    def action_delete(self) -> None:
        view = self.chosen
        if view and self.act(lambda: self.store.delete_view(view.id, view.version)):
            self.app.notify(_("View “{name}” deleted. u brings it back.").format(name=view.name))
            self.reload()

    def action_move(self, step: int) -> None:
        """Put the view one place further; only among one's own."""
        view = self.chosen
        mine = [one.id for one in self._views if one.reviewer == self.store.reviewer]
        if view is None or view.id not in mine:
            return
        place = mine.index(view.id) + step
        if 0 <= place < len(mine) and self.act(
            lambda: self.store.edit_view(view.id, view.version, position=place)
        ):
            self.reload()
            self.rows.cursor = place + 1


def said_beside(view: View, reviewer: str) -> str:
    """What is said behind the name of a view: whose a shared one is."""
    if view.reviewer != reviewer:
        return f" · {view.reviewer}"
    return " · " + _("shared") if view.shared else ""
