"""A comment that is being typed when the session is killed is there in the next one."""

from __future__ import annotations

from pathlib import Path

from annotations.store import Store
from annotations.store.comments import comment_draft
from tests.terminal.ptykit import Terminals
from tests.terminal.test_company import PERSON, record, sit_down
from tests.waiting import until

__all__ = ["record"]


def test_a_half_typed_comment_outlives_a_killed_session(terminal: Terminals, record: Path) -> None:
    lan = sit_down(terminal, "lan")
    with Store.open(record, "lan") as store:
        lan.press("j", "1")
        lan.wait_for("1 passage")
        lan.press("m")
        lan.settle()
        lan.press(*"dang go")
        until(lambda: store.recall(comment_draft(1)) == "dang go")
        lan.kill(9)
        again = terminal.python("-c", PERSON, "lan")
        again.wait_for("1 passage")
        again.settle()
        again.press("]", "m")
        again.wait_for("dang go")
        again.wait_for("Your draft from before")
        again.press(*" tiep")
        again.wait_for("dang go tiep")
        again.press("f2")
        until(lambda: [said.text for said in store.comments(1)] == ["dang go tiep"])
        assert store.recall(comment_draft(1)) is None
