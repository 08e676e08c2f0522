"""`reviewer source` and `reviewer describe`: the file that a report was read from, and what is said of it."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from reviewer.cli.files import write_new
from reviewer.cli.output import print_json
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.i18n import N_
from reviewer.place import refuse_guest_files


def run_source(options: Namespace) -> int:
    """Give the file that a text was read from, byte for byte: as a new file, or on standard output."""
    if options.output:
        refuse_guest_files()
    elif sys.stdout.isatty():
        raise UsageError(
            N_("The file could upset the terminal. Name a new one for it: reviewer source {report} -o FILE"),
            report=options.report,
        )
    with opened(options) as store:
        report = store.report(options.report)
        revisions = store.revisions(report.id)
        current = next(each for each in revisions if each.current)
        chosen = current if options.revision is None else store.revision(report.id, options.revision)
        data = store.original(chosen.id)
    if options.output:
        write_new(Path(options.output), data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    return 0


def run_describe(options: Namespace) -> int:
    """Say anew what a report is called, of which day and period it is, and who issued it."""
    from reviewer.cli.imports import details_of
    from reviewer.cli.texts import report_object

    given = {name: value for name, value in details_of(options).items() if value is not None}
    empty = {name for name in ("date", "period", "issuer") if getattr(options, name) == ""}
    given |= {name: "" if name == "issuer" else None for name in empty}
    if not given:
        raise UsageError(N_("Say what to change: --title, --date, --period, --issuer."))
    with opened(options) as store:
        report = store.report(options.report)
        store.edit_report(report.id, report.version, **given)  # type: ignore[arg-type]
        said = report_object(store.report(report.slug))
    if options.json:
        print_json(said)
    else:
        print(*(value or "" for value in said.values()), sep="\t")
    return 0
