"""Opening the database file: made where missing, refused where it is not ours, with what to do."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations import connection, mounts
from annotations.database import connect
from annotations.errors import DatabaseRefused
from annotations.schema import APPLICATION_ID, SCHEMA_VERSION, STEPS
from annotations.sqlite import sqlite3, wal_is_safe
from annotations.store import Store

ROOT = Path(__file__).parent.parent.parent


def test_a_missing_database_is_made_whole_with_its_folder_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "reviewer.db"
    connect(path).close()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Store.open(path, "lan", create=False) as store:
        assert len(store.tags()) > 40
        assert len(store.agencies()) > 90
    assert not [p for p in path.parent.iterdir() if p.name.endswith((".new", "-journal"))]


def test_what_is_made_says_whose_it_is(database: Path) -> None:
    plain = sqlite3.connect(database)
    assert plain.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert plain.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    names = plain.execute("SELECT name FROM _sqlite_migrations").fetchall()
    assert names == [(name,) for name, _ in STEPS]
    assert plain.execute("SELECT * FROM issue_list").fetchall() == []


def test_writes_reach_the_disk_before_they_are_said_to_be_done(database: Path) -> None:
    opened = connect(database)
    mode = opened.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = opened.execute("PRAGMA synchronous").fetchone()[0]
    assert (mode, synchronous) in {("wal", 2), ("delete", 3)}
    assert opened.execute("PRAGMA foreign_keys").fetchone()[0] == 1


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_sqlite_versions_that_may_share_a_wal_file(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_a_sqlite_that_can_damage_a_wal_file_keeps_a_journal(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(database).close()
    monkeypatch.setattr(connection, "wal_is_safe", lambda: False)
    opened = connect(database)
    assert opened.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert opened.execute("PRAGMA synchronous").fetchone()[0] == 3


@pytest.mark.skipif(not wal_is_safe(), reason="this SQLite always keeps a journal")
def test_a_file_that_is_being_read_in_another_mode_is_used_as_it_is(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 20)
    reader = sqlite3.connect(database, isolation_level=None)
    assert reader.execute("PRAGMA journal_mode = delete").fetchone()[0] == "delete"
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM tags").fetchall()
    opened = connect(database)
    assert opened.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert opened.execute("PRAGMA synchronous").fetchone()[0] == 3
    opened.close()
    reader.execute("COMMIT")
    assert connect(database).execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def make_text(path: Path) -> None:
    path.write_text("Báo cáo, không phải cơ sở dữ liệu. " * 20, encoding="utf-8")


def make_foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.commit()
    other.close()


def make_newer(path: Path) -> None:
    connect(path).close()
    plain = sqlite3.connect(path)
    plain.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    plain.close()


def make_cut(path: Path) -> None:
    connect(path).close()
    path.write_bytes(path.read_bytes()[:60])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, "is a folder"),
        (Path.touch, "is empty"),
        (make_text, "is not a database"),
        (make_cut, "is not a database"),
        (make_foreign, "another program"),
        (make_newer, "newer version"),
        (os.mkfifo, "is not a database"),
    ],
)
@pytest.mark.parametrize("readonly", [False, True])
def test_a_file_that_is_not_ours_is_refused_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], said: str, readonly: bool
) -> None:
    path = tmp_path / "reviewer.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(DatabaseRefused, match=said):
        connect(path, readonly=readonly)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_missing_database_is_not_made_unless_asked_for(tmp_path: Path) -> None:
    for options in ({"create": False}, {"readonly": True}):
        with pytest.raises(DatabaseRefused, match="There is no database"):
            connect(tmp_path / "none.db", **options)
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_folder_can_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseRefused, match="No database can be made"):
        connect(tmp_path / "file" / "reviewer.db")


def test_reading_alone_refuses_acts(database: Path) -> None:
    with Store.open(database, "lan", readonly=True) as store:
        assert store.library() == []
        with pytest.raises(DatabaseRefused, match="read-only"):
            store.remember("screen", "library")


def test_a_database_that_this_account_may_not_write(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(DatabaseRefused, match="is read-only for this account"):
        connect(database)
    connect(database, readonly=True).close()


def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_space(store: Store) -> None:
    """SQLite gives the same error where a file may not grow as where the disk is full."""
    store.remember("screen", "reading")
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseRefused, match=r"disk under .* is full. Nothing was saved"):
        store.remember("screen", "x" * 100_000)
    assert store.recall("screen") == "reading"
    store._connection.execute("PRAGMA max_page_count = 1000000")
    store.remember("screen", "y" * 100_000)
    assert store.check() == []


def test_a_network_file_system_is_refused(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "network_file_system", lambda path: "nfs4")
    with pytest.raises(DatabaseRefused, match=r"network file system \(nfs4\)"):
        connect(database)
    missing = database.with_name("new.db")
    with pytest.raises(DatabaseRefused, match="network file system"):
        connect(missing)
    assert not missing.exists()


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:30 / /srv/shared rw - nfs4 server:/export rw
41 22 0:31 / /home/mai\\040lan/remote rw shared:9 - fuse.sshfs host: rw
42 40 254:1 / /srv/shared/local rw - xfs /dev/vdb rw
43 22 0:32 / /mnt/c rw - 9p C: rw
44 22 254:3 / /media/usb rw - fuseblk /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/mai/reviewer.db", None),
        ("/srv/shared/reviewer.db", "nfs4"),
        ("/srv/shared-not/reviewer.db", None),
        ("/srv/shared/local/reviewer.db", None),
        ("/home/mai lan/remote/reviewer.db", "fuse.sshfs"),
        ("/mnt/c/reviewer.db", "9p"),
        ("/media/usb/reviewer.db", None),
    ],
)
def test_which_paths_are_on_a_network_file_system(tmp_path: Path, path: str, kind: str | None) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS)
    assert mounts.network_file_system(Path(path), table) == kind


def test_no_mount_table_means_a_local_disk(tmp_path: Path) -> None:
    assert mounts.network_file_system(Path("/x"), tmp_path / "none") is None


def test_a_database_that_another_program_holds(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 20)
    holder = sqlite3.connect(database, isolation_level=None)
    with Store.open(database, "lan") as store:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseRefused, match="locked by another program"):
            store.remember("screen", "library")
        holder.execute("ROLLBACK")
        store.remember("screen", "library")
        assert store.recall("screen") == "library"


def test_a_session_that_holds_the_ticket_too_long(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotations import ticket

    monkeypatch.setattr(ticket, "WAIT_SECONDS", 0.02)
    with Store.open(database, "lan") as store, ticket.Ticket(database) as held:
        with pytest.raises(DatabaseRefused, match="Another session is writing"):
            store.remember("screen", "library")
        held.close()
        store.remember("screen", "reading")
        assert store.recall("screen") == "reading"


def test_a_damaged_database_is_named_as_such(database: Path) -> None:
    connect(database).close()
    content = bytearray(database.read_bytes())
    content[4096 : 4096 * 40] = b"\xff" * (4096 * 39)
    database.write_bytes(content)
    with pytest.raises(DatabaseRefused, match="is damaged"), Store.open(database, "lan") as store:
        store.tags()
        store.agencies()
        store.library()


def test_a_path_with_odd_characters(tmp_path: Path, shipped_database: Path) -> None:
    path = tmp_path / "báo cáo #1? 100%.db"
    shutil.copyfile(shipped_database, path)
    with Store.open(path, "lan") as store:
        assert store.path == path
        store.remember("a", "b")
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name, f"{path.name}-lock"]


def test_opening_a_current_database_loads_no_migrations_and_no_screen(database: Path) -> None:
    code = (
        "import sys; from annotations.store import Store\n"
        "store = Store.open(sys.argv[1], 'lan'); store.library(); store.tags(); store.close()\n"
        "print([m for m in ('sqlite_utils', 'textual', 'markdown_it', 'rich') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(database)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
