"""`reviewer import --watch`: what a scanner or a mail gateway puts into a folder comes in as it arrives."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace
from pathlib import Path
from threading import Event

from annotations import roles
from annotations.models import Act
from annotations.store import Store
from reports.clean import one_line
from reports.errors import ReviewError
from reviewer.cli.import_report import outcome_object, outcome_words
from reviewer.cli.output import complain
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.i18n import N_, _, explain
from reviewer.importing import Details, Outcome, Source, import_source
from reviewer.place import refuse_guest_files
from reviewer.settings import load_settings
from reviewer.watching import LOOKS, DropFolder, Dropped

SHORTEST = 0.02
"""Seconds between two looks, at least."""

PATIENCE = 15
"""Looks that are left out after the record or the folder could not be used."""


def run(options: Namespace) -> int:
    """Import what is put into a folder until told to end; with `--once` what is there now.

    2 where something was refused in a run with `--once`. A signal to end lets the file in hand come in first.
    """
    refuse_guest_files()
    _refuse_options(options)
    ending = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: ending.set())
    # A lease that somebody breaks while it is tried is told by a signal that would end the process.
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    with opened(options) as store:
        roles.refuse(store.role, Act.IMPORT)
    watcher = _Watcher(options, ending)
    with DropFolder(Path(options.watch), leave=options.leave) as folder:
        if options.once:
            return watcher.once(folder)
        if not options.json:
            print(_("watching {folder}").format(folder=one_line(options.watch)), file=sys.stderr, flush=True)
        watcher.run(folder)
    return 0


def _refuse_options(options: Namespace) -> None:
    if options.paths:
        raise UsageError(N_("--watch names the one folder that is watched; name no other files."))
    for name in ("title", "date", "period", "revises", "name"):
        if getattr(options, name):
            raise UsageError(N_("--{option} is about one report; it does not go with --watch."), option=name)


class _Watcher:
    """Brings in what is complete, a file at a time, and says so."""

    def __init__(self, options: Namespace, ending: Event) -> None:
        self._options = options
        self._ending = ending
        self._every = max(SHORTEST, options.every)
        self._largest = load_settings().largest_kept
        self._refused = 0
        self._trouble = ""

    def once(self, folder: DropFolder) -> int:
        complete = folder.look()
        for _again in range(LOOKS - 1):
            if folder.undecided():
                self._ending.wait(self._every)
                complete = folder.look()
        with opened(self._options) as store:
            for file in complete:
                if not self._ending.is_set():
                    self._take(store, folder, file)
        return 2 if self._refused else 0

    def run(self, folder: DropFolder) -> None:
        while not self._ending.is_set():
            complete = folder.look()
            try:
                if complete:
                    with opened(self._options) as store:
                        for file in complete:
                            if self._ending.is_set():
                                return
                            self._take(store, folder, file)
                self._trouble = ""
            except (ReviewError, OSError) as error:
                self._tell_trouble(error)
                self._ending.wait(self._every * PATIENCE)
            self._ending.wait(self._every)

    def _take(self, store: Store, folder: DropFolder, file: str) -> None:
        """Bring one file in; where that fails for no fault of its own it stays, to be tried again."""
        name = one_line(file)
        try:
            dropped = folder.read(file)
        except OSError as error:
            complain(f"{name}: {error.strerror}")
            folder.pass_over(file)
            return
        if dropped is None:
            return
        details: Details = {"issuer": self._options.issuer}
        outcome = import_source(
            store,
            Source(name, lambda: dropped.data, self._options.encoding or ""),
            details,
            apart=self._options.new,
            largest_kept=self._largest,
            once=True,
        )
        self._put_away(folder, dropped, outcome)

    def _put_away(self, folder: DropFolder, dropped: Dropped, outcome: Outcome) -> None:
        name = one_line(dropped.name)
        if outcome.refused:
            self._refused += 1
            complain(f"{name}: {outcome.refused}")
            folder.refuse(dropped, outcome.refused)
        else:
            folder.finish(dropped)
        if self._options.json:
            import json

            print(json.dumps(outcome_object(outcome), ensure_ascii=False), flush=True)
        elif not outcome.refused:
            print(name, *outcome_words(outcome), sep="\t", flush=True)

    def _tell_trouble(self, error: ReviewError | OSError) -> None:
        """Say what keeps files from coming in, once for as long as it lasts."""
        said = explain(error) if isinstance(error, ReviewError) else f"{error}"
        if said != self._trouble:
            self._trouble = said
            complain(said)
