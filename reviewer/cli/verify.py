"""`reviewer verify`: whether the history is the one that was written."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from annotations import chain
from annotations.database import connect
from annotations.models import Anchor
from reviewer.cli.output import print_json
from reviewer.cli.session import opened
from reviewer.i18n import _, explain


def run(options: Namespace) -> int:
    """Check the chain of changes, also against anchors and backups; 2 if anything is wrong."""
    anchors = [chain.parse_anchor(text) for text in options.anchor]
    anchors += [anchor_of(Path(name)) for name in getattr(options, "against", None) or ()]
    with opened(options) as store:
        problems = store.verify(*anchors)
        now = store.anchor()
    if options.json:
        print_json({"anchor": str(now), "problems": [explain(problem) for problem in problems]})
    elif problems:
        for problem in problems:
            print(explain(problem))
    else:
        print(_("The history is whole: {count} changes.").format(count=now.change_id))
        print(_("anchor {anchor}").format(anchor=now))
    return 2 if problems else 0


def anchor_of(backup: Path) -> Anchor:
    """The end of the history that a backup holds."""
    connection = connect(backup, readonly=True)
    try:
        return chain.end(connection)
    finally:
        connection.close()
