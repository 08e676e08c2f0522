"""reports ← annotations ← reviewer, and no command loads the screen."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = {"reports": set(), "annotations": {"reports"}, "reviewer": {"reports", "annotations"}}
SCREEN_PARTS = ("reviewer.app", "reviewer.screens", "reviewer.widgets", "reviewer.terminal", "reviewer.theme")


def modules(package: str) -> list[str]:
    names = []
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = list(path.relative_to(ROOT).with_suffix("").parts)
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports, lazily or not."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_is_below_it(layer: str) -> None:
    forbidden = set(LAYERS) - LAYERS[layer] - {layer}
    if layer != "reviewer":
        forbidden |= {"textual"}
    if layer == "reports":
        forbidden |= {"sqlite3", "pysqlite3", "sqlite_utils"}
    wrong = {
        str(path.relative_to(ROOT)): sorted(imported(path) & forbidden)
        for path in (ROOT / layer).rglob("*.py")
        if imported(path) & forbidden
    }
    assert wrong == {}


def loaded_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


@pytest.mark.parametrize("package", ["reports", "annotations"])
def test_importing_a_whole_layer_loads_no_screen(package: str) -> None:
    statement = "; ".join(f"import {name}" for name in modules(package))
    assert "textual" not in loaded_after(statement)


def test_importing_every_command_loads_no_screen() -> None:
    names = ["reviewer.__main__", *modules("reviewer.cli".replace(".", "/"))]
    assert "textual" not in loaded_after("; ".join(f"import {name}" for name in names))


def test_widgets_know_neither_store_nor_sql() -> None:
    wrong = {}
    for path in (ROOT / "reviewer" / "widgets").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in {
                "annotations.store",
                "annotations.issues",
                "annotations.database",
            }:
                wrong[path.name] = node.module
    assert wrong == {}
