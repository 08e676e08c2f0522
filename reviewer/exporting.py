"""The issue list into a file: what the command line and the export screen share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotations.export import FORMATS, ExportContext, export_to_file, format_of
from annotations.filters import IssueFilter, Term, format_filter
from annotations.issues import IssueRow
from annotations.models import Language
from annotations.store import Store
from reports.vietnamese import fold
from reviewer.place import refuse_guest_files

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 60

Watch = Callable[[Iterator[IssueRow], int], Iterator[IssueRow]]
"""Passes on the rows it is given, whose number it is told, and tells somebody how far it is."""


def context_of(store: Store, wanted: IssueFilter, count: int, format: str = "") -> ExportContext:  # noqa: A002
    """What an export says of itself; its moment is the last change's, so that one state makes one file.

    `format`: those for people get the grid of deadlines as well, where any issue has one, as of the store's
    day.
    """
    anchor = store.anchor()
    last = store.change(anchor.change_id)
    dated = bool(format) and format_of(format).for_people and _has_deadlines(store, wanted)
    return ExportContext(
        filter=format_filter(wanted),
        count=count,
        reviewer=store.reviewer,
        at=last.at if last else "",
        today=store.issues.today(),
        anchor=str(anchor) if last else "",
        grid=store.issues.grid(wanted) if dated else None,
        documents=store.document,
        filter_said=_said(store, wanted),
    )


def _said(store: Store, wanted: IssueFilter) -> dict[Language, str]:
    from annotations.filter_wording import filter_words

    languages: tuple[Language, ...] = ("vi", "en")
    return {spoken: filter_words(wanted, spoken, store.tags(), store.agencies()) for spoken in languages}


def _has_deadlines(store: Store, wanted: IssueFilter) -> bool:
    return bool(store.issues.first(IssueFilter((*wanted.terms, Term("due", ("none",), excluded=True))), 1))


@contextmanager
def one_moment(store: Store) -> Iterator[None]:
    """Everything read from `store` within is of one state of the record, whatever others write meanwhile."""
    connection = store.issues.connection
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def format_by_name(file: Path | str | None, otherwise: str = "csv") -> str:
    """The format that a file's name asks for; `otherwise` where it asks for none."""
    if file is not None:
        for made in FORMATS.values():
            if str(file).lower().endswith(made.extension):
                return made.name
    return otherwise


def export_list(
    store: Store,
    wanted: IssueFilter,
    file: Path,
    format: str,  # noqa: A002
    *,
    overwrite: bool = False,
    watch: Watch | None = None,
    **options: Any,
) -> int:
    """Write what `wanted` finds to `file`, whole or not at all; how many rows.

    `options`: those of `annotations.export.write`. Raises ExportError, and NotFound, Ambiguous or FilterError
    for the filter.
    """
    refuse_guest_files()
    with one_moment(store):
        count = store.issues.count(wanted)
        rows: Iterator[IssueRow] = store.issues.stream(wanted)
        if watch is not None:
            rows = watch(rows, count)
        context = context_of(store, wanted, count, format)
        export_to_file(file, format, rows, overwrite=overwrite, context=context, **options)
    return count


def file_name(store: Store, wanted: IssueFilter, day: str, format: str) -> str:  # noqa: A002
    """A name for the file: the ISO `day`, what the list is about, the ending of `format`.

    `20230630-so-tai-nguyen-va-moi-truong.csv`; made of a to z, 0 to 9, hyphens and one point.
    """
    about = "-".join(_subjects(store, wanted)) or "issues"
    slug = _NOT_IN_SLUGS.sub("-", fold(about)).strip("-") or "issues"
    if len(slug) > _SLUG_LENGTH:
        slug = slug[: _SLUG_LENGTH + 1].rpartition("-")[0] or slug[:_SLUG_LENGTH]
    return f"{day.replace('-', '')}-{slug}{format_of(format).extension}"


def _subjects(store: Store, wanted: IssueFilter) -> Iterator[str]:
    """What the file should be called after: the agencies first, then whatever else narrows the list."""
    from annotations.errors import Ambiguous, NotFound
    from annotations.names import find_agency

    terms = [term for term in wanted.terms if not term.excluded]
    for term in sorted(terms, key=lambda term: term.word != "agency"):
        for value in term.values[:2]:
            if term.word == "agency" and value != "none":
                try:
                    yield find_agency(store.agencies(), value).slug
                except (NotFound, Ambiguous):
                    yield value
            else:
                yield f"no-{term.word}" if value == "none" else value
        if not term.values:
            yield term.word
