"""What `reviewer import` says: a line a file, a bar while many come in, and how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any

from reports.clean import one_line
from reviewer.cli.output import complain, print_json
from reviewer.cli.revisions import placements_line
from reviewer.i18n import _, ngettext
from reviewer.importing import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_WATCHED = 20
"""From this many files on, a terminal gets a progress bar."""

_FACTS = ("title", "date", "period", "issuer")


class Tally:
    """Tells of outcomes as they come, and sums them up on leaving, also when the run is broken off.

    `total`: how many files there are. Reasons for refusals come at the end, where they do not scroll away.
    """

    def __init__(self, total: int, as_json: bool) -> None:
        self._total = total
        self._as_json = as_json
        self._outcomes: list[Outcome] = []
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Tally:
        if self._total >= _WATCHED and sys.stderr.isatty():
            self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()
        if kind is None or self._outcomes:
            self._sum_up()
        if kind is KeyboardInterrupt and self._total > 1:
            print(_("Run it again to go on: what is in already is passed over."), file=sys.stderr)

    @property
    def refused(self) -> list[Outcome]:
        """Those that did not come in."""
        return [outcome for outcome in self._outcomes if outcome.refused]

    def begin(self, name: str) -> None:
        """The file called `name` is being read."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=one_line(name.rpartition("/")[2])[:40])

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave the terminal to a question."""
        if self._progress is not None:
            self._progress.stop()
        try:
            yield
        finally:
            if self._progress is not None:
                self._progress.start()

    def add(self, outcome: Outcome) -> None:
        """Tell of one more file."""
        self._outcomes.append(outcome)
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)
        if not outcome.refused and not self._as_json:
            print(*outcome_words(outcome), sep="\t", flush=True)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=sys.stdout.isatty(),
        )
        self._task = self._progress.add_task("", total=self._total)
        self._progress.start()

    def _sum_up(self) -> None:
        if self._as_json:
            print_json([outcome_object(outcome) for outcome in self._outcomes])
        elif self._total == 1:
            for outcome in self._outcomes:
                if outcome.refused:
                    complain(outcome.refused)
                elif outcome.guessed and outcome.created:
                    sys.stderr.writelines(_guesses(outcome))
        else:
            sys.stderr.writelines(self._ending())

    def _ending(self) -> Iterator[str]:
        revised = sum(outcome.revision is not None for outcome in self._outcomes)
        new = sum(outcome.created for outcome in self._outcomes) - revised
        refused = self.refused
        known = len(self._outcomes) - new - revised - len(refused)
        for outcome in refused:
            yield f"reviewer: {one_line(outcome.source)}: {outcome.refused}\n"
        said = [_("{count} imported").format(count=new)]
        if revised:
            said.append(ngettext("{count} revised", "{count} revised", revised).format(count=revised))
        said.append(_("{count} already there").format(count=known))
        said.append(ngettext("{count} refused", "{count} refused", len(refused)).format(count=len(refused)))
        left = self._total - len(self._outcomes)
        if left:
            said.append(ngettext("{count} not looked at", "{count} not looked at", left).format(count=left))
        yield ", ".join(said) + "\n"


def outcome_words(outcome: Outcome) -> Iterator[str]:
    """The cells of the line that tells of a file that came in or was there."""
    yield outcome.slug or ""
    if outcome.gone:
        yield _("deleted before, not brought back")
    elif not outcome.created:
        yield _("already there")
    elif outcome.revision is not None:
        yield _("revision {number}").format(number=outcome.revision)
        yield placements_line(outcome.placements)


def outcome_object(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON shows it."""
    report = outcome.report
    return {
        "source": one_line(outcome.source),
        "report": outcome.slug,
        "created": outcome.created,
        "refused": outcome.refused,
        "revision": outcome.revision,
        "placements": dict(outcome.placements),
        "corrects": outcome.corrects,
        **{fact: getattr(report, fact) if report else None for fact in _FACTS},
        "guessed": outcome.guessed,
    }


def _guesses(outcome: Outcome) -> Iterator[str]:
    """What was found in the file about the report, and how to correct it."""
    names = {"title": _("title"), "date": _("date"), "period": _("period"), "issuer": _("issuer")}
    wide = max(map(len, names.values()))
    for fact, name in names.items():
        value = getattr(outcome.report, fact) or _("not found")
        yield f"  {name:<{wide}}  {value}\n"
    yield (
        _("To correct it: reviewer describe {slug} --title … --date … --period … --issuer …").format(
            slug=outcome.slug
        )
        + "\n"
    )
