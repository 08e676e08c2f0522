"""The sample reports marked by hand: which passages of one quarter raise an issue of the quarter before.

`same_issues.tsv`: a passage a row, with the type and the agency in the lead that a reviewer would give it.
Rows of one `issue` are the same issue; an issue whose name begins with a hyphen is raised once.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from annotations.directory_csv import read_directory, seed_of
from annotations.models import Link, Role
from annotations.store import Store
from reports.load import load
from reports.passage import make_passage
from reports.samples import AGENCIES, SAMPLES, sample_path


@dataclass(frozen=True)
class Marked:
    """An annotation of the record and the issue that it is of."""

    id: int
    issue: str
    period: str
    leads: bool


def marked(store: Store) -> list[Marked]:
    """Imports the samples into an empty record and annotates them."""
    store.import_agencies(seed_of(row) for row in read_directory(AGENCIES.read_bytes()).rows)
    reports = {}
    for sample in SAMPLES:
        document = load(sample_path(sample)).document
        added = store.add_report(
            document, title=sample.title, issuer=sample.issuer, date=sample.date, period=sample.period
        )
        reports[sample.file] = (added.report, document)
    tags = {tag.slug: tag.id for tag in store.tags()}
    agencies = {agency.slug: agency.id for agency in store.agencies()}
    found = []
    with (Path(__file__).parent / "same_issues.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            report, document = reports[row["sample"]]
            start = document.text.index(row["quote"])
            change = store.annotate(
                report.id,
                report.revision_id,
                make_passage(document, start, start + len(row["quote"])),
                tags=[tags[row["tag"]]],
                links=[Link(agencies[row["agency"]], Role.LEAD)] if row["agency"] else [],
            )
            number = change.items[0].item_id
            found.append(Marked(number, row["issue"], report.period or "", bool(row["agency"])))
    return found
