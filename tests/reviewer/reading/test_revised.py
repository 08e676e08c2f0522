"""The report gets another text while it is being read: nothing is ever shown on, or put on, wrong words."""

from __future__ import annotations

from pathlib import Path

from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from tests.reviewer.reading.kit import TEXT, Reading, make_store, reading

NEW = TEXT.replace("Trong quý I", "Một đoạn mới được thêm vào đầu báo cáo.\n\nTrong quý I").replace(
    "còn chậm", "không còn chậm"
)
KEPT = "ô nhiễm môi trường còn xảy ra ở một số địa phương"
TURNED = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"


def revise(store: Store, report_id: int, text: str = NEW) -> None:
    with Store.open(store.path, store.reviewer) as again:
        again.add_revision(report_id, load_bytes(text.encode(), "bao-cao.txt").document)


async def mark(here: Reading, words: str) -> None:
    here.go(words)
    await here.press("1")


def marked(here: Reading) -> list[str]:
    """The words that the screen shows as marked."""
    text = here.screen.acts.document.text
    return [text[mark.start : mark.end] for mark in here.screen.view.marks]


async def test_marks_follow_their_words_into_a_new_text(tmp_path: Path) -> None:
    async with reading(tmp_path) as here:
        await mark(here, KEPT)
        await mark(here, TURNED)
        here.go(KEPT)
        revise(here.store, here.screen.acts.report.id)
        await here.until(lambda: "Một đoạn mới" in here.screen.view.document.text)
        assert marked(here) == [KEPT]
        assert "another text" in here.notices
        await mark(here, "Một đoạn mới được thêm vào đầu báo cáo")
        assert sorted(marked(here)) == sorted([KEPT, "Một đoạn mới được thêm vào đầu báo cáo"])
        assert here.store.check() == []


async def test_what_was_begun_on_the_old_text_is_not_put_on_the_new(tmp_path: Path) -> None:
    async with reading(tmp_path) as here:
        here.go(KEPT)
        await here.press("t")
        revise(here.store, here.screen.acts.report.id)
        await here.until(lambda: here.screen._revised)
        await here.press("enter")
        await here.until(lambda: here.screen.is_current and not here.screen._revised)
        assert here.stored == [], here.notices
        assert "another text" in here.notices
        assert "Một đoạn mới" in here.screen.view.document.text


async def test_undoing_a_revision_shows_the_old_text_again(tmp_path: Path) -> None:
    async with reading(tmp_path) as here:
        await mark(here, TURNED)
        revise(here.store, here.screen.acts.report.id)
        await here.until(lambda: marked(here) == [])
        await here.press("u")
        await here.until(lambda: marked(here) == [TURNED])
        assert "Một đoạn mới" not in here.screen.view.document.text


async def test_the_place_and_what_was_read_go_along(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    report = store.reports()[0]
    document = store.document(report.revision_id)
    offset = document.text.index(KEPT)
    store.save_place(report.id, report.revision_id, offset, "clause", b"\xff", 1.0)
    passage = make_passage(document, offset, offset + len(KEPT))
    store.annotate(report.id, report.revision_id, passage)
    later = TEXT.replace("Trong quý I", "Một đoạn mới được thêm vào đầu báo cáo.\n\nTrong quý I")
    revise(store, report.id, later)
    store.close()
    async with reading(tmp_path, later) as here:
        assert here.said == KEPT
        share = here.screen.place.share
        assert 0.5 < share < 1
