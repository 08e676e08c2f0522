"""Facts about the code that the house keeps: sizes, no leftovers, nothing of one machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = ("reports", "annotations", "reviewer")
MODULE_LINES, FUNCTION_LINES = 400, 50
LEFTOVERS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|\bbreakpoint\(\)|\bpdb\.set_trace")


def sources(*packages: str) -> Iterator[tuple[Path, str]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def test_a_module_fits_on_a_few_screens() -> None:
    assert {str(p): n for p, text in sources(*CODE) if (n := text.count("\n")) > MODULE_LINES} == {}


def test_a_function_fits_on_one_screen() -> None:
    long = {}
    for path, text in sources(*CODE):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    long[f"{path}:{node.lineno} {node.name}"] = length
    assert long == {}


def test_public_things_say_what_they_are() -> None:
    silent = []
    for path, text in sources(*CODE):
        tree = ast.parse(text)
        if path.name != "__init__.py" and not ast.get_docstring(tree):
            silent.append(str(path))
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
                and not _plain_enum(node)
            ):
                silent.append(f"{path}: {node.name}")
    assert silent == []


def _plain_enum(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases)


def test_no_leftovers() -> None:
    found = [
        f"{path}:{number}"
        for path, text in sources(*CODE, "tests", "benchmarks")
        if path.name != "test_house.py"
        for number, line in enumerate(text.splitlines(), 1)
        if LEFTOVERS.search(line)
    ]
    assert found == []


def test_a_broad_handler_never_swallows() -> None:
    found = []
    for path, text in sources(*CODE):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ExceptHandler):
                broad = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
                if broad and all(isinstance(s, ast.Pass | ast.Continue) for s in node.body):
                    found.append(f"{path}:{node.lineno}")
    assert found == []


def test_every_test_says_what_must_hold() -> None:
    silent = []
    for path, text in sources("tests"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                said = any(isinstance(each, ast.Assert) for each in ast.walk(node))
                if not said and "raises(" not in ast.unparse(node):
                    silent.append(f"{path}:{node.lineno} {node.name}")
    assert silent == []
