"""What keeping the directory costs: a key in the picker, a merge that ten thousand annotations follow."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from annotations.ranking import PickerContext, PickerIndex
from annotations.seeds import number_agencies
from annotations.shipped import directory
from annotations.store import Store
from benchmarks.figures import Row, ms
from reports.load import load_bytes

ENTRIES, ANNOTATIONS = 1_000, 10_000
TYPED = ("stnmt", "so tai nguyen", "ubnd huyen phu binh", "so xay dugn", "thanh tra", "xyzq")


def names(ours: str) -> Iterator[Row]:
    """A letter typed in the picker over 1,000 entries: the whole list ranked again."""
    seeds = number_agencies(directory())
    copies = (
        replace(one, id=one.id + shift, slug=f"{one.slug}-{shift}") for shift in (1000, 2000) for one in seeds
    )
    index = PickerIndex.of_agencies([*seeds, *copies][:ENTRIES])
    times = [
        _seconds(lambda text=word[:end]: index.rank(text, PickerContext(), 200))
        for word in TYPED
        for end in range(1, len(word) + 1)
    ]
    what = f"picker over {ENTRIES:,} agencies: a letter to its list"
    yield Row(what, "16 ms", {ours: ms(times)}, max(times) <= 0.016)


def merging(ours: str, runs: int) -> Iterator[Row]:
    """One agency merged into another with all its annotations, and the merge undone."""
    merged, undone = [], []
    with tempfile.TemporaryDirectory() as folder, _crowded(Path(folder)) as store:
        agencies = {agency.slug: agency.id for agency in store.agencies()}
        for _run in range(runs):
            merged.append(_seconds(lambda: store.merge_agencies(agencies["so-tnmt"], agencies["so-xd"])))
            undone.append(_seconds(store.undo))
    what = f"merge of two agencies, {ANNOTATIONS:,} annotations follow"
    yield Row(what, "1 s", {ours: ms(merged)}, median(merged) <= 1)
    yield Row("its undo", "1 s", {ours: ms(undone)}, median(undone) <= 1)


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _crowded(folder: Path) -> Store:
    """A record with one agency on every annotation, put there directly."""
    store = Store.open(folder / "reviewer.db", "lan")
    loaded = load_bytes("Báo cáo\n\nGiải phóng mặt bằng còn chậm.".encode(), "bao-cao.txt")
    report = store.add_report(loaded.document, title=loaded.title).report
    agency = next(one.id for one in store.agencies() if one.slug == "so-tnmt")
    connection = store.issues.connection
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO annotations (id, uid, report_id, revision_id, start, end, exact, prefix, suffix,"
        " reviewer_id, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, 0, 7, 'Báo cáo', '', '', 1, '2023-04-05', '2023-04-05')",
        [(n, f"u{n}", report.id, report.revision_id) for n in range(1, ANNOTATIONS + 1)],
    )
    connection.executemany(
        "INSERT INTO annotation_agencies (annotation_id, agency_id, role, position) VALUES (?, ?, 'lead', 0)",
        [(n, agency) for n in range(1, ANNOTATIONS + 1)],
    )
    connection.execute("COMMIT")
    return store
