from __future__ import annotations

import pytest

from tests.terminal.ptykit import terminals


@pytest.fixture
def terminal(tmp_path):
    """Where to run programs in pseudo-terminals; all are ended with the test."""
    with terminals(tmp_path / "home") as started:
        yield started
