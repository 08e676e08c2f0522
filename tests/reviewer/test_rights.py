"""What each role is offered on each screen, from the registry and the rules, and what comes of other keys."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from annotations import roles
from annotations.models import Act, ReviewerRole
from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from reviewer.app import ReviewerApp
from reviewer.commands import (
    EDIT,
    PLACES,
    UNSAID,
    Command,
    command_of_action,
    commands,
    commands_at,
    key_name,
    keys_of,
)
from reviewer.screens.base import ReviewerScreen
from reviewer.screens.help import HelpScreen, help_rows
from reviewer.screens.palette import CommandPalette
from tests.annotations.test_roles import ACTS
from tests.reviewer.app_kit import TEXT, make_store, running, shown
from tests.reviewer.test_commands import our_nodes

Open = Callable[[ReviewerApp, Pilot[None]], Any]
Running = tuple[ReviewerApp, Pilot[None]]
ELSEWHERE = (".back", ".quit")


async def _reading(app: ReviewerApp, pilot: Pilot[None]) -> None:
    app.open_report(1, 2)


async def _list(app: ReviewerApp, pilot: Pilot[None]) -> None:
    app.open_issues()


async def _queue(app: ReviewerApp, pilot: Pilot[None]) -> None:
    app.open_queue()


async def _agencies(app: ReviewerApp, pilot: Pilot[None]) -> None:
    app.action_agencies()


async def _tags(app: ReviewerApp, pilot: Pilot[None]) -> None:
    app.action_tags()


async def _history(app: ReviewerApp, pilot: Pilot[None]) -> None:
    app.action_history()


async def _charts(app: ReviewerApp, pilot: Pilot[None]) -> None:
    app.open_looking()


async def _library(app: ReviewerApp, pilot: Pilot[None]) -> None:
    pass


SCREENS: dict[str, Open] = {
    "library": _library,
    "reading": _reading,
    "issues": _list,
    "queue": _queue,
    "directory": _agencies,
    "codebook": _tags,
    "history": _history,
    "looking": _charts,
}


@asynccontextmanager
async def at(tmp_path: Path, role: ReviewerRole, screen: str) -> AsyncIterator[Running]:
    """Vân, in a role, on a screen; annotation 2 is hers, 1 is Mai's."""
    with make_store(tmp_path, TEXT) as lead:
        lead.add_person("vân")
        passage = make_passage(lead.document(1), 60, 90)
        lead.annotate(1, 1, passage, tags=(1,))
        with Store.open(lead.path, "vân") as theirs:
            theirs.annotate(1, 1, make_passage(lead.document(1), 100, 130), tags=(2,))
        if screen == "queue":
            lead.add_revision(1, load_bytes(TEXT.replace("tích cực", "chủ động").encode(), "a.txt").document)
        person = lead.person("vân")
        if role is not person.role:
            lead.set_role(person.id, person.version, role)
    store = Store.open(tmp_path / "reviewer.db", "vân")
    async with running(store) as (app, pilot):
        await SCREENS[screen](app, pilot)
        await pilot.pause()
        await pilot.pause(0.1)
        yield app, pilot


def allowed(here: ReviewerScreen[Any], role: ReviewerRole) -> list[Command]:
    """What the rules allow of what the registry has there, to what Vân is on."""

    def may(act: Act) -> bool:
        item = here.acted_on(act)
        return roles.allows(role, act, own=item is None or item.reviewer == "vân")

    return [one for one in commands_at(here.PLACE) if not isinstance(one.act, Act) or may(one.act)]


def test_every_command_that_edits_says_which_act_it_is() -> None:
    assert [one.id for one in commands() if one.group == EDIT and one.act is UNSAID] == []


def test_a_command_that_acts_on_the_record_is_offered_to_those_who_may() -> None:
    """The actions of our screens whose own code calls an act of the store are commands that name an act."""
    places = {node: set(_places(node)) for node in our_nodes()}
    silent = []
    for one in commands():
        name = one.run.partition("(")[0]
        for node, there in places.items():
            method = node.__dict__.get(f"action_{name}")
            if one.place in there and method is not None and _acts(method) and one.needs is None:
                silent.append(one.id)
    assert silent == []


def _places(node: type) -> list[str]:
    bindings = [binding for each in node.__mro__ for binding in each.__dict__.get("BINDINGS", ())]
    bound = {(getattr(binding, "id", "") or "").partition(".")[0] for binding in bindings}
    return [*bound, getattr(node, "PLACE", "")]


def _acts(method: Callable[..., object]) -> bool:
    source = textwrap.dedent(inspect.getsource(method))
    called = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    return bool(called & ({*ACTS, "undo", "redo"} - {"link"}))


@pytest.mark.parametrize("role", ReviewerRole)
@pytest.mark.parametrize("screen", SCREENS)
async def test_what_is_offered_is_what_is_allowed(tmp_path: Path, screen: str, role: ReviewerRole) -> None:
    async with at(tmp_path, role, screen) as (app, pilot):
        here = app.screen
        assert isinstance(here, ReviewerScreen)
        wanted = allowed(here, role)
        foot = [one for one in wanted if one.hint and keys_of(one)]
        assert [hint.key for hint in here.hints()] == [key_name(keys_of(one)[0]) for one in foot]
        await pilot.press("question_mark")
        helped = app.screen
        assert isinstance(helped, HelpScreen)
        assert help_rows(wanted, {}, 80) == help_rows(helped._shown, {}, 80)
        await pilot.press("escape", "ctrl+p")
        palette = app.screen
        assert isinstance(palette, CommandPalette)
        assert {one.id for one in palette._all} == {one.id for one in wanted if one.palette}


@pytest.mark.parametrize("role", [ReviewerRole.VIEWER, ReviewerRole.REVIEWER])
@pytest.mark.parametrize("screen", SCREENS)
async def test_a_key_that_is_not_offered_does_nothing_and_says_why(
    tmp_path: Path, screen: str, role: ReviewerRole
) -> None:
    async with at(tmp_path, role, screen) as (app, pilot):
        here, before = app.screen, app.store.last_change_id()
        assert isinstance(here, ReviewerScreen)
        offered = {one.id for one in commands_at(screen, here.may)}
        refused = [one for one in commands_at(screen) if one.id not in offered]
        for one in refused:
            app.clear_notifications()
            await here.run_action(one.run)
            await pilot.pause()
            assert app.screen is here
            assert [notice.severity for notice in app._notifications] == ["information"], one.id
        assert app.store.last_change_id() == before
        assert refused or role is ReviewerRole.REVIEWER or screen == "looking"
        if role is ReviewerRole.VIEWER and refused:
            app.clear_notifications()
            await pilot.press(keys_of(refused[0])[0])
            await pilot.pause()
            assert "A viewer reads" in " ".join(notice.message for notice in app._notifications)


@pytest.mark.parametrize("screen", SCREENS)
async def test_nothing_that_a_viewer_is_offered_is_refused(tmp_path: Path, screen: str) -> None:
    async with at(tmp_path, ReviewerRole.VIEWER, screen) as (app, pilot):
        here, before = app.screen, app.store.last_change_id()
        assert isinstance(here, ReviewerScreen)
        for one in commands_at(screen, here.may):
            if one.place in ("app", "list") or one.run.startswith("app.") or one.id.endswith(ELSEWHERE):
                continue
            app.clear_notifications()
            await here.run_action(
                one.run,
            )
            await pilot.pause()
            said = " ".join(notice.message for notice in app._notifications)
            assert "A viewer" not in said and "for leads" not in said, one.id
            for _ in range(4):
                if app.screen is not here and here in app.screen_stack:
                    await pilot.press("escape")
                    await pilot.pause()
            if app.screen is not here:
                break
        assert app.store.last_change_id() == before


async def test_another_s_annotation_offers_what_may_be_done_to_it(tmp_path: Path) -> None:
    async with at(tmp_path, ReviewerRole.REVIEWER, "reading") as (app, pilot):
        assert "x delete" in shown(app)
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert "x delete" not in shown(app) and "t tag" in shown(app)
        await pilot.press("x")
        await pilot.pause()
        assert "Annotation 1 is somebody else's" in " ".join(n.message for n in app._notifications)
        assert not app.store.annotation(1).deleted


async def test_another_role_shows_at_once(tmp_path: Path) -> None:
    async with at(tmp_path, ReviewerRole.VIEWER, "reading") as (app, pilot):
        assert "t tag" not in shown(app)
        assert not app.screen.query_one("#digits").display
        with Store.open(tmp_path / "reviewer.db", "mai") as lead:
            person = lead.person("vân")
            lead.set_role(person.id, person.version, ReviewerRole.REVIEWER)
        for _ in range(200):
            if "t tag" in shown(app):
                break
            await pilot.pause(0.02)
        assert "t tag" in shown(app)
        assert app.screen.query_one("#digits").display


async def test_only_leads_are_offered_to_make_a_tag_while_choosing_one(tmp_path: Path) -> None:
    async with at(tmp_path, ReviewerRole.REVIEWER, "reading") as (app, pilot):
        await pilot.press("t", *"hoan toan moi")
        await pilot.pause()
        assert getattr(app.screen, "PLACE", "") == "picker" and "new" not in shown(app).lower()
        assert app.create_tag is None and app.create_agency is None


def test_an_action_is_found_where_it_is_at_hand() -> None:
    found = command_of_action("reading", "digit(3)")
    assert found is not None and (found.id, found.needs) == ("reading.tag_3", Act.TAG)
    assert command_of_action("reading", "nothing") is None
    assert all(place in PLACES for place in SCREENS)
