"""`reviewer views`: saved views of the issue list; and `--view` for the commands that take a filter."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from annotations.errors import Ambiguous, FilterError, NotFound
from annotations.filters import IssueFilter, parse_filter
from annotations.models import View
from annotations.store import Store
from reviewer.cli.output import print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.i18n import N_, _
from reviewer.viewing import both


def narrowed(store: Store, options: Namespace, wanted: IssueFilter) -> IssueFilter:
    """`wanted`, and what `--view` asks for where it is given; NotFound or Ambiguous for its name."""
    if options.view is None:
        return wanted
    return both(parse_filter(store.view(options.view).filter), wanted)


def run(options: Namespace) -> int:
    """Do what `views list|save|rename|share|delete` asks for; 1 where there are none to list."""
    with opened(options) as store:
        if options.act in (None, "list"):
            return _list(store, options.json)
        if options.act == "save":
            store.save_view(options.name, " ".join(options.filter), **_shown(options))
            _tell(store, store.view(options.name), options.json)
        else:
            _change(store, store.view(options.name), options)
    return 0


def _change(store: Store, view: View, options: Namespace) -> None:
    if options.act == "rename":
        store.edit_view(view.id, view.version, name=options.new)
    elif options.act == "share":
        store.share_view(view.id, view.version, not options.off)
    else:
        store.delete_view(view.id, view.version)
        if options.json:
            print_json({"name": view.name, "deleted": True})
        else:
            print(view.name, _("deleted"), sep="\t")
        return
    found = next((one for one in store.views() if one.id == view.id), view)
    _tell(store, found, options.json)


def _shown(options: Namespace) -> dict[str, Any]:
    """What `save` was told of columns, group and order."""
    fields: dict[str, Any] = {}
    if options.columns is not None:
        fields["columns"] = [_column(written) for written in options.columns.split(",") if written.strip()]
    if options.group is not None:
        fields["groups"] = [options.group] if options.group else []
    if options.sort is not None:
        fields["sorts"] = [options.sort] if options.sort else []
    return fields


def _column(written: str) -> tuple[str, int]:
    name, _colon, width = written.strip().partition(":")
    if width and not width.isdigit():
        raise UsageError(N_("“{width}” is no width. Write a column as passage or passage:30."), width=width)
    return name, int(width or 0)


def _list(store: Store, as_json: bool) -> int:
    views = store.views()
    if as_json:
        print_json([_object(store, view) for view in views])
    else:
        headers = (_("name"), _("whose"), _("shared"), _("issues"), _("filter"))
        print_table(headers, (_cells(store, view) for view in views))
    return 0 if views else 1


def _tell(store: Store, view: View, as_json: bool) -> None:
    if as_json:
        print_json(_object(store, view))
    else:
        print("\t".join(map(str, _cells(store, view))))


def _cells(store: Store, view: View) -> tuple[object, ...]:
    count = _count(store, view)
    return (
        view.name,
        view.reviewer,
        _("shared") if view.shared else "",
        "?" if count is None else count,
        view.filter,
    )


def _object(store: Store, view: View) -> dict[str, Any]:
    return {
        "name": view.name,
        "reviewer": view.reviewer,
        "shared": view.shared,
        "filter": view.filter,
        "columns": [name for name, _width in view.columns],
        "groups": list(view.groups),
        "sorts": list(view.sorts),
        "issues": _count(store, view),
    }


def _count(store: Store, view: View) -> int | None:
    """How many issues it shows; None where a name in its filter means nothing any more."""
    try:
        return store.issues.count(parse_filter(view.filter))
    except (NotFound, Ambiguous, FilterError):
        return None
