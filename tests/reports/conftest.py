"""What several tests of the texts use: hostile payloads, the seed report, random report text."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

SHARED = Path(__file__).parents[3] / "shared"

settings.register_profile("quick", max_examples=150, deadline=None)
settings.register_profile("thorough", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def payloads() -> list[dict[str, Any]]:
    """Texts that have harmed other programs: escape sequences, odd Unicode, markup."""
    path = SHARED / "payloads" / "payloads.json"
    if not path.exists():
        pytest.skip("the collection of hostile texts is not here")
    groups = json.loads(path.read_text(encoding="utf-8"))
    return [entry for name in ("terminal", "unicode", "markup") for entry in groups[name]]


@pytest.fixture(scope="session")
def seed_report() -> Path:
    """A real report whose paragraphs are lines."""
    path = SHARED / "reports" / "giao-ban-khoi-dang-quy-1-2023.txt"
    if not path.exists():
        pytest.skip("the real report is not here")
    return path
