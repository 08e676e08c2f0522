"""Sessions as processes of their own, forked from one that has imported everything, each with a log.

A line of a log is written after the act it tells of has returned, in one call, so that it outlives SIGKILL:
what it says was acknowledged.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotations.errors import Conflict, Invalid
from annotations.models import Change, Link, Role, Severity, Status
from annotations.store import Store
from reports.document import Document
from reports.load import load_bytes
from reports.passage import make_passage
from tests.waiting import let_pass

TEXT = "\n\n".join(
    f"Đoạn {number}: tiến độ giải phóng mặt bằng ở một số công trình còn chậm; ô nhiễm môi trường còn xảy ra."
    for number in range(40)
)
SHARED = 30
"""Annotations that everybody edits."""


class Log:
    """The acts of one session, in a file that only grows."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, **said: object) -> None:
        os.write(self._fd, json.dumps(said).encode() + b"\n")


def read_log(path: Path) -> list[dict[str, Any]]:
    """What a session wrote down, but for a line that its death cut off."""
    lines = path.read_bytes().split(b"\n")
    return [json.loads(line) for line in lines[:-1]]


def begin(path: Path, names: list[str]) -> None:
    """A record with one report, SHARED annotations on it, and `names` as its reviewers."""
    with Store.open(path, "lead") as store:
        for name in names:
            store.add_person(name)
        document = load_bytes(TEXT.encode(), "a.txt").document
        report = store.add_report(document, title="Giao ban").report
        for number in range(SHARED):
            passage = make_passage(document, number * 20, number * 20 + 9)
            store.annotate(report.id, report.revision_id, passage)


def fork(do: Callable[[], None]) -> int:
    """Run `do` in a child process; its number. A failure is told on standard error and by exit code 1."""
    child = os.fork()
    if child:
        return child
    code = 0
    try:
        do()
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        sys.stderr.flush()
        os._exit(code)


def wait(children: list[int]) -> list[int]:
    """The exit codes of `children` once all have ended; negative for a signal."""
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


@dataclass
class Session:
    """Somebody at work: mixed acts on annotations that others edit too."""

    store: Store
    log: Log
    chance: random.Random
    document: Document
    report_id: int
    revision_id: int
    own: list[int] = field(default_factory=list)

    def annotate(self) -> None:
        start = self.chance.randrange(len(self.document.text) - 20)
        passage = make_passage(self.document, start, start + 9)
        change = self.store.annotate(self.report_id, self.revision_id, passage)
        self.own.append(change.items[0].item_id)
        self.log.write(change=change.id, act="annotate", id=self.own[-1])

    def edit(self, linger: Callable[[], object]) -> None:
        """See an annotation, linger, then change it; a conflict is written down too."""
        number = self.chance.randrange(1, SHARED + 1)
        seen = self.store.annotation(number)
        act, value = self.chance.choice(self._edits())
        linger()
        try:
            change = do_edit(self.store, act, number, seen.version, value)
        except Conflict:
            self.log.write(conflict=True, act=act, id=number, seen=seen.version)
        else:
            self.log.write(change=change.id, act=act, id=number, seen=seen.version, value=value)

    def _edits(self) -> list[tuple[str, Any]]:
        chance = self.chance
        return [
            ("set_note", f"{self.store.reviewer} {chance.random()}"),
            ("set_status", str(chance.choice((Status.OPEN, Status.IN_PROGRESS)))),
            ("set_severity", str(chance.choice(list(Severity)))),
            ("set_tags", chance.sample(range(1, 30), chance.randrange(4))),
            ("set_links", [[agency, "lead"] for agency in chance.sample(range(1, 30), chance.randrange(3))]),
        ]

    def step(self) -> None:
        """One act or another."""
        if self.chance.random() < 0.4:
            self.annotate()
        else:
            self.edit(lambda: None)


def do_edit(store: Store, act: str, number: int, version: int, value: Any) -> Change:
    """One edit by the name of its method."""
    if act == "set_links":
        value = [Link(agency, Role(role)) for agency, role in value]
    change: Change = getattr(store, act)(number, version, value)
    return change


@contextlib.contextmanager
def session(path: Path, name: str, log: Path, seed: int) -> Iterator[Session]:
    """`name` at work on the record at `path`."""
    with Store.open(path, name) as store:
        report = store.reports()[0]
        document = store.document(report.revision_id)
        yield Session(store, Log(log), random.Random(seed), document, report.id, report.revision_id)


@dataclass(frozen=True)
class Killed:
    """What a storm of kills came to."""

    kills: int
    acknowledged: int
    unacknowledged: int
    lost: int
    problems: list[str]


def kill_storm(path: Path, writers: int, seconds: float, seed: int = 1) -> Killed:
    """`writers` sessions without pause, one or all of them killed with SIGKILL again and again."""
    chance = random.Random(seed)
    names = [f"writer-{number}" for number in range(writers)]
    begin(path, names)
    logs = {name: path.with_name(f"{name}.log") for name in names}

    def work(name: str, seed: int) -> None:
        with session(path, name, logs[name], seed) as at:
            while True:
                at.step()

    def start(name: str) -> int:
        seed = chance.randrange(10**9)
        return fork(lambda: work(name, seed))

    running = {name: start(name) for name in names}
    kills, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        # The kills come at random moments of what the writers do.
        let_pass(chance.uniform(0.02, 0.3))
        victims = names if chance.random() < 0.1 else [chance.choice(names)]
        for name in victims:
            os.kill(running[name], signal.SIGKILL)
            kills += 1
        assert wait([running[name] for name in victims]) == [-signal.SIGKILL] * len(victims)
        running.update({name: start(name) for name in victims})
    for child in running.values():
        os.kill(child, signal.SIGKILL)
    wait(list(running.values()))
    kills += len(running)
    return _after_kills(path, logs, kills)


def _after_kills(path: Path, logs: dict[str, Path], kills: int) -> Killed:
    with Store.open(path, "lead") as store:
        problems = [str(problem) for problem in store.check()]
        recorded = {change.id: change for change in store.changes_since(0)}
        acknowledged = lost = 0
        for name, log in logs.items():
            for line in read_log(log):
                if "change" not in line or line["change"] == 0:
                    continue
                acknowledged += 1
                kept = recorded.get(line["change"])
                if kept is None or kept.reviewer != name or kept.items[0].item_id != line["id"]:
                    lost += 1
        by_writers = sum(change.reviewer in logs for change in recorded.values())
        return Killed(kills, acknowledged, by_writers - acknowledged, lost, problems)


@dataclass(frozen=True)
class Mixed:
    """What many sessions at once came to. `wrong`: where the record is not what the model says."""

    acts: int
    conflicts: int
    wrong: list[str]


def mixed_acts(path: Path, processes: int, acts: int) -> Mixed:
    """`processes` sessions, each `acts` acts and conflicts, then the history against a model of it."""
    names = [f"reviewer-{number}" for number in range(processes)]
    begin(path, names)
    logs = [path.with_name(f"{name}.log") for name in names]

    def work(number: int) -> None:
        with session(path, names[number], logs[number], number) as at:
            for _ in range(acts):
                if at.chance.random() < 0.3:
                    at.annotate()
                else:
                    at.edit(lambda: let_pass(at.chance.choice([0, 0, 0.002])))

    ended = wait([fork(lambda number=number: work(number)) for number in range(processes)])  # type: ignore[misc]
    lines = [line for log in logs for line in read_log(log)]
    wrong = [f"a session ended with {code}" for code in ended if code]
    if len(lines) != processes * acts:
        wrong.append(f"{len(lines)} of {processes * acts} acts came to an end")
    with Store.open(path, "lead") as store:
        wrong += [str(problem) for problem in store.check()]
        wrong += list(_against_model(store, lines))
    return Mixed(len(lines), sum("conflict" in line for line in lines), wrong)


def _against_model(store: Store, lines: list[dict[str, Any]]) -> Iterator[str]:
    """Play the acknowledged edits in the order of their changes: each must have seen the state before it."""
    fields = {"set_note": "note", "set_status": "status", "set_severity": "severity", "set_tags": "tags"}
    fields["set_links"] = "links"
    model: dict[int, dict[str, Any]] = {
        number: {"version": 1, "note": "", "status": "open", "severity": None, "tags": [], "links": []}
        for number in range(1, SHARED + 1)
    }
    done = [line for line in lines if line.get("change") and line["act"] in fields]
    for line in sorted(done, key=lambda line: line["change"]):
        state = model[line["id"]]
        if state["version"] != line["seen"]:
            yield f"change {line['change']} was made on version {line['seen']} of {state['version']}"
        state[fields[line["act"]]] = line["value"]
        state["version"] += 1
    for line in lines:
        if "conflict" in line and line["seen"] >= model[line["id"]]["version"]:
            yield f"a conflict on annotation {line['id']} was none"
    for number, state in model.items():
        found = store.annotation(number)
        kept = {
            "version": found.version,
            "note": found.note,
            "status": str(found.status),
            "severity": None if found.severity is None else str(found.severity),
            "tags": list(found.tags),
            "links": [[link.agency_id, str(link.role)] for link in found.links],
        }
        if kept != state:
            yield f"annotation {number} is {kept}, not {state}"


@dataclass(frozen=True)
class Waits:
    """How long acts took beside an import, in milliseconds."""

    acts: int
    reports: int
    p50: float
    p99: float
    worst: float
    failed: int


def beside_import(path: Path, reviewers: int, reports: int, pause: float = 0.5) -> Waits:
    """`reviewers` sessions that act every `pause` seconds while another imports `reports` of 8 KB."""
    names = [f"reviewer-{number}" for number in range(reviewers)]
    begin(path, names)
    logs = [path.with_name(f"{name}.log") for name in names]
    stop = path.with_name("stop")

    def work(number: int) -> None:
        with session(path, names[number], logs[number], number) as at:
            # Thirty people do not begin at one moment, and each acts at this pace: the load that is measured.
            let_pass(at.chance.random() * pause)
            while not stop.exists():
                start = time.perf_counter()
                change = at.store.annotate(
                    at.report_id, at.revision_id, make_passage(at.document, number, number + 9)
                )
                at.log.write(change=change.id, seconds=time.perf_counter() - start)
                let_pass(pause)

    children = [fork(lambda number=number: work(number)) for number in range(reviewers)]  # type: ignore[misc]
    with Store.open(path, "lead") as store:
        for number in range(reports):
            text = f"Báo cáo số {number}\n\n" + "\n\n".join([f"Câu {number} còn chậm; kéo dài."] * 200)
            with contextlib.suppress(Invalid):
                store.add_report(load_bytes(text.encode(), "a.txt").document, title=f"Báo cáo {number}")
    stop.touch()
    ended = wait(children)
    seconds = sorted(line["seconds"] * 1000 for log in logs if log.exists() for line in read_log(log))
    return Waits(
        len(seconds),
        reports,
        seconds[len(seconds) // 2],
        seconds[int(len(seconds) * 0.99)],
        seconds[-1],
        sum(code != 0 for code in ended),
    )


def backups_under_writers(path: Path, writers: int, copies: int) -> list[str]:
    """What is wrong with `copies` backups taken one after another while `writers` write without pause."""
    names = [f"writer-{number}" for number in range(writers)]
    begin(path, names)

    def work(name: str) -> None:
        with session(path, name, path.with_name(f"{name}.log"), hash(name)) as at:
            while True:
                at.step()

    children = [fork(lambda name=name: work(name)) for name in names]  # type: ignore[misc]
    wrong: list[str] = []
    try:
        with Store.open(path, "lead") as store:
            for number in range(copies):
                before = store.anchor()
                copy = store.backup(path.with_name(f"copy-{number}.db"))
                with Store.open(copy, "lead", readonly=True) as copied:
                    wrong += [f"copy {number}: {one}" for one in copied.check()]
                    wrong += [f"copy {number}: {one}" for one in copied.verify(before)]
                copy.unlink()
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
        wait(children)
    return wrong
