"""Files and folders into the record: what the command line and the import screen share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypedDict

from annotations.errors import Invalid
from annotations.store import Store
from reports.errors import LoadError
from reports.load import Loaded, load
from reviewer.i18n import N_, explain
from reviewer.place import refuse_guest_files


@dataclass(frozen=True, slots=True)
class Source:
    """Something that may become a report: its name as given, and what reads it (raises LoadError)."""

    name: str
    load: Callable[[], Loaded]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: `slug` and `report_id` of its report, or `refused` with the reason in the
    reader's language. `created`: it is new in the library."""

    source: str
    slug: str | None
    report_id: int | None
    created: bool
    refused: str | None


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


def import_source(store: Store, source: Source, details: Details | None = None) -> Outcome:
    """Bring one source in; what cannot be a report is an outcome, not an error."""
    given = details or Details()
    try:
        loaded = source.load()
        added = store.add_report(
            loaded.document,
            title=given.get("title") or loaded.title,
            issuer=given.get("issuer") or loaded.issuer or "",
            date=given.get("date") or loaded.date,
            period=given.get("period") or loaded.period,
            source=Path(source.name).name,
        )
    except (LoadError, Invalid) as error:
        return Outcome(source.name, None, None, False, explain(error))
    return Outcome(source.name, added.report.slug, added.report.id, added.created, None)
