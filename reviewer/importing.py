"""Files and folders into the record: what the command line and the import screen share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypedDict

from annotations.errors import Conflict, Invalid
from annotations.models import Placement, Report
from annotations.store import Store
from annotations.store.files import Original
from reports.errors import LoadError
from reports.load import LARGEST_FILE, Loaded, load_bytes, read_file
from reviewer.i18n import N_, _, explain
from reviewer.place import refuse_guest_files
from reviewer.revising import original_of


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may become a report: its name as given, and what reads its bytes (raises LoadError).

    `encoding`: of its text, instead of what the bytes look like.
    """

    name: str
    read: Callable[[], bytes]
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: `slug` and `report_id` of its report, or `refused` with the reason in the
    reader's language. `created`: it is new in the library, or a new text of its report, whose number is then
    `revision`; `placements`: how many of that report's annotations are placed how. `corrects`: slug of the
    report that a refused one looks like a corrected text of. `report`: as it is now; `guessed`: which of its
    title, date, period and issuer were found in the file rather than told. `gone`: it was there, and was
    deleted or undone."""

    source: str
    slug: str | None
    report_id: int | None
    created: bool
    refused: str | None
    revision: int | None = None
    placements: Mapping[Placement, int] = field(default_factory=dict)
    corrects: str | None = None
    report: Report | None = None
    guessed: tuple[str, ...] = ()
    gone: bool = False


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
            yield from (Source(str(file), partial(read_file, file), encoding) for file in files_in(path))
        else:
            yield Source(str(written), partial(read_file, path), encoding)


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
    largest_kept: int = LARGEST_FILE,
    once: bool = False,
) -> Outcome:
    """Bring one source in; what cannot be a report is an outcome, not an error.

    `revises`: the report that it is the corrected text of. `apart`: it is a report of its own whatever it
    looks like. Else a file that was read before is not read again, and where it looks like a corrected text,
    `ask` says whether it is one (None: leave it), and without `ask` it is refused. `largest_kept`: bytes up
    to which the file is kept. `once`: a file that was read before, ever, is not read again.
    """
    given = details or Details()
    name = Path(source.name).name
    try:
        data = source.read()
        keep = len(data) <= largest_kept
        if once or (revises is None and not apart and not source.encoding):
            known = _known(store, source, data, keep, once)
            if known is not None:
                return known
        loaded = _read(data, source)
        if revises is None and not apart:
            title, date = given.get("title") or loaded.title, given.get("date") or loaded.date
            original = original_of(store, loaded, name, title, date)
            if original is not None:
                answer = ask(original) if ask else None
                if answer is None:
                    _asked_about[:] = [(source, data, loaded)]
                    return _in_doubt(source, original)
                revises = original if answer else None
        kept = Original(data, loaded.format, loaded.encoding, keep)
        if revises is not None:
            return _revise(store, source, loaded, revises, kept)
        return _add(store, source, loaded, given, kept)
    except (LoadError, Invalid, Conflict) as error:
        return Outcome(source.name, None, None, False, explain(error))


_asked_about: list[tuple[Source, bytes, Loaded]] = []
"""The file that was left in doubt last and how it was read; the answer brings it in as it is."""


def _read(data: bytes, source: Source) -> Loaded:
    for asked, held, loaded in _asked_about:
        if (asked.name, asked.encoding, held) == (source.name, source.encoding, data):
            _asked_about.clear()
            return loaded
    return load_bytes(data, source.name, source.encoding)


def _known(store: Store, source: Source, data: bytes, keep: bool, once: bool) -> Outcome | None:
    """What became of this very file before, if it need not be read again."""
    known = store.read_from(hashlib.sha256(data).hexdigest())
    if known is None or (keep and not known.kept):
        return None
    if known.report is not None:
        report = known.report
        return Outcome(source.name, report.slug, report.id, False, None, report=report)
    return Outcome(source.name, None, None, False, None, gone=True) if once else None


def _add(store: Store, source: Source, loaded: Loaded, given: Details, kept: Original) -> Outcome:
    added = store.add_report(
        loaded.document,
        title=given.get("title") or loaded.title,
        issuer=given.get("issuer") or loaded.issuer or "",
        date=given.get("date") or loaded.date,
        period=given.get("period") or loaded.period,
        source=Path(source.name).name,
        original=kept,
    )
    report = added.report
    guessed = tuple(
        fact
        for fact in ("title", "date", "period", "issuer")
        if getattr(report, fact) and not given.get(fact)
    )
    return Outcome(source.name, report.slug, report.id, added.created, None, report=report, guessed=guessed)


def _revise(store: Store, source: Source, loaded: Loaded, report: Report, kept: Original) -> Outcome:
    added = store.add_revision(report.id, loaded.document, source=Path(source.name).name, original=kept)
    number = next(each.number for each in store.revisions(report.id) if each.current)
    return Outcome(
        source.name,
        report.slug,
        report.id,
        added.created,
        None,
        number if added.created else None,
        added.placements,
        report=added.report,
    )


def _in_doubt(source: Source, original: Report) -> Outcome:
    said = _(
        "{source} looks like a corrected text of “{slug}”. Import it with --revises {slug}, or with --new as "
        "a report of its own."
    ).format(source=source.name, slug=original.slug)
    return Outcome(source.name, None, None, False, said, corrects=original.slug)
