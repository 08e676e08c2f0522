"""A fresh database with the sample reports, apart from the reviewer's own."""

from __future__ import annotations

import os
from pathlib import Path

from annotations.directory_csv import read_directory, seed_of
from annotations.store import Store
from annotations.store.files import Original
from reports.load import load_bytes
from reports.samples import AGENCIES, SAMPLES, sample_path
from reviewer.place import demo_folder


def open_demo(reviewer: str, folder: Path | None = None) -> Store:
    """A new database in `folder` with every sample and the invented province's agencies in it.

    What earlier demos left is removed, those that still run excepted.
    """
    folder = folder or demo_folder()
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    store = Store.open(folder / f"demo-{os.getpid()}.db", reviewer)
    store.import_agencies(seed_of(row) for row in read_directory(AGENCIES.read_bytes()).rows)
    for sample in SAMPLES:
        data = sample_path(sample).read_bytes()
        loaded = load_bytes(data, sample.file)
        store.add_report(
            loaded.document,
            title=sample.title,
            issuer=sample.issuer,
            date=sample.date,
            period=sample.period,
            source=sample.file,
            original=Original(data, loaded.format, loaded.encoding),
        )
    return store


def _sweep(folder: Path) -> None:
    for path in folder.glob("demo-*.db*"):
        pid = path.name.removeprefix("demo-").partition(".")[0]
        if pid.isdigit() and (int(pid) == os.getpid() or not _lives(int(pid))):
            path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
