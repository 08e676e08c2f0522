"""Reports: brought in once, described, listed, read."""

from __future__ import annotations

import difflib
import json
import re
from typing import TypedDict, Unpack
from weakref import WeakValueDictionary

from annotations import connection as sql
from annotations import roles
from annotations.errors import Ambiguous, Invalid, NotFound, StoreError
from annotations.models import Act, AddedReport, Change, LibraryRow, Report
from annotations.store import rules
from annotations.store.files import Files, Original, ReadFile
from annotations.store.kinds import State
from annotations.store.transaction import Transaction
from reports.document import Document
from reports.errors import N_
from reports.vietnamese import search_key

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_CLEANERS: rules.Cleaners = {
    "title": rules.required,
    "issuer": rules.line,
    "date": rules.day,
    "period": rules.period,
    "source": rules.line,
}
_REPORTS = """
    SELECT r.id, r.slug, r.title, r.issuer, r.date, r.period, r.source, r.created_at, r.version,
        v.id, v.sha256, v.length
    FROM reports r JOIN revisions v ON v.report_id = r.id
        AND v.number = (
            SELECT max(number) FROM revisions WHERE report_id = r.id AND withdrawn_at IS NULL)
"""
_ORDER = " ORDER BY coalesce(r.date, ''), r.slug"


class ReportFields(TypedDict, total=False):
    """What can be edited about a report. `date`: ISO day. `period`: 2023-Q1, 2023-06, 2023, 2023-H1."""

    title: str
    issuer: str
    date: str | None
    period: str | None
    source: str


class Reports(Files):
    """The part of the store that holds reports and their texts."""

    def __init__(self, connection: sql.Connection, reviewer: str) -> None:
        super().__init__(connection, reviewer)
        self._documents: WeakValueDictionary[int, Document] = WeakValueDictionary()
        self._last_document: Document | None = None

    def add_report(
        self,
        document: Document,
        *,
        title: str,
        issuer: str = "",
        date: str | None = None,
        period: str | None = None,
        source: str = "",
        original: Original | None = None,
    ) -> AddedReport:
        """Keep `document` as a new report; the same text again gives the report that has it already.

        `original`: the file that it was read from, kept with it; a text whose file was not kept gets it when
        it comes again. Before the commit the stored text is read back and its SHA-256 compared. Raises
        Invalid for a text that is empty or not clean, or a wrong date or period.
        """
        refuse_unclean(document)
        given = {"title": title, "issuer": issuer, "date": date, "period": period, "source": source}
        wanted = rules.cleaned("report", _CLEANERS, given)
        with self._act(Act.IMPORT) as act:
            known = self._report_with_text(document.sha256)
            if known is None:
                created, report_id = True, self._insert_report(act, document, wanted, original)
            else:
                report_id, deleted_at, revision_id = known
                self._keep_file(revision_id, original)
                created = deleted_at is not None
                if created:
                    if self._who_deleted(report_id) != act.reviewer_id:
                        roles.refuse_restored(act.role)
                    state = act.take("report", report_id)
                    act.put("report", report_id, {**state, **wanted, "deleted_at": None})
        return AddedReport(self._report_by_id(report_id), created)

    def edit_report(self, report_id: int, version: int, **fields: Unpack[ReportFields]) -> Change:
        """Describe a report anew; its slug and text stay. Raises Conflict, NotFound, Invalid."""
        wanted = rules.cleaned("report", _CLEANERS, fields)
        with self._act(Act.EDIT_REPORT) as act:
            state = act.take("report", report_id, version)
            act.put("report", report_id, {**state, **wanted})
        return act.change

    def delete_report(self, report_id: int, version: int) -> Change:
        """Take a report and its annotations out of every list; `restore_report` brings them back."""
        with self._act(Act.DELETE_REPORT) as act:
            state = act.take("report", report_id, version)
            act.put("report", report_id, {**state, "deleted_at": state["deleted_at"] or act.at})
        return act.change

    def restore_report(self, report_id: int) -> Change:
        """Bring a deleted report back, its annotations with it."""
        with self._act(Act.RESTORE_REPORT) as act:
            state = act.take("report", report_id)
            act.put("report", report_id, {**state, "deleted_at": None})
        return act.change

    def reports(self) -> list[Report]:
        """Every report by date, then slug; undated ones first."""
        return [Report(*row) for row in self._rows(f"{_REPORTS} WHERE r.deleted_at IS NULL {_ORDER}")]

    def library(self) -> list[LibraryRow]:
        """Every report, with the number of its annotations, of those not yet settled (open or in progress),
        of those that wait to be placed, and how much of it this reviewer has read."""
        counts = {
            report_id: (every, unsettled)
            for report_id, every, unsettled in self._rows(
                "SELECT report_id, count(*), sum(status IN ('open', 'in-progress')) FROM annotations"
                " WHERE deleted_at IS NULL GROUP BY report_id"
            )
        }
        shares = dict(
            self._rows("SELECT report_id, share FROM places WHERE reviewer_id = ?", (self._reviewer_id(),))
        )
        waiting = dict(
            self._rows(
                "SELECT report_id, count(*) FROM annotations INDEXED BY annotations_unplaced"
                " WHERE placement = 'waiting' AND placement != 'exact' AND deleted_at IS NULL"
                " GROUP BY report_id"
            )
        )
        return [
            LibraryRow(
                report, *counts.get(report.id, (0, 0)), shares.get(report.id, 0.0), waiting.get(report.id, 0)
            )
            for report in self.reports()
        ]

    def report(self, name: str | int) -> Report:
        """The report that goes by `name`: its slug, the beginning of one, its id, or its title.

        Raises Ambiguous where a beginning fits several, NotFound with the nearest slugs.
        """
        text = str(name).strip()
        every = self.reports()
        for report in every:
            if report.slug == text or str(report.id) == text:
                return report
        key = search_key(text)
        begun = [report for report in every if text and report.slug.startswith(text.lower())]
        found = begun or [report for report in every if key and search_key(report.title) == key]
        if len(found) == 1:
            return found[0]
        if found:
            raise Ambiguous(
                N_("Several reports go by “{name}”: {names}."),
                [report.slug for report in found],
                name=text,
                names=", ".join(report.slug for report in found[:8]),
            )
        raise _no_report(text, every)

    def document(self, revision_id: int) -> Document:
        """The text of a revision and its structure; the same object as long as somebody holds it."""
        document = self._documents.get(revision_id)
        if document is None:
            found = self._rows(
                "SELECT text, structure FROM revision_texts WHERE revision_id = ?", (revision_id,)
            )
            if not found:
                raise NotFound(N_("There is no text {id}."), id=revision_id)
            document = Document.unpack(*found[0])
            self._documents[revision_id] = document
        self._last_document = document
        return document

    def reports_alike(self, date: str | None, source: str) -> list[tuple[Report, bool]]:
        """The reports of a day (None: those without one), and those that have a text which came in under the
        file name `source`; for each whether it has."""
        named = self._rows(
            "SELECT DISTINCT report_id FROM revisions WHERE source = ? AND withdrawn_at IS NULL", (source,)
        )
        ids = {row[0] for row in named} if source else set()
        found = self._rows(
            f"{_REPORTS} WHERE r.deleted_at IS NULL AND coalesce(r.date, '') = ? UNION {_REPORTS}"
            " WHERE r.deleted_at IS NULL AND r.id IN (SELECT value FROM json_each(?))",
            (date or "", json.dumps(sorted(ids))),
        )
        return [(Report(*row), row[0] in ids) for row in found]

    def read_from(self, file_sha256: str) -> ReadFile | None:
        """The text that was read from the file of this SHA-256, one that stands first; None if none was."""
        found = self._rows(
            "SELECT v.report_id, v.id, v.withdrawn_at IS NULL AND r.deleted_at IS NULL AS stands,"
            " typeof(f.data) = 'blob' FROM revisions v JOIN reports r ON r.id = v.report_id"
            " JOIN source_files f ON f.sha256 = v.file_sha256 WHERE v.file_sha256 = ?"
            " ORDER BY stands DESC, v.id DESC LIMIT 1",
            (file_sha256,),
        )
        if not found:
            return None
        report_id, revision_id, stands, kept = found[0]
        return ReadFile(revision_id, self._report_by_id(report_id) if stands else None, bool(kept))

    def _report_by_id(self, report_id: int) -> Report:
        return Report(*self._rows(f"{_REPORTS} WHERE r.id = ?", (report_id,))[0])

    def _report_with_text(self, sha256: str) -> tuple[int, str | None, int] | None:
        """Id of the report that has that text, when it was deleted, and id of the text."""
        found = self._rows(
            "SELECT r.id, r.deleted_at, v.id FROM revisions v JOIN reports r ON r.id = v.report_id"
            " WHERE v.sha256 = ? AND v.withdrawn_at IS NULL ORDER BY r.deleted_at IS NOT NULL, r.id LIMIT 1",
            (sha256,),
        )
        return (found[0][0], found[0][1], found[0][2]) if found else None

    def _who_deleted(self, report_id: int) -> int:
        """Id of the reviewer whose act a report was left by."""
        return int(
            self._rows(
                "SELECT c.reviewer_id FROM change_items i JOIN changes c ON c.id = i.change_id"
                " WHERE i.kind = 'report' AND i.item_id = ? ORDER BY c.id DESC LIMIT 1",
                (report_id,),
            )[0][0]
        )

    def _insert_report(
        self, act: Transaction, document: Document, wanted: State, original: Original | None
    ) -> int:
        slug = rules.slug_from(wanted["title"], self._slug_is_taken, "report")
        state: State = {"slug": slug, **wanted, "revisions": [document.sha256]}
        report_id = act.add("report", {**state, "created_at": act.at, "version": 1, "deleted_at": None})
        self._insert_text(act, report_id, document, wanted["source"], original)
        return report_id

    def _insert_text(
        self,
        act: Transaction,
        report_id: int,
        document: Document,
        source: str,
        original: Original | None,
        withdrawn: str | None = None,
    ) -> int:
        """Keep a text of a report, and its file, and read them back; its id."""
        cursor = self._connection.execute(
            "INSERT INTO revisions (report_id, number, sha256, length, blocks, imported_at, reviewer_id,"
            " source, withdrawn_at) SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?"
            " FROM revisions WHERE report_id = ?",
            (
                report_id,
                document.sha256,
                len(document.text),
                len(document.blocks),
                act.at,
                act.reviewer_id,
                source,
                withdrawn,
                report_id,
            ),
        )
        revision_id = cursor.lastrowid
        assert revision_id is not None
        self._connection.execute(
            "INSERT INTO revision_texts (revision_id, text, structure) VALUES (?, ?, ?)",
            (revision_id, document.text, document.pack()),
        )
        self._keep_file(revision_id, original)
        kept = self._rows("SELECT text FROM revision_texts WHERE revision_id = ?", (revision_id,))[0][0]
        import hashlib

        if hashlib.sha256(kept.encode()).hexdigest() != document.sha256:
            raise StoreError(N_("The text was not kept as it is; nothing was saved. Run `reviewer check`."))
        return revision_id

    def _slug_is_taken(self, slug: str) -> bool:
        return bool(self._rows("SELECT 1 FROM reports WHERE slug = ?", (slug,)))


def refuse_unclean(document: Document) -> None:
    """Raise Invalid for a text that is empty or holds what no clean text does."""
    if not document.text.strip():
        raise Invalid(N_("The report has no text, so there is nothing to review."))
    unclean = _CONTROL.search(document.text)
    try:
        document.text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(N_("The report's text has a broken character at {at}."), at=error.start) from error
    if unclean:
        raise Invalid(N_("The report's text has a control character at {at}."), at=unclean.start())


def _no_report(text: str, every: list[Report]) -> NotFound:
    slugs = {report.slug: report.slug for report in every}
    slugs.update((search_key(report.title), report.slug) for report in every)
    near = difflib.get_close_matches(search_key(text).replace(" ", "-"), slugs, n=3, cutoff=0.5)
    near += difflib.get_close_matches(search_key(text), slugs, n=3, cutoff=0.5)
    nearest = list(dict.fromkeys(slugs[name] for name in near))[:3]
    if nearest:
        return NotFound(
            N_("There is no report “{name}”. The nearest: {names}."),
            nearest,
            name=text,
            names=", ".join(nearest),
        )
    return NotFound(N_("There is no report “{name}”. `reviewer reports` lists them."), name=text)
