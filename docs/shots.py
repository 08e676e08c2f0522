"""Pictures of the screens for the README, from the sample reports: `make shots`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from annotations.models import Link
from annotations.phrases import PhraseFinder
from annotations.store import Store
from reports.passage import make_passage
from reports.units import UnitKind, units_in_block
from reviewer.app import ReviewerApp
from reviewer.choices import Choices
from reviewer.demo import open_demo
from reviewer.settings import Settings

IMAGES = Path(__file__).parent / "images"
REPORT = "giao-ban"
SIZE = (120, 34)
CUES = ("chậm", "thấp", "vi phạm", "ô nhiễm", "chưa cao", "khiếu nại")
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)

SCREENS = {
    "library": [],
    "reading": ["enter", "slash", *"giai phong mat bang", "enter", "escape", "right_square_bracket"],
    "picker": ["enter", "slash", *"giai phong mat bang", "enter", "escape", "right_square_bracket", "a"],
    "issues": ["L"],
    "compact": ["enter", "slash", *"giai phong mat bang", "enter", "escape", "right_square_bracket"],
    "charts": ["b", "2"],
}
"""Keys that lead to each screen, from the library with the cursor on the report."""


def review(store: Store) -> None:
    """Tag what the samples' sentences say, as a reviewer would."""
    choices, phrases = Choices(store), PhraseFinder(store.tags())
    for row in store.library():
        report = row.report
        document = store.document(report.revision_id)
        for block in range(len(document.blocks)):
            for unit in units_in_block(document, block, UnitKind.CLAUSE):
                words = document.text[unit.start : unit.end]
                tags = phrases.find(words)[:1] if any(cue in words for cue in CUES) else []
                if tags:
                    link: Link | None = choices.first_link(words, tags, (), report)
                    passage = make_passage(document, unit.start, unit.end)
                    store.annotate(
                        report.id, report.revision_id, passage, tags=tags, links=[link] if link else []
                    )


async def shoot(store: Store, screen: str, language: str, theme: str) -> None:
    """Write one picture."""
    settings = Settings(language=language, theme=theme, resume=False)
    app = ReviewerApp(store, settings, compact=screen == "compact")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        place = next(i for i, row in enumerate(app.screen._shown) if row.report.slug.startswith(REPORT))
        for _step in range(place):
            await pilot.press("j")
        for key in SCREENS[screen]:
            await pilot.press(key)
        await pilot.pause()
        picture = app.export_screenshot(title="reviewer")
    path = IMAGES / f"{screen}-{language}-{theme}.svg"
    path.write_text(_FONT_FACE.sub("", picture).replace("Fira Code", "DejaVu Sans Mono"), encoding="utf-8")


def main() -> None:
    """Write every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, open_demo("mai", Path(folder)) as store:
        review(store)
        for screen in SCREENS:
            for language, theme in (("en", "dark"), ("vi", "light")):
                asyncio.run(shoot(store, screen, language, theme))


if __name__ == "__main__":
    main()
