"""Opens OLE compound files (.doc, .xls) through olefile, its failures as LoadErrors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import olefile

from reports.converters.package import damaged
from reports.errors import LoadError


@contextmanager
def opened(data: bytes, shown: str) -> Iterator[olefile.OleFileIO]:
    """The OLE file in `data`; whatever goes wrong while it is open and is not a LoadError becomes one."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            yield file
    except LoadError:
        raise
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise damaged(shown, error) from None
