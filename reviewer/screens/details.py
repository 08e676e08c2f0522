"""What is said about a report: title, date, period, issuing body."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from annotations.dates import canonical_period
from annotations.models import Report
from reports.errors import ReviewError
from reviewer.commands import bindings
from reviewer.days import read_past_day
from reviewer.i18n import N_, _, explain
from reviewer.screens.dialog import Dialog
from reviewer.widgets.fields import TextField
from reviewer.widgets.literal import literal

_FIELDS = (
    ("title", N_("Title"), ""),
    ("date", N_("Date"), N_("30/06/2023 or 2023-06-30; empty if it has none")),
    ("period", N_("Period"), N_("2023-Q2, quý II/2023, 6/2023 or 2023; empty if it has none")),
    ("issuer", N_("Issued by"), N_("The body that issued it")),
)


class DetailsScreen(Dialog[None]):
    """Edits the details of `report`; one act when saved."""

    PLACE = "details"
    BINDINGS: ClassVar[list[BindingType]] = bindings("details", "form")
    DEFAULT_CSS = """
    DetailsScreen .label { margin: 1 0 0 0; }
    DetailsScreen .said { margin: 1 0 0 0; }
    """

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def title_text(self) -> str:
        return _("Details of the report")

    def compose_body(self) -> ComposeResult:
        report = self._report
        values = {
            "title": report.title,
            "date": f"{date.fromisoformat(report.date):%d/%m/%Y}" if report.date else "",
            "period": report.period or "",
            "issuer": report.issuer,
        }
        for name, label, hint in _FIELDS:
            yield Static(literal(_(label)), classes="label")
            yield TextField(values[name], placeholder=_(hint), id=f"field-{name}")
        yield Static(classes="said wrong")

    def on_mount(self) -> None:
        self.query_one("#field-title", TextField).focus()

    def _value(self, name: str) -> str:
        return self.query_one(f"#field-{name}", TextField).value.strip()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == f"field-{_FIELDS[-1][0]}":
            self.action_save()
        else:
            self.focus_next()

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()

    def action_save(self) -> None:
        try:
            day = read_past_day(self._value("date"))
            period = canonical_period(self._value("period")) if self._value("period") else None
        except ReviewError as error:
            self.query_one(".said", Static).update(literal(explain(error)))
            return
        wanted = {
            "title": self._value("title"),
            "date": day.isoformat() if day else None,
            "period": period,
            "issuer": self._value("issuer"),
        }
        report = self._report
        changed = {name: value for name, value in wanted.items() if value != getattr(report, name)}
        try:
            change = self.store.edit_report(report.id, report.version, **changed)  # type: ignore[arg-type]
        except ReviewError as error:
            self.query_one(".said", Static).update(literal(explain(error)))
            return
        self.home.publish(change)
        self.dismiss(None)
