"""Collects the user-facing texts into `reviewer.pot`, carries them into `vi.po`, compiles `vi.mo`.

Needs Babel (of the `dev` extra); the program itself reads only the compiled catalogue.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PACKAGES = ("reports", "annotations", "reviewer")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_NEVER = datetime(2023, 1, 1, tzinfo=UTC)
CATALOGUE = HERE / "vi" / "LC_MESSAGES" / "reviewer.po"


def collected() -> Catalog:
    """Every text that the code marks for translation."""
    catalogue = Catalog(project="reviewer", charset="utf-8")
    for package in PACKAGES:
        found = extract_from_dir(ROOT / package, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for name, _line, message, comments, context in found:
            catalogue.add(message, None, [(f"{package}/{name}", 0)], auto_comments=comments, context=context)
    return catalogue


def translated() -> Catalog:
    """The Vietnamese catalogue as it is on disk."""
    if not CATALOGUE.exists():
        return Catalog(locale="vi", project="reviewer")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="vi")


def compiled(catalogue: Catalog) -> bytes:
    """What gettext reads at run time."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def missing(texts: Catalog, catalogue: Catalog) -> list[str]:
    """The texts that have no finished translation."""
    lacking = []
    for message in texts:
        if not message.id:
            continue
        known = catalogue.get(message.id, context=message.context)
        string = known.string if known else ""
        strings = string if isinstance(string, list | tuple) else (string,)
        if known is None or known.fuzzy or not all(strings):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def save(catalogue: Catalog) -> None:
    """Write the catalogue and its compiled form; the same texts make the same bytes."""
    catalogue.header_comment = "# Vietnamese texts of reviewer."
    catalogue.fuzzy = False
    catalogue.creation_date = catalogue.revision_date = _NEVER
    catalogue.last_translator = catalogue.language_team = "The reviewer developers"
    catalogue.msgid_bugs_address = ""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False, sort_output=True)
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue))


def main() -> int:
    """Update and compile; 1 if a translation is missing, which is listed."""
    texts, catalogue = collected(), translated()
    catalogue.update(texts, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    save(catalogue)
    lacking = missing(texts, catalogue)
    print(f"{len(texts)} texts, {len(lacking)} without a translation")
    for text in lacking:
        print(f"  {text}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
