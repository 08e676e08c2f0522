"""A small reader on the line view: text at the left, a panel at the right, as the program's own screens are.

Arguments: the driver (`own` or `stock`), then lines of text to show and, optionally, `panel`.
"""

from __future__ import annotations

import sys

from reviewer.terminal.environment import prepare

prepare()

from rich.segment import Segment  # noqa: E402
from rich.style import Style  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.binding import Binding  # noqa: E402
from textual.containers import Horizontal  # noqa: E402
from textual.geometry import Size  # noqa: E402
from textual.scroll_view import ScrollView  # noqa: E402
from textual.strip import Strip  # noqa: E402

from reviewer.terminal.driver import ReviewerDriver  # noqa: E402
from reviewer.terminal.safe_app import SafeApp  # noqa: E402

TEXT = (
    "giải phóng mặt bằng còn chậm; tỷ lệ giải ngân vốn đầu tư công đạt thấp; tình trạng vi phạm về quản lý "
    "đất đai, xây dựng trái phép, ô nhiễm môi trường còn xảy ra ở một số địa phương trong tỉnh quý này"
)
WORDS = TEXT.split()


def line_of(number: int, width: int) -> str:
    words = WORDS[number % len(WORDS) :] + WORDS
    text = f"{number} " + " ".join(words[: 8 + number * 7 % 9])
    return text[: width - 4 - number % 3 * 8]


class Lines(ScrollView, can_focus=True):
    BINDINGS = [  # noqa: RUF012
        Binding("j", "cursor(1)"),
        Binding("k", "cursor(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("pageup", "page(-1)"),
    ]
    DEFAULT_CSS = "Lines { overflow: hidden hidden; scrollbar-size: 0 0; }"

    def __init__(self, count: int, width: int | None = None) -> None:
        super().__init__()
        self.count, self.cursor = count, 0
        if width:
            self.styles.width = width

    def on_mount(self) -> None:
        self.auto_links = False
        self.virtual_size = Size(self.size.width, self.count)

    @property
    def allow_vertical_scroll(self) -> bool:
        return True

    def render_line(self, y: int) -> Strip:
        row, width = y + int(self.scroll_offset.y), self.size.width
        base = self.rich_style
        mark = "▌ " if row == self.cursor else "  "
        text = line_of(row, width).ljust(width - 2)
        return Strip([Segment(mark, base + Style(color="#ffb000")), Segment(text, base)], width)

    def action_cursor(self, step: int) -> None:
        old, self.cursor = self.cursor, max(0, min(self.count - 1, self.cursor + step))
        top = int(self.scroll_offset.y)
        if not top <= self.cursor < top + self.size.height:
            self.scroll_to(y=self.cursor if step < 0 else self.cursor - self.size.height + 1, animate=False)
        for row in (old, self.cursor):
            self.refresh_line(row - int(self.scroll_offset.y))

    def action_page(self, step: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + step * self.size.height, animate=False)

    def refresh_line(self, y: int) -> None:
        from textual.geometry import Region

        self.refresh(Region(0, y, self.size.width, 1))


class Toy(SafeApp, App[None]):
    BINDINGS = [Binding("q", "quit"), Binding("b", "bad")]  # noqa: RUF012

    def __init__(self, driver: str, count: int, panel: bool) -> None:
        super().__init__(driver_class=ReviewerDriver if driver == "own" else None)
        self.count, self.panel = count, panel

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Lines(self.count)
            if self.panel:
                yield Lines(25, width=38)

    def on_mount(self) -> None:
        self.query(Lines).first().focus()

    def action_bad(self) -> None:
        secret = "the words of a reviewer"
        raise RuntimeError(f"as was asked for, of {len(secret)} letters")


if __name__ == "__main__":
    toy = Toy(sys.argv[1], int(sys.argv[2]), "panel" in sys.argv[3:])
    toy.run()
    sys.exit(toy.return_code)
