"""What a reviewer does to the annotations while reading: tags, agencies, note, status, due date."""

from __future__ import annotations

from collections.abc import Callable

from annotations.edits import Field
from annotations.models import Act, Annotation, Change, Comment, Link, View
from annotations.past_acts import Asked
from reports.passage import make_passage
from reviewer.commands import command, key_name, keys_of
from reviewer.i18n import _, ngettext
from reviewer.screens.annotation_edits import AnnotationEdits
from reviewer.screens.reading_base import ReadingBase
from reviewer.widgets.text_cursor import TextCursor
from reviewer.words import act_words, number

ASKED = 10.0
"""Seconds within which the same key again means yes."""


class ReadingEdits(ReadingBase, AnnotationEdits[None]):
    """Digits and `t` are for the current range, an annotation on exactly that or a new one; the others for
    the chosen annotation, `a` and `n` making one where there is none."""

    def acted_on(self, act: Act) -> Annotation | Comment | View | None:
        return self.chosen() if self.is_open else None

    def show_rights(self) -> None:
        super().show_rights()
        self.set_class(not self.may(Act.TAG), "reads-only")

    def action_history(self) -> None:
        """Of the chosen annotation; of the report where there is none."""
        there = self.chosen()
        if there is None:
            self.action_report_history()
        else:
            self.home.open_history(Asked(annotation_id=there.id))

    def action_report_history(self) -> None:
        self.home.open_history(Asked(report_id=self.acts.report.id))

    def action_digit(self, digit: int) -> None:
        cursor = self._settled()

        def put() -> Change:
            return self.acts.annotate(cursor.start, cursor.end, tags=(self.acts.digit_tag(digit).id,))

        there = self.acts.on_passage(cursor.start, cursor.end)
        if there is None or digit not in self.acts.digit_tags:
            self.act(put)
        else:
            self.edit(there, self.acts.toggled(there, self.acts.digit_tags[digit].id), adding=True)

    def action_tag(self) -> None:
        from reviewer.screens.pickers import TagPicker

        cursor = self._settled()
        there = self.acts.on_passage(cursor.start, cursor.end)
        choices = self.home.choices
        context = choices.tag_context(self.acts.document.text[cursor.start : cursor.end], self.acts.report)
        tags = there.tags if there else ()

        def chosen(result: tuple[int, ...] | None) -> None:
            if result is None or result == tags:
                return
            if there is not None:
                self.edit(there, {Field.TAGS: result})
            elif result:
                self.act(lambda: self.acts.annotate(cursor.start, cursor.end, tags=result))

        picker = TagPicker(choices.tags(), context, tags, create=self.home.create_tag)
        self.app.push_screen(picker, chosen)

    def action_agency(self) -> None:
        from reviewer.screens.pickers import AgencyPicker

        there, cursor = self._subject()
        links, tags = (there.links, there.tags) if there else ((), ())
        words = there.exact if there else self.acts.document.text[cursor.start : cursor.end]
        choices = self.home.choices
        context = choices.agency_context(words, tags, self.acts.report)

        def chosen(result: tuple[Link, ...] | None) -> None:
            if result is None or result == links:
                return
            if there is not None:
                self.edit(there, {Field.LINKS: result})
            elif result:
                self.act(lambda: self.acts.annotate(cursor.start, cursor.end, links=result))

        picker = AgencyPicker(choices.agencies(), context, links, create=self.home.create_agency)
        self.app.push_screen(picker, chosen)

    def action_first_agency(self) -> None:
        """Link the agency that would stand first in the picker, where there is a reason for it."""
        there, cursor = self._subject()
        links, tags = (there.links, there.tags) if there else ((), ())
        words = there.exact if there else self.acts.document.text[cursor.start : cursor.end]
        link = self.home.choices.first_link(words, tags, links, self.acts.report)
        if link is None:
            self.action_agency()
        elif there is not None:
            self.edit(there, {Field.LINKS: (*links, link)}, adding=True)
        else:
            self.act(lambda: self.acts.annotate(cursor.start, cursor.end, links=(link,)))

    def action_note(self) -> None:
        there, cursor = self._subject()
        if there is None:
            made = self.act(lambda: self.acts.annotate(cursor.start, cursor.end))
            there = self.acts.find(made.items[0].item_id) if made else None
        if there is not None:
            self.write_note(there)

    def action_passage(self) -> None:
        """Put the chosen annotation on the current range."""
        there, cursor = self.subject(), self.cursor
        if there is None:
            return
        passage = make_passage(self.acts.document, cursor.start, cursor.end)
        self._settled()
        if (passage.start, passage.end) == (there.start, there.end):
            self.app.notify(_("It is there already. Select other words first: v, or larger and smaller."))
        elif self.edit(there, {Field.PASSAGE: passage}):
            self.app.notify(_("Annotation #{id} is on these words now. u puts it back.").format(id=there.id))

    def action_undo(self) -> None:
        """Undo; what reaches beyond what is being read is named first, and undone by the same key again."""
        turned = self.store.next_undone()
        said = self._beyond(turned) if turned is not None else ""
        if not said or self.home.says(said):
            self._turn_back(self.store.undo)
        else:
            self.app.notify(said, severity="warning", timeout=ASKED)

    def _beyond(self, turned: Change) -> str:
        """What taking `turned` back would do to another report or to the text of one; else empty."""
        here, kinds = self.acts.report.id, [item.kind for item in turned.items]
        passages = kinds.count("annotation")
        many = passages > 1 and ("report" in kinds or turned.report_id is None)
        if turned.report_id in (None, here) and not many:
            return ""
        titles = {report.id: report.title for report in self.store.reports()}
        what, title = act_words(turned.act), titles.get(turned.report_id or 0, "")
        what = f"{what}: “{title}”" if title else what
        if passages:
            what += " " + ngettext("({count} passage)", "({count} passages)", passages).format(
                count=number(passages)
            )
        key = "".join(key_name(key) for key in keys_of(command("reading.undo"), self.home.settings.keys)[:1])
        return _("This takes back: {what}. {key} again does it.").format(what=what, key=key)

    def action_redo(self) -> None:
        self._turn_back(self.store.redo)

    def _turn_back(self, act: Callable[[], Change]) -> None:
        """Undo or redo, and go where it happened."""
        change = self.act(act)
        if change is None:
            return
        self.home.say_act(change)
        found = next((self.acts.find(i.item_id) for i in change.items if i.kind == "annotation"), None)
        if found is not None:
            self.go_to(found)

    def _settled(self) -> TextCursor:
        """The current range, a free selection ended: it stays current, and the next motion leaves it."""
        cursor = self.cursor
        if cursor.selecting:
            cursor = cursor.at(cursor.start, cursor.end)
            self.move(cursor)
        return cursor

    def _subject(self) -> tuple[Annotation | None, TextCursor]:
        """The chosen annotation, unless a free selection asks for a new one; and the current range."""
        selecting = self.cursor.selecting
        cursor = self._settled()
        if selecting:
            return self.acts.on_passage(cursor.start, cursor.end), cursor
        return self.chosen(), cursor

    def subject(self) -> Annotation | None:
        annotation = self.chosen()
        if annotation is None:
            self.app.notify(_("There is no annotation here. Put a tag on the passage first: 1 to 9, or t."))
        return annotation

    def decided(self) -> None:
        self.show_panel()
        self.follow()
