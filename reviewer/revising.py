"""Whether a file is the corrected text of a report that is in the library already."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from reports.document import Document
from reports.vietnamese import search_key

if TYPE_CHECKING:
    from annotations.models import Report
    from annotations.store import Store
    from reports.load import Loaded

LEAST_SHARED = 0.2
"""Share of its lines that a text has in common with the one that it is taken to correct."""


def original_of(store: Store, loaded: Loaded, source: str, title: str, date: str | None) -> Report | None:
    """The report that `loaded` looks like a corrected text of: brought in under the same file name, or with
    the same title and date, and saying much the same. None if there is none, or the very text is there.

    `source`: file name. `title`, `date` (ISO day): as given, else as found in the text.
    """
    key = _key(title)
    alike = [
        report
        for report, same_file in store.reports_alike(date, source)
        if same_file or (date == report.date and key == _key(report.title))
    ]
    shared = [(_shared(store.document(report.revision_id), loaded.document), report.id) for report in alike]
    best = max(shared, default=(0.0, 0))
    if best[0] < LEAST_SHARED or any(_is_there(store, report, loaded) for report in alike):
        return None
    return next(report for report in alike if report.id == best[1])


@lru_cache(maxsize=20_000)
def _key(title: str) -> str:
    """A title as it is compared; a folder that comes in asks for the same ones again and again."""
    return search_key(title)


def _is_there(store: Store, report: Report, loaded: Loaded) -> bool:
    sha256 = loaded.document.sha256
    return any(each.sha256 == sha256 and not each.withdrawn for each in store.revisions(report.id))


def _shared(old: Document, new: Document) -> float:
    """Share of the lines of the shorter text that the other has too, short lines left out; accents and case
    are looked at only where many differ, for that takes a hundred times as long."""
    ours, theirs = (_long(document.text.split("\n")) for document in (old, new))
    found = _in_both(ours, theirs)
    return (
        found
        if found >= LEAST_SHARED
        else _in_both(_long(map(search_key, ours)), _long(map(search_key, theirs)))
    )


def _in_both(ours: set[str], theirs: set[str]) -> float:
    smaller = min(len(ours), len(theirs))
    return len(ours & theirs) / smaller if smaller else 0.0


def _long(lines: Iterable[str]) -> set[str]:
    return {line for line in lines if len(line) > 20}
