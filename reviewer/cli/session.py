"""The store that a command works on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from annotations.store import Store
from reviewer.place import account_name, database_path


@contextmanager
def opened(options: Namespace) -> Iterator[Store]:
    """The store at `--db`, as the account that runs the command; closed afterwards."""
    store = Store.open(database_path(options.db), account_name())
    try:
        yield store
    finally:
        store.close()
