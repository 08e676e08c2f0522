"""The export screen: formats, names, headers, files that are there already."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations.filters import IssueFilter, parse_filter
from annotations.issues import IssueRow, Issues
from annotations.store import Store
from reviewer.app import ReviewerApp
from reviewer.exporting import file_name
from reviewer.screens import export
from reviewer.screens.export import ExportScreen
from reviewer.widgets.choice import Choice
from reviewer.widgets.fields import TextField
from tests.reviewer.app_kit import running, shown
from tests.reviewer.issues.kit import make_issues


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with make_issues(tmp_path) as made:
        yield made


class Exporting:
    def __init__(self, app: ReviewerApp, pilot: Pilot[None], screen: ExportScreen) -> None:
        self.app, self.pilot, self.screen = app, pilot, screen
        self.written: list[Path | None] = []

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()
        for _ in range(400):
            if not any(worker.is_running for worker in self.app.workers):
                break
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    def name(self, path: Path | str) -> None:
        self.screen.query_one("#file", TextField).value = str(path)

    @property
    def named(self) -> Path:
        return Path(self.screen.query_one("#file", TextField).value)


@asynccontextmanager
async def exporting(
    store: Store, filter_text: str = "", size: tuple[int, int] = (120, 40), columns: Sequence[str] = ()
) -> AsyncIterator[Exporting]:
    async with running(store, size=size) as (app, pilot):
        screen = ExportScreen(filter_text, columns)
        made = Exporting(app, pilot, screen)
        app.push_screen(screen, made.written.append)
        await pilot.pause()
        yield made


def read_table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "20230630-issues.csv"),
        ("agency:'so tnmt'", "20230630-so-tnmt.csv"),
        ('agency:"Sở TN&MT" status:open', "20230630-so-tnmt-open.csv"),
        ("agency:none overdue", "20230630-no-agency-overdue.csv"),
        ('"mặt bằng" !status:open', "20230630-mat-bang.csv"),
        ("../../etc/passwd", "20230630-etc-passwd.csv"),
    ],
)
def test_a_file_is_called_after_the_day_and_what_it_is_about(store: Store, text: str, name: str) -> None:
    assert file_name(store, parse_filter(text.replace("'", '"')), "2023-06-30", "csv") == name


async def test_it_says_what_will_be_exported(store: Store) -> None:
    async with exporting(store, "status:open") as made:
        page = shown(made.app)
        assert "3 issues · status:open" in page and "xlsx" in page and "docx" in page
        assert made.named.parent == Path.cwd() and made.named.name.endswith("-open.xlsx")


async def test_another_format_changes_the_ending_and_keeps_the_name(store: Store) -> None:
    async with exporting(store) as made:
        made.name(Path.cwd() / "danh-muc.xlsx")
        await made.press("j")
        assert made.named == Path.cwd() / "danh-muc.docx"
        await made.press("j")
        assert made.named == Path.cwd() / "danh-muc.csv"


async def test_a_typed_ending_chooses_the_format(store: Store) -> None:
    async with exporting(store) as made:
        made.name(Path.cwd() / "list.jsonl")
        await made.pilot.pause()
        assert made.screen.format == "jsonl"


async def test_enter_writes_the_filtered_rows_with_peoples_headers(store: Store) -> None:
    async with exporting(store, "agency:stnmt") as made:
        made.name(Path.cwd() / "a.csv")
        await made.press("enter")
        path = Path.cwd() / "a.csv"
        assert made.written == [path]
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel reads the letters rightly"
        rows = read_table(path)
        assert [row["No."] for row in rows] == ["2", "3"]
        assert "2 issues written to" in "\n".join(n.message for n in made.app._notifications)


async def test_column_names_are_for_programs(store: Store) -> None:
    async with exporting(store) as made:
        made.name(Path.cwd() / "a.csv")
        await made.press("h")
        assert made.screen.query_one("#headers", Choice).value == "names"
        await made.press("enter")
        assert (Path.cwd() / "a.csv").read_bytes().startswith(b"id,report,")


@pytest.mark.parametrize(
    "ending", [".xlsx", ".docx", ".csv", ".html", ".md", ".tsv", ".json", ".jsonl", ".jsonld"]
)
async def test_every_format_is_written(store: Store, ending: str) -> None:
    if ending in (".xlsx", ".docx"):
        pytest.importorskip("xlsxwriter" if ending == ".xlsx" else "docx")
    async with exporting(store) as made:
        made.name(Path.cwd() / f"a{ending}")
        await made.press("enter")
        assert (Path.cwd() / f"a{ending}").stat().st_size > 0
        assert [path.name for path in Path.cwd().iterdir()] == [f"a{ending}"]


async def test_a_file_that_is_there_is_replaced_only_after_a_yes(store: Store) -> None:
    path = Path.cwd() / "a.csv"
    path.write_text("precious")
    async with exporting(store) as made:
        made.name(path)
        await made.pilot.pause()
        assert "there already" in shown(made.app)
        await made.press("enter")
        assert "Replace the file?" in shown(made.app)
        await made.press("n")
        assert path.read_text() == "precious" and made.written == []
        await made.press("enter", "y")
        assert len(read_table(path)) == 5


async def test_what_cannot_be_written_is_said_in_place(store: Store) -> None:
    async with exporting(store) as made:
        made.name(Path.cwd() / "nowhere" / "a.csv")
        await made.pilot.pause()
        assert "Its folder does not exist" in shown(made.app)
        await made.press("enter")
        assert "its folder does not exist" in shown(made.app) and made.written == []
        assert list(Path.cwd().iterdir()) == []


async def test_a_folder_gets_the_offered_name(store: Store) -> None:
    async with exporting(store) as made:
        offered = made.named.name
        made.name(Path.cwd())
        await made.press("ctrl+s")
        assert made.written == [Path.cwd() / offered]


async def test_format_folder_and_headers_are_remembered(store: Store) -> None:
    (Path.cwd() / "sub").mkdir()
    async with exporting(store) as made:
        made.name(Path.cwd() / "sub" / "a.md")
        await made.press("h", "h", "enter")
    async with exporting(store) as made:
        assert made.screen.format == "md" and made.named.parent == Path.cwd() / "sub"
        assert made.screen.query_one("#headers", Choice).value == "vi"


async def test_tab_goes_through_the_fields_and_completes_the_path(store: Store) -> None:
    (Path.cwd() / "only-folder").mkdir()
    async with exporting(store) as made:
        await made.press("tab")
        assert made.screen.query_one("#headers", Choice).has_focus
        await made.press("right")
        assert made.screen.query_one("#headers", Choice).value == "names"
        while not made.screen.query_one("#file", TextField).has_focus:
            await made.press("tab")
        made.name(Path.cwd() / "only")
        await made.press("tab")
        assert str(made.screen.query_one("#file", TextField).value).endswith("only-folder/")


async def test_a_workbook_for_people_has_the_columns_that_people_read(store: Store) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    async with exporting(store, columns=("due", "id")) as made:
        made.name(Path.cwd() / "a.xlsx")
        await made.press("ctrl+s")
        heads = [cell.value for cell in openpyxl.load_workbook(Path.cwd() / "a.xlsx").worksheets[1][1]]
        assert heads[:4] == ["No.", "Report", "Period", "Passage"] and "From character" not in heads
        assert len(heads) == 13


async def test_the_columns_of_the_list_can_be_written_instead_of_all(store: Store) -> None:
    async with exporting(store, columns=("due", "id", "periods")) as made:
        made.name(Path.cwd() / "a.csv")
        await made.press("tab", "tab", "right", "ctrl+s")
        assert list(read_table(Path.cwd() / "a.csv")[0]) == ["Due", "No."]
    async with exporting(store, columns=("due", "id")) as made:
        assert made.screen.query_one("#columns", Choice).value == "shown", "as last time"
        made.name(Path.cwd() / "a.docx")
        await made.pilot.pause()
        assert "Columns" not in shown(made.app), "an annex has its own"
    async with exporting(store) as made:
        assert "Columns" not in shown(made.app)


async def test_the_chosen_format_is_plain_to_see(store: Store) -> None:
    async with exporting(store) as made:
        page = shown(made.app)
        assert "● xlsx" in page and "○ csv" in page and "write xlsx" in page
        assert "one sheet" in page, "what a workbook can be asked for, from the start"
        await made.press("j", "j")
        page = shown(made.app)
        assert "● csv" in page and "○ xlsx" in page and "write csv" in page
        await made.press("enter")
    async with exporting(store) as made:
        line = next(line for line in shown(made.app).splitlines() if "● csv" in line)
        assert "as last time" in line


async def test_esc_stops_an_export_and_leaves_no_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = store.issues.rows(store.issues.first(IssueFilter(), 1))

    def endless(*_: object) -> Iterator[IssueRow]:
        while True:
            yield row

    monkeypatch.setattr(Issues, "stream", endless)
    monkeypatch.setattr(export, "TELL_EVERY", 100)
    async with exporting(store) as made:
        made.name(Path.cwd() / "a.csv")
        await made.pilot.press("enter")
        while "Esc stops" not in shown(made.app):
            await made.pilot.pause(0.01)
        await made.press("escape")
        assert "stopped; nothing was written" in shown(made.app)
        assert made.written == [] and list(Path.cwd().iterdir()) == []


async def test_esc_writes_nothing(store: Store) -> None:
    async with exporting(store) as made:
        await made.press("escape")
        assert made.written == [None] and list(Path.cwd().iterdir()) == []


async def test_it_fits_a_small_screen(store: Store) -> None:
    async with exporting(store, size=(80, 24)) as made:
        page = shown(made.app)
        assert "Export the issue list" in page and "File" in page and "write" in page
