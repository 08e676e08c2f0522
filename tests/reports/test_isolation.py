"""A document is converted in a process that can harm nothing, whatever is in it."""

from __future__ import annotations

import resource
import tempfile
import threading
import time
import zlib
from pathlib import Path

import pytest

from reports import isolation
from reports.errors import LoadError, Term
from reports.load import load
from tests.conftest import Row
from tests.reports.converters_made import docx, line, p, pdf, zipped

HOSTILE = Path(__file__).parents[3] / "shared" / "payloads" / "files"
READ = {"ok.docx": "hello", "ok.pdf": "hello", "utf16.txt": "héllo"}
REFUSED = {
    "billion-laughs.docx": "declares a document type",
    "binary.txt": "is not a text file",
    "deep-nesting.docx": "times when unpacked",
    "dup-names.docx": "holds the part word/document.xml twice",
    "flate-nested-2GB.pdf": "takes more than 512 MB of memory to read",
    "page-loop-200k.pdf": "has 200000 pages; 2000 are allowed",
    "traversal.zip": "is an archive, not a report",
    "truncated.docx": "is damaged",
    "xlsx-bomb.xlsx": "unpacks to 94 MB; 50 MB are allowed",
    "zipbomb-2M-paragraphs.docx": "unpacks to 65 MB; 50 MB are allowed",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary files would be left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def probe(monkeypatch: pytest.MonkeyPatch, code: str) -> str:
    """What `code` gives as `found` when it runs in the child instead of a conversion."""
    boot = (
        "import sys; sys.path[:] = sys.argv[1:]\n"
        "import reports.isolation_child as child\n"
        "def _convert(data, name, encoding):\n"
        + "".join(f"    {row}\n" for row in code.splitlines())
        + "    text = str(found).encode()\n"
        "    return [child._line({'encoding': '', 'format': 'probe', 'size': len(text)}), text]\n"
        "child._convert = _convert\n"
        "child.main()\n"
    )
    monkeypatch.setattr(isolation, "_BOOT", boot)
    return isolation.convert(b"data", "a.docx").markdown


def refusal(monkeypatch: pytest.MonkeyPatch, statement: str) -> str:
    """The error that `statement` meets in the child."""
    tried = f"try:\n    {statement}\n    found = 'done'\n"
    return probe(monkeypatch, tried + "except BaseException as error:\n    found = type(error).__name__")


def test_the_answer_comes_back_whole() -> None:
    converted = isolation.convert(docx(p("Kế hoạch " * 20_000)), "a.docx")
    assert converted.format == "docx"
    assert converted.markdown.count("Kế hoạch") == 20_000


def test_an_error_keeps_its_words_for_translation() -> None:
    with pytest.raises(LoadError) as caught:
        isolation.convert(zipped({"ppt/presentation.xml": "x"}), "báo cáo.pptx")
    error = caught.value
    assert error.template.startswith("{name} is {format}, which this version does not read")
    assert error.values["name"] == "báo cáo.pptx"
    assert isinstance(error.values["format"], Term)
    with pytest.raises(LoadError, match="the file is damaged") as nameless:
        isolation.convert(b"PK\x03\x04", "")
    assert isinstance(nameless.value.values["name"], Term)


def test_an_encoding_reaches_the_converter() -> None:
    assert isolation.convert(docx(p("b\u00e9 y t\u00d5")), "a.docx", "tcvn3").markdown == "bộ y tế\n"
    with pytest.raises(LoadError, match="There is no encoding"):
        isolation.convert(docx(p("x")), "a.docx", "ebcdic")


def test_the_child_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import resource as r\n"
        "kinds = (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE, r.RLIMIT_CORE)\n"
        "found = [r.getrlimit(kind) for kind in kinds]"
    )
    limits = [512 * 2**20, 10, 0, 32, 0]
    assert probe(monkeypatch, code) == str([(limit, limit) for limit in limits])


def test_the_child_has_no_environment_and_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWER_SECRET", "x")
    assert "REVIEWER_SECRET" not in probe(monkeypatch, "import os\nfound = dict(os.environ)")
    assert refusal(monkeypatch, "import os; os.listdir(os.getcwd())") == "FileNotFoundError"


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("open('/etc/passwd').read()", "PermissionError"),
        ("open('left', 'w')", "PermissionError"),
        ("import socket; socket.socket()", "PermissionError"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError"),
        ("import os; os.system('true')", "PermissionError"),
        ("bytearray(600 * 2**20)", "MemoryError"),
    ],
)
def test_the_child_cannot_reach_out(monkeypatch: pytest.MonkeyPatch, statement: str, error: str) -> None:
    assert refusal(monkeypatch, statement) == error


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\nfound = ''", "more than 512 MB of memory"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGXCPU)\nfound = ''", "longer than 10 seconds"),
        ("import os\nos._exit(3)\nfound = ''", "cannot be read (exit code 3)"),
        ("import os\nos.write(1, b'not json')\nos._exit(0)\nfound = ''", "cannot be read"),
        ("import os\nos.write(1, b'[1]' + bytes([10]))\nos._exit(0)\nfound = ''", "cannot be read"),
    ],
)
def test_a_child_that_dies_is_an_error(monkeypatch: pytest.MonkeyPatch, code: str, says: str) -> None:
    with pytest.raises(LoadError) as caught:
        probe(monkeypatch, code)
    assert says in str(caught.value)
    assert str(caught.value).startswith("a.docx ")


def test_a_child_that_goes_on_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "WALL_SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(LoadError, match="takes longer than"):
        probe(monkeypatch, "import time\ntime.sleep(60)\nfound = ''")
    assert time.monotonic() - started < 10
    assert not children()


def test_a_child_that_writes_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "LARGEST_ANSWER", 100_000)
    with pytest.raises(LoadError):
        probe(monkeypatch, "import os\nwhile True:\n    os.write(1, bytes(65536))\nfound = ''")
    assert not children()


def children() -> list[str]:
    """The processes that this one has started and that are still there."""
    mine = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    return mine.read_text().split() if mine.exists() else []


def test_an_unforeseen_error_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    boot = isolation._BOOT.replace(
        "main()", "import reports.converters as c; c.convert = lambda *a: 1 // 0; main()"
    )
    monkeypatch.setattr(isolation, "_BOOT", boot)
    with pytest.raises(LoadError, match=r"cannot be read \(ZeroDivisionError"):
        isolation.convert(b"x", "a.docx")


def test_nothing_is_left_behind(folder: Path) -> None:
    isolation.convert(docx(p("x")), "a.docx")
    with pytest.raises(LoadError):
        isolation.convert(b"PK\x03\x04", "a.docx")
    assert list(folder.iterdir()) == []
    assert not children()


def test_several_at_once() -> None:
    found: list[str] = []
    threads = [
        threading.Thread(
            target=lambda n=n: found.append(isolation.convert(docx(p(f"{n}")), "a.docx").markdown)
        )
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["0\n", "1\n", "2\n", "3\n"]


def test_a_stream_that_unpacks_without_end() -> None:
    once = zlib.compress(bytes(600 * 2**20), 9)
    made = pdf(line(72, 700, "x")).replace(b"<</Length ", b"<</Filter/FlateDecode/Length ")
    head, _, rest = made.partition(b"stream\n")
    bomb = head + b"stream\n" + once + b"\n" + rest[rest.index(b"endstream") :]
    with pytest.raises(LoadError) as caught:
        isolation.convert(bomb, "a.pdf")
    assert str(caught.value).startswith("a.pdf ")


@pytest.mark.parametrize("name", [*REFUSED, *READ, "huge-field.csv", "unclosed-quote.csv"])
def test_hostile_files(name: str, folder: Path, row: Row) -> None:
    if not (HOSTILE / name).exists():
        pytest.skip("the collection of hostile files is not here")
    started = time.monotonic()
    said = "imported"
    if name in REFUSED:
        with pytest.raises(LoadError) as caught:
            load(HOSTILE / name)
        said = f"refused: {REFUSED[name]}"
        assert str(caught.value).startswith(name)
        assert REFUSED[name] in str(caught.value)
    else:
        assert READ.get(name, "a,b") in load(HOSTILE / name).document.text
    took, peak = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    figures = f"{name:28}{took:6.1f} s   children up to {peak // 1024:4} MiB   {said}"
    row("Hostile files: what became of each", figures, 0)
    assert took <= isolation.WALL_SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= isolation.MEMORY // 1024
    assert list(folder.iterdir()) == []
