"""`reviewer restore-backup`: a backup in the record's place, checked before."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from reviewer.i18n import _
from reviewer.place import database_path


def run(options: Namespace) -> int:
    """Check the backup, keep what is there now, put the backup in its place."""
    from annotations.restore import restore

    kept = restore(Path(options.file), database_path(options.db), force=options.force)
    if kept is not None:
        print(_("What was there before is kept: {path}").format(path=kept))
    print(_("The record is as the backup has it."))
    return 0
