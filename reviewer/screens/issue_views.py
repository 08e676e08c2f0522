"""Saved views as tabs over the issue list, and its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from annotations.models import Act, Annotation, Comment, View
from reports.errors import N_, ReviewError
from reviewer.commands import command, key_name, keys_of
from reviewer.i18n import _
from reviewer.screens.issue_columns import SORT_OF, column_of_group, resized
from reviewer.screens.issue_listing import Asked
from reviewer.screens.issue_narrowing import IssueNarrowing
from reviewer.screens.view_dialogs import said_beside
from reviewer.viewing import Memory, Shown, fields_of, read_memory, shown_by, write_memory
from reviewer.widgets.heading_line import HeadingLine
from reviewer.widgets.tab_line import Tab, TabLine
from reviewer.words import number

if TYPE_CHECKING:
    from reviewer.viewing import Columns

ALL = 0
"""The tab of the whole list; the others are called by the id of their view."""
MEMORY = "issues-shown"
_REST = 2.0
"""Seconds without a move until the row under the cursor is remembered."""
_VIEW_ACTS = (Act.SHARE_VIEW, Act.DELETE_VIEW)


class NotUnderstood(ReviewError):
    """A view was to be saved while its filter cannot be understood."""


class IssueViews(IssueNarrowing):
    """`tab`: the current one. What differs from what is saved is kept per tab, over the end of the program
    too, until it is saved or dropped. `wished_row`: the annotation that the cursor goes to once it is listed.
    `row_noted`: the one under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.tab = ALL
        self.wished_row: int | None = None
        self.row_noted: int | None = None
        self._drafts: dict[int, Shown] = {}
        self._tab_rows: dict[int, int | None] = {}
        self._views: tuple[View, ...] = ()
        self._view_counts: Mapping[int, int | None] = {}
        self._every: int | None = None
        self._resting: Timer | None = None
        self._written = ""

    def begin(self) -> None:
        """Show what was shown last, or what the list was opened for."""
        self._views = self.store.views()
        self._written = self.store.recall(MEMORY) or ""
        memory = read_memory(self._written)
        self._drafts = dict(memory.tabs)
        if self.first_filter is not None:
            self._display(replace(self._drafts.get(ALL, Shown()), filter=self.first_filter))
            return
        if memory.tab == ALL or self.view(memory.tab) is not None:
            self.tab = memory.tab
        elif memory.tab in self._drafts:
            self._drafts[ALL] = self._drafts.pop(memory.tab)
        self.wished_row = memory.row
        self._display(self._kept(self.tab))

    def view(self, view_id: int) -> View | None:
        """The saved view of that id, if there still is one."""
        return next((view for view in self._views if view.id == view_id), None)

    @property
    def current_view(self) -> View | None:
        """The view of the current tab; None for the whole list."""
        return self.view(self.tab)

    @property
    def saved_filter(self) -> str:
        """The filter that is saved for the current tab."""
        return self._saved(self.tab).filter

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return Shown(self.line.good, self.asked.arrangement, self.rows.chosen)

    def acted_on(self, act: Act) -> Annotation | Comment | View | None:
        if act is Act.SAVE_VIEW:
            return None
        return self.current_view if act in _VIEW_ACTS else super().acted_on(act)

    def _saved(self, tab: int) -> Shown:
        view = self.view(tab)
        return shown_by(view) if view else Shown()

    def _kept(self, tab: int) -> Shown:
        return self._drafts.get(tab) or self._saved(tab)

    def _differs(self, tab: int) -> bool:
        """Whether a tab shows something else than is saved; for the whole list, whether it is narrowed."""
        shown = self.shown if tab == self.tab else self._kept(tab)
        return bool(shown.filter) if tab == ALL else not shown.same(self._saved(tab))

    def _display(self, shown: Shown) -> None:
        self.line.show(shown.filter)
        self.rows.show_columns(shown.columns)
        self.ask(Asked(self.line.wanted, shown.arrangement))
        self.show_tabs()

    def _keep(self) -> None:
        """Keep what the current tab shows as long as it is not saved."""
        shown = self.shown
        if shown.same(self._saved(self.tab)):
            self._drafts.pop(self.tab, None)
        else:
            self._drafts[self.tab] = shown

    def go_to_tab(self, tab: int) -> None:
        """Show another tab as it was left, its cursor where it was."""
        if tab == self.tab or (tab != ALL and self.view(tab) is None):
            return
        self._keep()
        self._tab_rows[self.tab] = self.rows.pages.id_at(self.rows.cursor)
        self.tab = tab
        self.wished_row = self._tab_rows.get(tab)
        self._display(self._kept(tab))
        self._remember()

    def show_tabs(self) -> None:
        """Show the tabs as they are now; none where nothing was saved."""
        self.set_class(bool(self._views), "views")
        if not self._views:
            return
        every = "…" if self._every is None else number(self._every)
        tabs = [Tab(_("All"), every, changed=self._differs(ALL))]
        me = self.store.reviewer
        for view in self._views:
            count, beside = self._counted(view.id)
            beside = " ".join(said for said in (said_beside(view, me).strip(), beside) if said)
            tabs.append(Tab(view.name, count, beside, self._differs(view.id)))
        ids = [ALL, *(view.id for view in self._views)]
        self.query_one(TabLine).show_tabs(tabs, ids.index(self.tab) if self.tab in ids else 0)

    def texts_to_count(self) -> dict[int, str]:
        """The filters that tabs need counts of, by the id of the view; those of changed tabs, other than the
        current one, by its negative."""
        texts = {view.id: view.filter for view in self._views}
        others = {tab: kept for tab, kept in self._drafts.items() if tab in texts and tab != self.tab}
        return texts | {-tab: kept.filter for tab, kept in others.items()}

    def _counted(self, tab: int) -> tuple[str, str]:
        """How many a tab of a view shows; and how many the saved view does, where that is another number."""
        counts: dict[int, str] = {of: self._said(count) for of, count in self._view_counts.items()}
        saved = counts.get(tab, "…")
        if not self._differs(tab):
            return saved, ""
        shown = self.count_shown() if tab == self.tab else counts.get(-tab, "…")
        return shown, "" if shown == saved else _("· saved: {count}").format(count=saved)

    def count_shown(self) -> str:
        """How many the list shows."""
        raise NotImplementedError

    def save_offer(self) -> str:
        """Which keys keep or drop what is shown, where it is not saved and nothing is being typed; else
        empty."""
        keys = keys_of(command("issues.save_view"), self.home.settings.keys)
        if not keys or self.line.field.has_focus or self.line.is_wrong or not self._differs(self.tab):
            return ""
        view = self.current_view
        save = key_name(keys[0])
        if view is None:
            return _("{key} saves this as a view").format(key=save)
        revert = keys_of(command("issues.revert_view"), self.home.settings.keys)
        own = view.reviewer == self.store.reviewer
        said = [_("changed")]
        if revert:
            said.append(_("{key} as saved").format(key=key_name(revert[0])))
        said.append((_("{key} save") if own else _("{key} save as a view")).format(key=save))
        return " · ".join(said)

    def _said(self, count: int | None) -> str:
        return "?" if count is None else number(count)

    def follow_views(self) -> None:
        """Take up what became of the views; what the current tab showed stays where its view is gone."""
        views = self.store.views()
        if views is self._views:
            return
        unchanged = not self._differs(self.tab)
        before, self._views = self.current_view, views
        if self.tab != ALL and self.current_view is None:
            self._drafts.pop(self.tab, None)
            self.tab = ALL
        elif before != self.current_view and unchanged:
            self._display(self._saved(self.tab))
        self.show_tabs()

    def remember_soon(self) -> None:
        """Remember the row under the cursor once it rests."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST, self.write)

    def _remember(self) -> None:
        self.show_tabs()
        self._keep()
        self.row_noted = self.rows.pages.id_at(self.rows.cursor)
        self.write()

    def write(self) -> None:
        """Keep for the next time what was shown when it changed last, and the row."""
        if self.first_filter is not None:
            return
        if self.busy_with and self.is_current:
            self.remember_soon()
            return
        row = self.row_noted if self.wished_row is None else self.wished_row
        text = write_memory(Memory(self.tab, self._drafts, row))
        if text != self._written:
            self._written = text
            try:
                self.store.remember(MEMORY, text)
            except ReviewError as error:
                self.refuse(error)

    def on_tab_line_pressed(self, message: TabLine.Pressed) -> None:
        self.action_view(message.number + 1)

    def action_view(self, place: int) -> None:
        """To the tab in that place, from 1 on."""
        ids = [ALL, *(view.id for view in self._views)]
        if place <= len(ids):
            self.go_to_tab(ids[place - 1])

    def action_step_view(self, step: int) -> None:
        """To the next tab, or the one before; round at the ends."""
        ids = [ALL, *(view.id for view in self._views)]
        if len(ids) == 1:
            self.app.notify(_("There are no saved views yet. w saves what is shown as one."))
        else:
            self.go_to_tab(ids[(ids.index(self.tab) + step) % len(ids)])

    def action_views(self) -> None:
        from reviewer.screens.view_dialogs import ViewsDialog

        def chosen(tab: int | None) -> None:
            self.follow_views()
            if tab is not None:
                self.go_to_tab(tab)

        counts = {**self._view_counts, ALL: self._every}
        self.app.push_screen(ViewsDialog(counts, self.tab), chosen)

    def action_save_view(self) -> None:
        """Save over the current view; under a new name where it is the whole list or somebody else's."""
        view, shown = self.current_view, self.shown
        if view is None or view.reviewer != self.store.reviewer:
            self.action_save_view_as()
        elif not self._is_wrong() and self.act(
            lambda: self.store.edit_view(view.id, view.version, filter=shown.filter, **fields_of(shown))
        ):
            self._drafts.pop(view.id, None)
            self.app.notify(_("View “{name}” saved.").format(name=view.name))
            self._remember()

    def action_save_view_as(self) -> None:
        from reviewer.screens.view_dialogs import NameDialog

        if self._is_wrong():
            return
        shown, view = self.shown, self.current_view

        def named(name: str | None) -> None:
            if name and self.act(lambda: self.store.save_view(name, shown.filter, **fields_of(shown))):
                self._saved_as(name)

        about = shown.filter or _("everything")
        before = view.name if view else ""
        self.app.push_screen(NameDialog(_("Save as a view"), before, about, self._remark), named)

    def _saved_as(self, name: str) -> None:
        """Go over to the view that was just saved; the tab it came from shows again what is saved there."""
        self.follow_views()
        view = self.store.view(name)
        if self.tab != view.id:
            if self.tab == ALL:
                self._drafts[ALL] = replace(self.shown, filter="")
            else:
                self._drafts.pop(self.tab, None)
            self._tab_rows[self.tab] = self.rows.pages.id_at(self.rows.cursor)
            self.tab = view.id
        self._drafts.pop(view.id, None)
        self.app.notify(_("View “{name}” saved.").format(name=view.name))
        self.show_rights()
        self._remember()

    def _remark(self, name: str) -> str:
        """What is said of a name while it is typed."""
        from annotations.wording import exact_key

        key = exact_key(name)
        mine = (view for view in self._views if view.reviewer == self.store.reviewer)
        if key and any(exact_key(view.name) == key for view in mine):
            return _("You have a view of that name; it is replaced.")
        return ""

    def _is_wrong(self) -> bool:
        """Whether the filter cannot be understood; says so."""
        if self.line.is_wrong:
            self.refuse(NotUnderstood(N_("The filter cannot be understood. Mend it first; f goes there.")))
        return self.line.is_wrong

    def action_revert_view(self) -> None:
        """Show what is saved again."""
        self._drafts.pop(self.tab, None)
        self._display(self._saved(self.tab))
        self._remember()

    def action_rename_view(self) -> None:
        from reviewer.screens.view_dialogs import NameDialog

        view = self._one_of_the_tabs()
        if view is None:
            return

        def named(name: str | None) -> None:
            if name:
                self.act(lambda: self.store.edit_view(view.id, view.version, name=name))

        self.app.push_screen(
            NameDialog(_("Rename the view"), view.name, view.filter, lambda _name: ""), named
        )

    def action_share_view(self) -> None:
        view = self._one_of_the_tabs()
        if view and self.act(lambda: self.store.share_view(view.id, view.version, not view.shared)):
            said = (
                _("Everybody has the view “{name}” now.")
                if not view.shared
                else _("“{name}” is yours alone.")
            )
            self.app.notify(said.format(name=view.name))

    def action_delete_view(self) -> None:
        view = self._one_of_the_tabs()
        if view and self.act(lambda: self.store.delete_view(view.id, view.version)):
            self.app.notify(_("View “{name}” deleted. u brings it back.").format(name=view.name))

    def _one_of_the_tabs(self) -> View | None:
        """The current view; says how one is made where there is none."""
        view = self.current_view
        if view is None:
            self.app.notify(_("This tab is the whole list. w saves what is shown as a view."))
        return view

    def action_columns(self) -> None:
        from reviewer.screens.column_dialog import ColumnDialog

        def chosen(columns: Columns | None) -> None:
            if columns is not None:
                self.rows.show_columns(columns)
                self._remember()

        def fitted() -> dict[str, int]:
            return {column.name: cells for column, cells in self.rows.heading_columns()}

        said = column_of_group(self.asked.arrangement.group)
        self.app.push_screen(ColumnDialog(self.rows.chosen, self.rows.show_columns, fitted, said), chosen)

    def on_heading_line_pressed(self, message: HeadingLine.Pressed) -> None:
        sort = SORT_OF.get(message.column, "")
        if sort:
            self.sort_by(sort)

    def on_heading_line_resized(self, message: HeadingLine.Resized) -> None:
        self.rows.show_columns(resized(self.rows.chosen, message.column, message.cells))
        if message.done:
            self._remember()
