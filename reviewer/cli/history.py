"""`reviewer history`: who did what, when, in sentences; what is deleted, to be restored."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from annotations.models import Change
from annotations.past_acts import Asked, PastAct, local_time
from annotations.store import Store
from reviewer.cli.output import print_json, print_table
from reviewer.cli.session import opened
from reviewer.cli.words import day
from reviewer.histories import place, sentence, text_of
from reviewer.history_fields import Names, names_of
from reviewer.i18n import _


def run(options: Namespace) -> int:
    """The latest changes asked for, newest first; 1 where there are none."""
    with opened(options) as store:
        asked = _asked(store, options)
        ids, annotations = store.history_ids(asked)
        keys = list(zip(ids, annotations, strict=True))[: options.limit]
        names = names_of(store)
        acts = [_act(store, asked, *key) for key in keys]
        if options.json:
            print_json([_object(store, asked, act, names) for act in acts])
        else:
            headers = (_("change"), _("at"), _("reviewer"), _("what"), _("of"), _("report"))
            print_table(headers, (_row(act, names) for act in acts))
    return 0 if keys else 1


def _asked(store: Store, options: Namespace) -> Asked:
    if options.annotation is not None:
        store.annotation(options.annotation)
    return Asked(
        annotation_id=options.annotation,
        report_id=store.report(options.report).id if options.report else None,
        reviewer=store.person(options.reviewer).name if options.reviewer else None,
        since=day(options.since) if options.since else None,
        until=day(options.until) if options.until else None,
        deleted=options.deleted,
    )


def _act(store: Store, asked: Asked, change_id: int, annotation_id: int) -> PastAct:
    return store.past_acts([change_id], annotation_id or asked.annotation_id)[change_id]


def _row(act: PastAct, names: Names) -> tuple[object, ...]:
    change = act.change
    when = f"{local_time(change.at):%Y-%m-%d %H:%M}"
    return change.id, when, change.reviewer, text_of(sentence(act, names)), place(act, names), act.title


def _object(store: Store, asked: Asked, act: PastAct, names: Names) -> dict[str, Any]:
    """As JSON: every item whole, and the sentence beside them."""
    shown = asked.annotation_id is None and not asked.deleted
    change = (store.change(act.change.id) if shown else None) or act.change
    return {**change_object(change), "sentence": text_of(sentence(act, names)), "report": act.title}


def change_object(change: Change) -> dict[str, Any]:
    """A change as JSON shows it."""
    return {
        "id": change.id,
        "at": change.at,
        "reviewer": change.reviewer,
        "act": change.act,
        "undoes": change.undoes,
        "items": [
            {"kind": item.kind, "id": item.item_id, "before": item.before, "after": item.after}
            for item in change.items
        ],
    }
