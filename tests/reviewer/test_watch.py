"""A drop folder, watched by real processes: complete files only, once each, what is bad put aside."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.database import check
from annotations.store import Store
from reviewer.place import account_name
from reviewer.watching import DONE, LOOKS, REASON, REFUSED, DropFolder, FolderRefused
from tests.waiting import let_pass, until

ROOT = Path(__file__).parent.parent.parent
PAYLOADS = ROOT.parent / "shared" / "payloads" / "files"
EVERY = 0.05


class Watched:
    """A drop folder, a record, and the watchers that a test starts."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "reviewer.db"
        self.inbox = folder / "hộp thư"
        self.inbox.mkdir()
        self.started: list[subprocess.Popen[str]] = []
        Store.open(self.database, account_name()).close()

    def start(self, *words: str) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "reviewer", "--lang", "en", "--db", str(self.database), "import"]
        argv = [*program, "--watch", str(self.inbox), "--every", str(EVERY), *words]
        process = subprocess.Popen(
            argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
        )
        self.started.append(process)
        return process

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """A watcher that has the folder."""
        process = self.start(*words)
        assert process.stderr is not None
        assert process.stderr.readline().startswith("watching")
        return process

    def once(self, *words: str) -> subprocess.CompletedProcess[str]:
        process = self.start("--once", *words)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def put(self, name: str, text: str | bytes) -> Path:
        """A file that comes in whole, under its last name, as a careful program puts it."""
        draft = self.inbox.parent / "draft"
        draft.write_bytes(text if isinstance(text, bytes) else text.encode())
        return draft.rename(self.inbox / name)

    def texts(self) -> list[str]:
        with Store.open(self.database, account_name(), readonly=True) as store:
            return sorted(store.document(report.revision_id).text for report in store.reports())

    def names(self, folder: str = "") -> list[str]:
        found = (self.inbox / folder).iterdir() if (self.inbox / folder).is_dir() else ()
        return sorted(path.name for path in found if path.is_file())


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path)
    yield made
    for process in made.started:
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def text_of(number: int) -> str:
    return f"Báo cáo số {number}\n\nViệc thứ {number} của cơ quan còn chậm."


def parsed(number: int) -> str:
    return text_of(number).replace("\n\n", "\n")


def test_what_is_put_there_comes_in_and_is_moved(watched: Watched) -> None:
    watched.put("trước.txt", text_of(0))
    process = watched.begin()
    watched.put("sau.txt", text_of(1))
    until(lambda: watched.names("done") == ["sau.txt", "trước.txt"])
    assert watched.texts() == [parsed(0), parsed(1)]
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert sorted(line.split("\t")[0] for line in out.splitlines()) == ["sau.txt", "trước.txt"]
    assert watched.names() == []


def test_a_slow_writer_is_waited_for(watched: Watched) -> None:
    """Its pauses are longer than it takes a file that nobody holds open to be complete."""
    watched.begin()
    lines = text_of(3).splitlines(keepends=True)
    with (watched.inbox / "scan.txt").open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line)
            file.flush()
            let_pass(EVERY * LOOKS * 3)
            assert watched.texts() == []
    until(watched.texts)
    assert watched.texts() == [parsed(3)]


def test_a_writer_that_opens_the_file_again_is_waited_for(watched: Watched) -> None:
    watched.begin("--every", "0.2")
    path = watched.inbox / "scan.txt"
    for letter in text_of(4):
        with path.open("a", encoding="utf-8") as file:
            file.write(letter)
        let_pass(0.02)
    until(watched.texts)
    assert watched.texts() == [parsed(4)]


def test_unfinished_names_are_left_alone_until_they_are_renamed(watched: Watched) -> None:
    watched.begin()
    names = ["a.txt.part", "b.tmp", ".c.txt", "~$d.docx", "e.crdownload", "f.txt~"]
    for number, name in enumerate(names):
        watched.put(name, text_of(number))
    watched.put("last.txt", text_of(9))
    until(lambda: watched.names("done") == ["last.txt"])
    assert watched.texts() == [parsed(9)]
    assert watched.names() == sorted(names)
    (watched.inbox / "a.txt.part").rename(watched.inbox / "a.txt")
    until(lambda: "a.txt" in watched.names("done"))
    assert watched.texts() == [parsed(0), parsed(9)]


def test_the_same_content_comes_in_once_also_after_a_restart(watched: Watched) -> None:
    watched.put("a.txt", text_of(1))
    watched.put("b.txt", text_of(1))
    assert watched.once().returncode == 0
    watched.put("a.txt", text_of(1))
    ran = watched.once()
    assert ran.stdout.split("\t")[2].strip() == "already there"
    assert watched.names("done") == ["a-2.txt", "a.txt", "b.txt"]
    assert watched.texts() == [parsed(1)]
    with Store.open(watched.database, account_name()) as store:
        (report,) = store.reports()
        store.delete_report(report.id, report.version)
    watched.put("c.txt", text_of(1))
    assert "not brought back" in watched.once().stdout
    assert watched.texts() == []


def test_what_is_refused_goes_aside_with_its_reason(watched: Watched) -> None:
    watched.put("empty.docx", b"PK\x03\x04 no document")
    watched.put("good.txt", text_of(1))
    ran = watched.once()
    assert ran.returncode == 2
    assert "empty.docx: " in ran.stderr
    assert watched.names("refused") == ["empty.docx", "empty.docx.reason.txt"]
    reason = (watched.inbox / "refused" / "empty.docx.reason.txt").read_text(encoding="utf-8")
    assert "empty.docx" in reason and "put it back" in reason and "sha256" in reason
    assert watched.names("done") == ["good.txt"]
    for name in watched.names("refused"):
        (watched.inbox / "refused" / name).rename(watched.inbox / name)
    assert watched.once().returncode == 2
    assert watched.names() == ["empty.docx.reason.txt"]
    assert watched.names("done") == ["good.txt"]


def test_a_corrected_text_is_not_guessed_at(watched: Watched) -> None:
    text = f"{text_of(1)}\n\nMột đoạn dài không đổi giữa hai bản của báo cáo này."
    watched.put("a.txt", text)
    watched.once()
    watched.put("a.txt", text.replace("còn chậm", "đã xong"))
    watched.once()
    assert "--revises" in (watched.inbox / "refused" / "a.txt.reason.txt").read_text(encoding="utf-8")
    (watched.inbox / "refused" / "a.txt").rename(watched.inbox / "a.txt")
    assert watched.once("--new").returncode == 0
    assert len(watched.texts()) == 2


def test_files_can_be_left_where_they_are(watched: Watched) -> None:
    watched.put("a.txt", text_of(1))
    process = watched.start("--leave", "--json")
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    assert (told["source"], told["created"], told["title"]) == ("a.txt", True, "Báo cáo số 1")
    watched.put("b.txt", text_of(2))
    assert json.loads(process.stdout.readline())["source"] == "b.txt"
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=60)[0] == ""
    assert watched.names() == ["a.txt", "b.txt"]
    assert not (watched.inbox / "done").exists()
    said = [json.loads(line)["created"] for line in watched.once("--leave", "--json").stdout.splitlines()]
    assert said == [False, False]


def test_one_folder_has_one_watcher(watched: Watched) -> None:
    first = watched.begin()
    second = watched.once()
    assert (second.returncode, "being watched already" in second.stderr) == (2, True)
    first.kill()
    first.wait()
    assert watched.once().returncode == 0


def test_a_watcher_that_is_killed_loses_and_doubles_nothing(watched: Watched) -> None:
    chance = random.Random(6)
    count = 60
    for number in range(count):
        watched.put(f"{number:02}.txt", text_of(number))
    for _ in range(6):
        process = watched.begin()
        let_pass(chance.uniform(0.1, 0.5))
        process.kill()
        process.wait()
        assert check(watched.database) == []
    assert watched.once().returncode == 0
    assert watched.names("done") == [f"{number:02}.txt" for number in range(count)]
    assert watched.texts() == sorted(map(parsed, range(count)))
    with Store.open(watched.database, account_name()) as store:
        assert store.last_change_id() == count


def test_links_pipes_and_strange_names_do_no_harm(watched: Watched, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Điều không ai được đọc.", encoding="utf-8")
    (watched.inbox / "link.txt").symlink_to(secret)
    os.mkfifo(watched.inbox / "pipe.txt")
    (watched.inbox / "folder.txt").mkdir()
    names = [
        b"\xff\xfe.txt",
        b"a\nb.txt",
        b"\x1b]0;owned\x07.txt",
        b"n" * 250 + b".txt",
        b"--db.txt",
        b"x" * 255,
    ]
    for number, name in enumerate(names):
        watched.put(os.fsdecode(name), text_of(number))
    watched.put("r" * 250 + ".docx", b"PK\x03\x04")
    ran = watched.once()
    assert watched.texts() == [parsed(number) for number in range(len(names))]
    assert len(watched.names("done")) == len(names)
    assert len(watched.names("refused")) == 2
    assert (watched.inbox / "link.txt").is_symlink()
    assert "\x1b" not in ran.stdout + ran.stderr
    assert [line for line in ran.stdout.splitlines() if line.startswith("b.txt")] == []


def test_a_file_put_in_place_of_one_that_was_read_is_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text_of(1), encoding="utf-8")
    with DropFolder(tmp_path) as folder:
        for _ in range(LOOKS):
            (found,) = folder.look() or (None,)
        assert found == path.name
        dropped = folder.read(path.name)
        assert dropped is not None
        path.unlink()
        path.write_text(text_of(2), encoding="utf-8")
        folder.finish(dropped)
        assert path.read_text(encoding="utf-8") == text_of(2)
        assert folder.look() == []


@pytest.mark.parametrize("name", [DONE, REFUSED])
def test_no_file_is_led_elsewhere_by_a_link(tmp_path: Path, name: str) -> None:
    """Whoever may put files there could make the watcher put them into folders of its own account."""
    inbox, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    inbox.mkdir()
    elsewhere.mkdir()
    (inbox / name).symlink_to(elsewhere)
    with pytest.raises(FolderRefused, match="cannot be watched"):
        DropFolder(inbox)
    (inbox / name).unlink()
    (inbox / "authorized_keys").write_text(text_of(1), encoding="utf-8")
    with DropFolder(inbox) as folder:
        for _ in range(LOOKS):
            found = folder.look()
        dropped = folder.read(found[0])
        assert dropped is not None
        (inbox / name).rename(inbox / "aside")
        (inbox / name).symlink_to(elsewhere)
        if name == DONE:
            folder.finish(dropped)
        else:
            folder.refuse(dropped, "no")
    assert list(elsewhere.iterdir()) == []
    assert (inbox / "aside" / "authorized_keys").read_text(encoding="utf-8") == text_of(1)


def test_a_folder_that_is_gone_or_another_one_is_said(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    with pytest.raises(FolderRefused, match="No such file"):
        DropFolder(inbox)
    inbox.mkdir()
    with DropFolder(inbox) as folder:
        shutil.rmtree(inbox)
        with pytest.raises(FolderRefused, match="No such file"):
            folder.look()
        inbox.mkdir()
        with pytest.raises(FolderRefused, match="another one"):
            folder.look()


@pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the hostile files are not here")
def test_hostile_files_end_in_one_of_the_two_folders(watched: Watched) -> None:
    names = sorted(path.name for path in PAYLOADS.iterdir())
    for name in names:
        watched.put(name, (PAYLOADS / name).read_bytes())
    watched.once()
    done, refused = watched.names("done"), watched.names("refused")
    bad = [name for name in refused if not name.endswith(REASON)]
    assert sorted(done + bad) == names
    assert sorted(bad + [f"{name}{REASON}" for name in bad]) == refused
    assert "ok.docx" in done and "zipbomb-2M-paragraphs.docx" in refused
    assert check(watched.database) == []
