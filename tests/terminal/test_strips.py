"""Nothing in data steers the terminal: whatever a widget is given, only colours and text come out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.style import Style
from rich.text import Text
from textual.app import App
from textual.content import Content
from textual.strip import Segment, Strip
from textual.widget import Widget
from textual.widgets import (
    Button,
    Checkbox,
    Collapsible,
    DataTable,
    Header,
    Input,
    Label,
    ListItem,
    ListView,
    Log,
    Markdown,
    OptionList,
    RadioButton,
    RichLog,
    Rule,
    Select,
    SelectionList,
    Static,
    TabbedContent,
    TabPane,
    TextArea,
    Tree,
)
from textual.widgets.option_list import Option

from reviewer.terminal import strips
from reviewer.terminal.safe_app import SafeApp
from reviewer.terminal.strips import inert
from reviewer.widgets.fields import NoteField, TextField

SHARED = Path(__file__).parents[3] / "shared" / "payloads" / "payloads.json"
OWN = [
    "A\x1b[2J\x1b[HB",
    "A\x1b]0;title\x07B",
    "A\x1b]52;c;cHduZWQ=\x07B",
    "A\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\B",
    "A\x1bP$q q\x1b\\B",
    "A\x9b6nB\x9d0;x\x9cC",
    "A\x00\x07\x08\x0b\x0c\x0e\x0f\x7fB",
    "A\x1b7\x1b8\x1bcB",
    "clipboard",
]
GRAMMAR = re.compile(r"\x1b\[[0-9;]*m|\x1b\[[0-9]+;[0-9]+H|\n")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def payloads():
    if not SHARED.exists():
        return OWN
    kinds = json.loads(SHARED.read_text(encoding="utf-8"))
    texts = [entry["text"] for kind in ("terminal", "unicode") for entry in kinds[kind]]
    return OWN + [text for text in texts if len(text) <= 200]


class Lines(Widget):
    def __init__(self, text):
        super().__init__()
        self.text = text

    def render_line(self, y):
        return Strip([Segment(self.text), Segment(self.text, Style(bold=True, link="http://evil.example"))])


class Table(DataTable):
    def __init__(self, text):
        super().__init__()
        self.text = Text(text)

    def on_mount(self):
        self.add_column(self.text)
        self.add_row(self.text, label=self.text)


def tree(text):
    widget = Tree(Text(text))
    widget.root.add_leaf(Text(text))
    widget.root.expand()
    return widget


def titled(text):
    widget = Static("x")
    widget.styles.border = ("round", "white")
    widget.border_title, widget.border_subtitle = Content(text), Content(text)
    return widget


def log(kind):
    def made(text):
        widget = kind()
        widget.call_after_refresh(widget.write, text)
        return widget

    return made


KINDS = {
    "Static": lambda text: Static(Content(text)),
    "Static(str)": lambda text: Static(text, markup=False),
    "Static(Text)": lambda text: Static(Text(text, style="link http://evil.example")),
    "Label": lambda text: Label(Content(text)),
    "Input": lambda text: Input(text, placeholder=text),
    "Input placeholder": lambda text: Input(placeholder=text),
    "TextField": TextField,
    "TextArea": TextArea,
    "TextArea placeholder": lambda text: TextArea(placeholder=text),
    "NoteField": NoteField,
    "Button": lambda text: Button(Content(text)),
    "Checkbox": lambda text: Checkbox(Content(text)),
    "RadioButton": lambda text: RadioButton(Content(text)),
    "OptionList": lambda text: OptionList(Option(Content(text))),
    "SelectionList": lambda text: SelectionList((Content(text), 1)),
    "Select": lambda text: Select([(Content(text), 1)], prompt=text.replace("[", "("), value=1),
    "ListView": lambda text: ListView(ListItem(Label(Content(text)))),
    "DataTable": Table,
    "Tree": tree,
    "Collapsible": lambda text: Collapsible(title=text.replace("[", "(")),
    "TabbedContent": lambda text: tabs(text),
    "Log": log(Log),
    "RichLog": log(RichLog),
    "Markdown": lambda text: Markdown(text, open_links=False),
    "border title": titled,
    "line API": Lines,
    "Rule": lambda text: Rule(),
}


def tabs(text):
    class Tabs(TabbedContent):
        def compose(self):
            with TabbedContent():
                yield TabPane(Content(text), Static(Content(text)))

    return Tabs()


class Shown(SafeApp, App):
    def __init__(self, make=None, text=""):
        super().__init__()
        self.make, self.text = make, text

    def compose(self):
        yield Header()
        if self.make:
            yield self.make(self.text)

    def written(self):
        """What the terminal would get for the whole screen."""
        return self.screen._compositor.render_full_update().render_segments(self.console)


def leaks(written):
    return CONTROL.findall(GRAMMAR.sub("", written))


@pytest.mark.parametrize("kind", KINDS)
async def test_no_widget_lets_control_characters_through(kind):
    text = " ".join(payloads()).replace("\n", " ")
    app = Shown(KINDS[kind], text)
    async with app.run_test(size=(len(text) + 200, 12)) as pilot:
        app.title = text
        await pilot.pause()
        written = app.written()
    assert leaks(written) == []
    assert kind == "Rule" or "clipboard" in written


async def test_notices_are_literal_and_inert():
    app = Shown()
    async with app.run_test(size=(100, 60), notifications=True) as pilot:
        app.notify("[/] [@click=app.quit]x[/] \x1b]0;title\x07", title="[b]\x1b[2J")
        await pilot.pause()
        written = app.written()
    assert "[/] [@click=app.quit]x" in GRAMMAR.sub("", written)
    assert leaks(written) == []


@pytest.mark.parametrize("colours", list(ColorSystem))
def test_text_without_control_characters_is_written_as_textual_writes_it(colours):
    class Console:
        _color_system = colours

    style = Style(color="#ff0000", bgcolor="blue", bold=True)
    segments = [Segment("giải phóng mặt bằng\u00a0"), Segment("nga\u0323\u0300y 土地 🙂", style)]
    rendered = strips.render_strip(Strip(segments), Console())
    ansi = Strip.render_ansi(style, colours)
    assert rendered == f"{segments[0].text}\x1b[{ansi}m{segments[1].text}\x1b[0m"


@pytest.mark.parametrize("text", payloads())
def test_inert_text_takes_the_cells_that_were_laid_out(text):
    from rich.cells import cell_len

    assert not CONTROL.search(inert(text))
    assert cell_len(inert(text)) == cell_len(text)


# -- what an app may not do


async def test_an_app_opens_writes_and_runs_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = []

    class Clicked(SafeApp, App):
        def compose(self):
            yield Static("[@click=app.note('x')]click me[/]")

        def action_note(self, what):
            ran.append(what)

    app = Clicked()
    async with app.run_test() as pilot:
        monkeypatch.setattr("webbrowser.open", lambda *_: ran.append("browser"))
        await pilot.click(Static, offset=(2, 0))
        app.open_url("http://evil.example")
        app.action_screenshot("x.svg", str(tmp_path))
        app.deliver_text(str(tmp_path / "none"))
        app.deliver_binary(str(tmp_path / "none"))
        app.action_suspend_process()
        with pytest.raises(PermissionError):
            app.save_screenshot("x.svg", str(tmp_path))
        with pytest.raises(Exception, match="suspend"), app.suspend():
            pass
        assert app.export_screenshot()
        await pilot.pause()
    assert ran == []
    assert list(tmp_path.iterdir()) == []
    assert not Clicked.ENABLE_COMMAND_PALETTE


# -- whether the guards are still needed: a failure here means that Textual has changed what they replace


def test_textual_by_itself_still_lets_control_characters_through():
    style = Style(color="red")
    style._ansi = None
    rendered = ORIGINAL_RENDER_STYLE(Strip, style, "\x1b]0;x\x07", ColorSystem.TRUECOLOR)
    assert "\x1b]0;x" in rendered


def test_what_the_choke_point_replaces_is_there():
    import inspect

    from textual import _compositor

    source = inspect.getsource(_compositor)
    assert source.count("strip.render(console)") >= 3
    assert "_render_cache" in Strip.__slots__
    assert Strip.render is strips.render_strip


def _original_render_style():
    """The method as Textual's own file defines it, whatever has replaced it meanwhile."""
    import ast

    import textual.strip

    source = Path(textual.strip.__file__).read_text(encoding="utf-8")
    (found,) = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name == "render_style"
    )
    found.decorator_list = []
    code = compile(ast.Module([found], []), "strip", "exec", dont_inherit=True)
    names: dict = {}
    exec(code, vars(textual.strip).copy(), names)
    return names["render_style"]


ORIGINAL_RENDER_STYLE = _original_render_style()
