"""Time Taguette's own exports: run by the Python it is installed for, with a folder of highlights.

`highlights.jsonl` in it has one highlight a line: report, start, end, passage, tags. Prints seconds by format
as JSON, the least of `RUNS`.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
import time
from html import escape
from pathlib import Path
from typing import Any

RUNS = 3


def filled(folder: Path) -> tuple[Any, int]:
    """A session on a new database with the highlights in one project, and that project's id."""
    from taguette import database

    session = database.connect(f"sqlite:///{folder / 'taguette.sqlite3'}")()
    project = database.Project(name="reports", description="")
    session.add(project)
    session.flush()
    documents: dict[str, Any] = {}
    tags: dict[str, Any] = {}
    with (folder / "highlights.jsonl").open(encoding="utf-8") as lines:
        for highlight in map(json.loads, lines):
            name = highlight["report"]
            if name not in documents:
                documents[name] = database.Document(
                    name=name, description="", filename=name, project_id=project.id, contents="<p></p>",
                    text_direction=database.TextDirection.LEFT_TO_RIGHT,
                )  # fmt: skip
                session.add(documents[name])
                session.flush()
            for tag in highlight["tags"]:
                if tag not in tags:
                    tags[tag] = database.Tag(path=tag, description="", project_id=project.id)
                    session.add(tags[tag])
            made = database.Highlight(
                document_id=documents[name].id,
                start_offset=highlight["start"],
                end_offset=highlight["end"],
                snippet=escape(highlight["passage"]),
            )
            made.tags.extend(tags[tag] for tag in highlight["tags"])
            session.add(made)
    session.commit()
    return session, project.id


def main(folder: Path) -> None:
    """Fill a database, then export it."""
    from taguette import export
    from tornado import locale

    session, project = filled(folder)

    def csv() -> None:
        export.highlights_csv(session, project, "", io.StringIO())

    def xlsx() -> None:
        export.highlights_xslx(session, project, "", str(folder / "highlights.xlsx"))

    def html() -> None:
        _type, contents = export.highlights_doc(
            session, project, "", "html", config={}, locale=locale.get("en_US")
        )
        if asyncio.iscoroutine(contents):
            contents = asyncio.run(contents)
        for _chunk in contents:
            pass

    least: dict[str, float] = {}
    for do in (csv, xlsx, html) * RUNS:
        start = time.perf_counter()
        do()
        least[do.__name__] = min(least.get(do.__name__, 1e9), time.perf_counter() - start)
    print(json.dumps(least))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
