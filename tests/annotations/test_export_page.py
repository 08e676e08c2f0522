"""The page in a browser and out of it: filter, jumps, nothing from elsewhere; web annotations."""

from __future__ import annotations

import io
import json
import os
import re
import select
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from annotations.export import ExportContext, write
from annotations.export.html_report import report_parts
from annotations.filters import IssueFilter, parse_filter
from annotations.issues import IssueRow
from annotations.models import Link, Role, Severity
from annotations.store import Store
from reports import markdown
from reports.document import Document
from reports.passage import make_passage
from reports.plain import parse

CHROMIUM = shutil.which("chromium")
PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads" / "payloads.json"
NOTES = (
    "<script>window.ran = 1</script>",
    "</script><img src=x onerror='window.ran=1'>",
    "a & b\u2028",
    "đất đai",
)


@pytest.fixture(scope="module")
def record(shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("page") / "reviewer.db"
    path.write_bytes(shipped_database.read_bytes())
    with Store.open(path, "mai") as store:
        agencies = {agency.slug: agency.id for agency in store.agencies()}
        store.edit_agency(agencies["so-xd"], 1, name="Sở </script><b>Xây dựng</b>")
        document = parse("Tiến độ còn chậm <i>và</i> kéo dài.\nÔ nhiễm 🙂 còn xảy ra.\nTỷ lệ đạt thấp.")
        report = store.add_report(document, title="Báo cáo <quý I>", date="2023-03-31").report
        spans = [(0, 33), (8, 16), (13, 45), (document.text.index("Tỷ"), len(document.text))]
        for (start, end), note in zip(spans, NOTES, strict=True):
            links = [Link(agencies["so-tnmt" if start else "so-xd"], Role.LEAD)]
            store.annotate(
                report.id, report.revision_id, make_passage(document, start, end),
                tags=[store.tags()[2].id], links=links, note=note, due="2023-06-30", severity=Severity.HIGH,
            )  # fmt: skip
        yield store


def made(record: Store, kind: str, text: str = "", **more: Any) -> str:
    out = io.BytesIO()
    wanted = parse_filter(text)
    said = ExportContext(
        filter=text, reviewer="mai", at="2023-07-01T08:00:00Z", documents=record.document, **more
    )
    write(kind, record.issues.stream(wanted), out, context=said)
    return out.getvalue().decode()


class Page(HTMLParser):
    """What a reader of the page meets: ids, links, texts by class, marked text."""

    VOID = frozenset({"meta", "link", "input", "br", "img"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        assert not self.open, "elements left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.addresses += [v for name, v in attrs if name in ("src", "href", "action", "data") and v]
        if tag == "a":
            self.links.append(found.get("href") or "")
        if tag not in self.VOID:
            self.open.append((tag, found))
            for name in (found.get("class") or "").split():
                self.texts.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, found in self.open:
            for name in (found.get("class") or "").split():
                self.texts[name][-1] += data


def test_rows_and_passages_are_linked_both_ways(record: Store) -> None:
    page = Page(made(record, "html"))
    rows = record.issues.rows(record.issues.ids(IssueFilter()))
    assert page.texts["passage"] == [row.passage for row in rows]
    assert page.texts["note"] == [row.note for row in rows]
    assert len(page.ids) == len(set(page.ids))
    for row in rows:
        assert f"#p{row.id}" in page.links
        assert f"#i{row.id}" in page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    document = record.document(rows[0].revision_id)
    shown = page.texts["text"][0]
    for row in rows:
        shown = shown.replace(f"[{row.id}]", "")
    assert shown.split() == document.text.split()


def test_nothing_is_asked_of_elsewhere(record: Store) -> None:
    page = Page(made(record, "html"))
    assert all(address.startswith(("#", "data:,")) for address in page.addresses)
    assert "default-src 'none'" in made(record, "html")


def test_only_reports_of_rows_shown_are_there(record: Store) -> None:
    page = Page(made(record, "html", "thap"))
    assert len(page.texts["passage"]) == 1
    assert [name for name in page.ids if name.startswith("p")] == ["p4"]


def marks(document: Document, row: IssueRow, passages: list[tuple[int, int, int]]) -> list[str]:
    from array import array

    places = array("q", (number for passage in passages for number in passage))
    return "".join(report_parts(document, row, places, "en")).split("\n")


def test_passages_that_overlap_are_each_marked_from_start_to_end(record: Store) -> None:
    row = record.issues.rows(record.issues.first(IssueFilter(), 1))[0]
    lines = marks(markdown.parse("abcdefgh"), row, [(0, 6, 1), (3, 8, 2), (3, 4, 3)])
    assert lines[-3] == (
        '<p><span id="p1"></span><mark>abc</mark><span id="p3"></span><span id="p2"></span>'
        '<mark class="more">d</mark><a class="to" href="#i3" aria-label="Issue 3">[3]</a>'
        '<mark class="more">ef</mark><a class="to" href="#i1" aria-label="Issue 1">[1]</a>'
        '<mark>gh</mark><a class="to" href="#i2" aria-label="Issue 2">[2]</a></p>'
    )


def test_tables_are_tables_and_passages_in_them_are_marked(record: Store) -> None:
    row = record.issues.rows(record.issues.first(IssueFilter(), 1))[0]
    document = markdown.parse("| Việc | Hạn |\n|---|---|\n| ab | cd |\n| x | |\n")
    at = document.text.index("ab")
    page = "\n".join(marks(document, row, [(at + 1, at + 6, 1), (at, at + 4, 2)]))
    assert '<th scope="col">Việc</th><th scope="col">Hạn</th>' in page
    first = (
        '<td><span id="p2"></span><mark>a</mark><span id="p1"></span><mark class="more">b</mark>'
        '<a class="to" href="#i2" aria-label="Issue 2">[2]</a></td>'
    )
    second = '<td><mark>c</mark><a class="to" href="#i1" aria-label="Issue 1">[1]</a>d</td>'
    assert first + second in page
    Page(page)


@pytest.mark.skipif(not PAYLOADS.exists(), reason="the collection of hostile texts is not here")
def test_hostile_texts_are_shown_not_run(record: Store) -> None:
    from dataclasses import replace

    row = record.issues.rows(record.issues.first(IssueFilter(), 1))[0]
    known = json.loads(PAYLOADS.read_text("utf-8"))
    texts = [p["text"] for group in ("terminal", "unicode", "markup", "export_formula") for p in known[group]]
    out = io.BytesIO()
    write("html", [replace(row, id=n, passage=t, note=t, report_title=t) for n, t in enumerate(texts)], out)
    page = Page(out.getvalue().decode())
    assert len(page.texts["passage"]) == len(texts)
    assert "\x1b" not in out.getvalue().decode()
    assert all(address.startswith(("#", "data:,")) for address in page.addresses)


STYLE = files("annotations.export") / "assets" / "page.css"
TEXT_ON = (
    ("ink", ("paper", "band", "mark", "mark-more", "here")),
    ("quiet", ("paper",)),
    ("link", ("paper",)),
    ("alarm", ("paper",)),
)
"""Which colours letters have, and on what."""


def palettes() -> Iterator[tuple[str, dict[str, str]]]:
    """The page's colours by day, by night and on paper."""
    first: dict[str, str] = {}
    for name, block in zip(
        ("day", "night", "paper"), STYLE.read_text("utf-8").split(":root {")[1:], strict=True
    ):
        found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block.split("}")[0]))
        first = first or found
        yield name, {**first, **found}


def brightness(colour: str) -> float:
    """Relative luminance: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(letter * 2 for letter in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("when", "colours"), list(palettes()))
def test_letters_stand_out_as_wcag_aa_asks(when: str, colours: dict[str, str]) -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    for letters, grounds in TEXT_ON:
        for ground in grounds:
            assert contrast(colours[letters], colours[ground]) >= 4.5, (when, letters, ground)
    assert contrast(colours["quiet"], colours["paper"]) >= 3, "the borders of what one types into"


class Browser:
    """Chromium without a window, driven through its debugging pipe."""

    def __init__(self, folder: Path) -> None:
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        self._number = 0
        self.events: list[dict[str, Any]] = []
        command = [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
            "--no-first-run", f"--user-data-dir={folder}", "about:blank",
        ]  # fmt: skip

        def pipes() -> None:
            os.dup2(to_browser, 3)
            os.dup2(from_browser, 4)

        self._process = subprocess.Popen(
            command, pass_fds=(3, 4, to_browser, from_browser), preexec_fn=pipes, stderr=subprocess.DEVNULL
        )
        os.close(to_browser)
        os.close(from_browser)
        self._left = b""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def wait(self, method: str) -> None:
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._next())

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            assert select.select([self._in], [], [], 60)[0], "the browser does not answer"
            data = os.read(self._in, 1 << 16)
            assert data, "the browser is gone"
            self._left += data
        message, _, self._left = self._left.partition(b"\0")
        return dict(json.loads(message))

    def value(self, script: str) -> Any:
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_page_works_in_a_browser(record: Store, tmp_path: Path) -> None:
    path = tmp_path / "issues.html"
    path.write_text(made(record, "html", grid=record.issues.grid(IssueFilter(), "2023-07-01")), "utf-8")
    browser = Browser(tmp_path / "profile")
    try:
        browser.call("Page.navigate", url=path.as_uri())
        browser.wait("Page.loadEventFired")
        shown = (
            "Array.from(document.querySelectorAll('.list tbody tr:not([hidden])')).map((r) => r.id).join()"
        )
        said = "document.querySelector('output').value"
        assert browser.value(shown) == "i1,i2,i3,i4"
        assert browser.value(said) == "Hiện 4 trong 4 vấn đề"
        names = browser.value("Array.from(document.querySelectorAll('option')).map((o) => o.text).join('|')")
        assert (
            names
            == "Tất cả cơ quan|Sở </script><b>Xây dựng</b>|Sở TN&MT (nay là Sở Nông nghiệp và Môi trường)"
        )
        browser.value(
            "document.querySelector('select').selectedIndex = 2;"
            "document.querySelector('select').dispatchEvent(new Event('change'))"
        )
        assert browser.value(shown) == "i2,i3,i4"
        browser.value(
            "document.querySelector('input').value = 'DAT dai';"
            "document.querySelector('form').dispatchEvent(new Event('submit', {cancelable: true}))"
        )
        assert browser.value(shown) == "i4"
        browser.value("document.querySelector('a[href=\"#p4\"]').click()")
        assert browser.value("location.hash") == "#p4"
        assert browser.value("document.querySelector('.to[href=\"#i1\"]').click(); 1")
        browser.value("new Promise((done) => setTimeout(done, 0))")
        assert browser.value(shown) == "i1,i2,i3,i4", "a jump to a hidden row shows it"
        assert browser.value("window.ran === undefined")
        methods = [event.get("method") for event in browser.events]
        assert "Runtime.exceptionThrown" not in methods
        assert "Runtime.consoleAPICalled" not in methods
        assert "Log.entryAdded" not in methods
        sent = [e["params"] for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
        asked = [params["request"]["url"] for params in sent]
        assert set(asked) <= {path.as_uri(), "data:,"}
    finally:
        browser.close()


def test_the_page_says_which_text_a_passage_is_in_and_that_it_waits(record: Store) -> None:
    from dataclasses import replace

    row = replace(record.issues.rows(record.issues.first(IssueFilter(), 1))[0], placement="waiting")
    out = io.BytesIO()
    write("html", [row], out, context=ExportContext(anchor="12:" + "a" * 64, documents=record.document))
    page = out.getvalue().decode()
    assert f'<span class="revision doubt">bản\u00a0{row.revision} (chờ xác định)</span>' in page
    assert page.count(f"bản\u00a0{row.revision}") == 2, "at the passage and above the report"
    assert f"<footer>Mã neo: <code>12:{'a' * 64}</code></footer>" in page


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_page_fits_a_phone(record: Store, tmp_path: Path) -> None:
    path = tmp_path / "issues.html"
    path.write_text(made(record, "html", grid=record.issues.grid(IssueFilter(), "2023-07-01")), "utf-8")
    browser = Browser(tmp_path / "profile")
    try:
        browser.call(
            "Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True
        )
        browser.call("Page.navigate", url=path.as_uri())
        browser.wait("Page.loadEventFired")
        assert browser.value("document.documentElement.scrollWidth") <= 390
        low = "Math.min(...Array.from(document.querySelectorAll('input, select')).map((e) => e.offsetHeight))"
        assert browser.value(low) >= 44, "a finger finds it"
    finally:
        browser.close()


def test_web_annotations_keep_the_rules_of_the_model(record: Store) -> None:
    collection = json.loads(made(record, "w3c", "agency:so-tnmt"))
    assert "http://www.w3.org/ns/anno.jsonld" in collection["@context"]
    assert collection["type"] == "AnnotationCollection"
    assert collection["filter"] == "agency:so-tnmt"
    page = collection["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", collection["id"], 0)
    assert collection["total"] == len(page["items"]) == 3
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == 3
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["id"].startswith("urn:uuid:")
        quote, position = item["target"]["selector"]
        text = record.document(1).text
        assert quote["type"] == "TextQuoteSelector"
        assert position["type"] == "TextPositionSelector"
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert item["target"]["source"]["id"].startswith("ni:///sha-256;")
        purposes = [body["purpose"] for body in item["body"]]
        assert purposes == ["tagging", "identifying", "commenting"]
        assert item["body"][1]["role"] == "lead"
