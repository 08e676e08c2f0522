"""What the values of things that are counted by are called, in full and for a narrow column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from annotations.models import Agency, Role, Severity, Status
from reports.clean import one_line
from reviewer.charts.chart import Name
from reviewer.days import short_period, show_period
from reviewer.i18n import N_, _, language
from reviewer.words import role_word, severity_word, status_word

if TYPE_CHECKING:
    from annotations.store import Store

Key = str | int | None
Names = Callable[[Key], Name]

BY_WORDS: Final[Mapping[str, str]] = {
    "agency": N_("Agency"),
    "lead": N_("Lead agency"),
    "tag": N_("Issue type"),
    "status": N_("Status"),
    "severity": N_("Severity"),
    "period": N_("Period"),
    "reviewer": N_("Reviewer"),
    "owner": N_("Owner"),
    "report": N_("Report"),
    "role": N_("Role"),
}
"""What issues are counted by, untranslated."""

_NONE: Final[Mapping[str, str]] = {
    "agency": N_("no agency yet"),
    "lead": N_("no lead agency"),
    "tag": N_("no tag yet"),
    "period": N_("no period"),
    "severity": N_("no severity"),
    "owner": N_("no owner yet"),
}


def by_word(by: str) -> str:
    """What `by`, a name of `counts.BY`, is called."""
    return _(BY_WORDS.get(by, by))


def namer(store: Store, by: str) -> Names:
    """Gives the name of a value of `by`, on one line and without control characters."""
    known = _known(store, by)
    none = _(_NONE.get(by, N_("none")))

    def name(key: Key) -> Name:
        if key is None:
            return Name(none, none, "–")
        return Name(*map(one_line, known(str(key))))

    return name


def _known(store: Store, by: str) -> Callable[[str], tuple[str, str, str]]:
    """Gives a value's name in full, abbreviated and for a narrow column."""
    if by in ("agency", "lead"):
        agencies = {one.slug: _of_agency(one) for one in store.agencies()}
        return lambda key: agencies.get(key, (key, key, key))
    if by == "tag":
        tags = {one.slug: (one.label(language()), one.key or one.slug) for one in store.tags()}
        return lambda key: (tags[key][0], *tags[key]) if key in tags else (key, key, key)
    if by == "report":
        titles = {one.slug: one.title for one in store.issues.directory.reports()}
        return lambda key: (titles.get(key, key), titles.get(key, key), key)
    if by == "period":
        return lambda key: (show_period(key), show_period(key), short_period(key))
    word: Callable[[str], str] = {
        "status": lambda key: status_word(Status(key)),
        "severity": lambda key: severity_word(Severity(key)),
        "role": lambda key: role_word(Role(key)),
    }.get(by, str)
    return lambda key: (word(key), word(key), word(key))


def _of_agency(agency: Agency) -> tuple[str, str, str]:
    """Its abbreviations are Vietnamese; in English its name is rather cut."""
    full = agency.label(language())
    return full, agency.brief() if language() == "vi" else full, agency.brief()
