"""Several sessions, each a process of its own, writing the same record at the same time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from annotations.models import Report
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage

ROOT = Path(__file__).parent.parent.parent
PROCESSES, ACTS = 4, 50

SESSION = """
import json, random, sys
from annotations.errors import Conflict
from annotations.models import Status
from annotations.store import Store
from reports.passage import make_passage

path, name, acts = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = Store.open(path, name)
chance, done, conflicts, appended = random.Random(name), [], 0, 0
report = store.reports()[0]
document = store.document(report.revision_id)
shared = store.annotations(report.id)[0].id
print("ready", flush=True)
sys.stdin.readline()
while len(done) < acts:
    start = chance.randrange(len(document.text) - 20)
    if chance.random() < 0.5:
        passage = make_passage(document, start, start + 9)
        done.append(store.annotate(report.id, report.revision_id, passage).id)
        continue
    seen = store.annotation(shared)
    try:
        done.append(store.set_note(shared, seen.version, f"{seen.note} {name}").id)
        appended += 1
    except Conflict:
        conflicts += 1
print(json.dumps({"done": done, "conflicts": conflicts, "appended": appended}))
"""


def test_no_act_is_lost_and_none_is_refused_for_a_lock(
    store: Store, report: Report, document: Document
) -> None:
    shared = store.annotate(report.id, report.revision_id, make_passage(document, 0, 7)).items[0].item_id
    names = [f"reviewer-{number}" for number in range(PROCESSES)]
    for name in names:
        store.add_person(name)
    before = store.last_change_id()
    sessions = [
        subprocess.Popen(
            [sys.executable, "-c", SESSION, str(store.path), name, str(ACTS)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for session in sessions:
        assert session.stdout is not None and session.stdout.readline() == "ready\n"
    ends = [session.communicate("go\n") for session in sessions]
    assert [errors for _, errors in ends] == [""] * PROCESSES
    said = [json.loads(output) for output, _ in ends]
    changes = store.changes_since(before)
    assert sorted(change for one in said for change in one["done"]) == [change.id for change in changes]
    for name, one in zip(names, said, strict=True):
        assert [change.id for change in changes if change.reviewer == name] == one["done"]
        assert store.annotation(shared).note.split().count(name) == one["appended"]
    assert store.check() == []


def test_sessions_that_start_together_on_a_new_record_share_it(tmp_path: Path) -> None:
    code = "import sys; from annotations.store import Store; Store.open(sys.argv[1], 'x').remember('a', 'b')"
    path = tmp_path / "new" / "reviewer.db"
    command = [sys.executable, "-c", code, str(path)]
    sessions = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    assert [session.communicate()[1] for session in sessions] == [""] * PROCESSES
    with Store.open(path, "x") as store:
        assert store.check() == []
        assert store._rows("SELECT count(*) FROM reviewers") == [(1,)]
    assert not list(path.parent.glob(".*"))


def test_a_session_that_dies_holding_the_ticket_gives_it_back(database: Path) -> None:
    code = (
        "import os, sys; from annotations.ticket import Ticket; from pathlib import Path\n"
        "with Ticket(Path(sys.argv[1])): print('held', flush=True); sys.stdin.readline()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(database)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    holder.kill()
    with Store.open(database, "lan") as store:
        store.remember("screen", "library")
        assert store.recall("screen") == "library"
    holder.communicate()
