"""Files and folders into the record: what the command line and the import screen share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypedDict

from annotations.errors import Conflict, Invalid
from annotations.models import Placement, Report
from annotations.store import Store
from reports.errors import LoadError
from reports.load import Loaded, load
from reviewer.i18n import N_, _, explain
from reviewer.place import refuse_guest_files
from reviewer.revising import original_of


@dataclass(frozen=True, slots=True)
class Source:
    """Something that may become a report: its name as given, and what reads it (raises LoadError)."""

    name: str
    load: Callable[[], Loaded]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: `slug` and `report_id` of its report, or `refused` with the reason in the
    reader's language. `created`: it is new in the library, or a new text of its report, whose number is then
    `revision`; `placements`: how many of that report's annotations are placed how. `corrects`: slug of the
    report that a refused one looks like a corrected text of."""

    source: str
    slug: str | None
    report_id: int | None
    created: bool
    refused: str | None
    revision: int | None = None
    placements: Mapping[Placement, int] = field(default_factory=dict)
    corrects: str | None = None


class Details(TypedDict, total=False):
    """What is said about a report instead of what is found in its file. `date`: ISO day. `period`: 2023-Q1,
    2023-06, 2023, 2023-H1."""

    title: str | None
    issuer: str | None
    date: str | None
    period: str | None


def sources(paths: Iterable[Path | str], encoding: str = "") -> Iterator[Source]:
    """The files named, and those below each folder named; LoadError where a folder holds none.

    `encoding`: of their text, instead of what their bytes look like.
    """
    refuse_guest_files()
    for written in paths:
        path = Path(written)
        if path.is_dir():
            yield from (Source(str(file), partial(load, file, encoding)) for file in files_in(path))
        else:
            yield Source(str(written), partial(load, path, encoding))


def files_in(folder: Path) -> list[Path]:
    """The files below `folder` in name order, hidden ones and those in hidden folders left out.

    Raises LoadError where there is none.
    """
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise LoadError(N_("The folder {path} holds no files. Name one that holds reports."), path=folder)
    return found


def import_source(
    store: Store,
    source: Source,
    details: Details | None = None,
    *,
    revises: Report | None = None,
    apart: bool = False,
    ask: Callable[[Report], bool | None] | None = None,
) -> Outcome:
    """Bring one source in; what cannot be a report is an outcome, not an error.

    `revises`: the report that it is the corrected text of. `apart`: it is a report of its own whatever it
    looks like. Else, where it looks like a corrected text, `ask` says whether it is one (None: leave it),
    and without `ask` it is refused.
    """
    given = details or Details()
    name = Path(source.name).name
    try:
        loaded = source.load()
        title, date = given.get("title") or loaded.title, given.get("date") or loaded.date
        if revises is None and not apart:
            original = original_of(store, loaded, name, title, date)
            if original is not None:
                answer = ask(original) if ask else None
                if answer is None:
                    return _in_doubt(source, original)
                revises = original if answer else None
        if revises is not None:
            return _revise(store, source, loaded, revises, name)
        added = store.add_report(
            loaded.document,
            title=title,
            issuer=given.get("issuer") or loaded.issuer or "",
            date=date,
            period=given.get("period") or loaded.period,
            source=name,
        )
    except (LoadError, Invalid, Conflict) as error:
        return Outcome(source.name, None, None, False, explain(error))
    return Outcome(source.name, added.report.slug, added.report.id, added.created, None)


def _revise(store: Store, source: Source, loaded: Loaded, report: Report, name: str) -> Outcome:
    added = store.add_revision(report.id, loaded.document, source=name)
    number = next(each.number for each in store.revisions(report.id) if each.current)
    return Outcome(
        source.name,
        report.slug,
        report.id,
        added.created,
        None,
        number if added.created else None,
        added.placements,
    )


def _in_doubt(source: Source, original: Report) -> Outcome:
    said = _(
        "{source} looks like a corrected text of “{slug}”. Import it with --revises {slug}, or with --new as "
        "a report of its own."
    ).format(source=source.name, slug=original.slug)
    return Outcome(source.name, None, None, False, said, corrects=original.slug)
