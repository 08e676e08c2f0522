"""`reviewer tags …` and `reviewer agencies …`: one shape for both, since people keep both alike."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.models import Agency, Change, Tag
from annotations.names import find_agency, find_tag
from annotations.ranking import PickerContext, rank_agencies, rank_tags
from annotations.sheet import SheetError
from annotations.store import Store
from reports.errors import N_
from reviewer.cli.files import read_bytes, write_text
from reviewer.cli.output import complain, print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.entries import rename_agency, rename_tag
from reviewer.i18n import _, explain, language


@dataclass(frozen=True, slots=True)
class _Side:
    """What differs between the codebook and the directory."""

    all: Callable[[Store], Sequence[Any]]
    find: Callable[[Sequence[Any], str], Any]
    rank: Callable[..., Iterable[Any]]
    merge: Callable[[Store, int, int], Change]
    rename: Callable[[Store, Any, str], Change]
    retire: Callable[[Store, Any], Change]
    headers: Sequence[str]
    cells: Callable[[Any], Sequence[object]]
    as_object: Callable[[Any, dict[int, str]], dict[str, Any]]
    export: Callable[[Store], str]
    plan: Callable[[Store, bytes], Any]
    apply: Callable[[Store, Any], Change]


def run_tags(options: Namespace) -> int:
    """The codebook: list, import, export, merge, rename, retire."""
    return _run(options, _tags())


def run_agencies(options: Namespace) -> int:
    """The agency directory: list, import, export, merge, rename, retire."""
    return _run(options, _agencies())


def _run(options: Namespace, side: _Side) -> int:
    acts = {
        "list": _list,
        "import": _import,
        "export": _export,
        "merge": _merge,
        "rename": _rename,
        "retire": _retire,
    }
    if options.act is None:
        raise UsageError(N_("Say what to do: {acts}."), acts=", ".join(acts))
    with opened(options) as store:
        return acts[options.act](store, options, side)


def _list(store: Store, options: Namespace, side: _Side) -> int:
    found = [entry for entry in side.all(store) if not entry.retired]
    if options.query:
        found = [ranked.entry for ranked in side.rank(options.query, found, PickerContext())]
    slugs = {entry.id: entry.slug for entry in side.all(store)}
    if options.json:
        print_json([side.as_object(entry, slugs) for entry in found])
    else:
        print_table([_(header) for header in side.headers], (side.cells(entry) for entry in found))
    return 0 if found else 1


def _merge(store: Store, options: Namespace, side: _Side) -> int:
    source, target = (side.find(side.all(store), name) for name in (options.source, options.target))
    return _done(side.merge(store, source.id, target.id), options)


def _rename(store: Store, options: Namespace, side: _Side) -> int:
    return _done(side.rename(store, side.find(side.all(store), options.item), options.name), options)


def _retire(store: Store, options: Namespace, side: _Side) -> int:
    return _done(side.retire(store, side.find(side.all(store), options.item)), options)


def _done(change: Change, options: Namespace) -> int:
    touched = sum(item.kind == "annotation" for item in change.items)
    if options.json:
        print_json({"change": change.id, "act": change.act, "annotations": touched})
    else:
        print(_("done; {count} annotations follow").format(count=touched) if touched else _("done"))
    return 0


def _export(store: Store, options: Namespace, side: _Side) -> int:
    text = side.export(store)
    if options.output:
        # Spreadsheet programs take a file for UTF-8 only with the mark in front.
        write_text(Path(options.output), "\ufeff" + text, overwrite=options.force)
    else:
        sys.stdout.write(text)
    return 0


def _import(store: Store, options: Namespace, side: _Side) -> int:
    try:
        plan = side.plan(store, read_bytes(Path(options.file)))
    except SheetError as error:
        for problem in error.problems[1:]:
            complain(explain(problem))
        raise
    if options.json:
        print_json(
            {
                "applied": not options.dry_run,
                "added": [step.slug for step in plan.added],
                "changed": {step.slug: list(step.columns) for step in plan.changed},
                "unchanged": plan.unchanged,
            }
        )
    else:
        _tell_plan(plan)
    if not options.dry_run and (plan.added or plan.changed):
        side.apply(store, plan)
    return 0


def _tell_plan(plan: Any) -> None:
    for step in plan.added:
        print(f"+ {step.slug}\t{step.label}")
    for step in plan.changed:
        print(f"~ {step.slug}\t{', '.join(step.columns)}")
    print(
        _("{added} new, {changed} changed, {same} as they were").format(
            added=len(plan.added), changed=len(plan.changed), same=plan.unchanged
        )
    )


def _tags() -> _Side:
    from annotations import codebook_csv

    return _Side(
        all=lambda store: store.tags(),
        find=find_tag,
        rank=rank_tags,
        merge=lambda store, source, target: store.merge_tags(source, target),
        rename=rename_tag,
        retire=lambda store, tag: store.retire_tag(tag.id, tag.version),
        headers=(N_("slug"), N_("key"), N_("digit"), N_("label"), N_("definition")),
        cells=lambda tag: (
            tag.slug,
            tag.key,
            tag.digit,
            tag.label(language()),
            tag.definition(language()),
        ),
        as_object=_tag_object,
        export=lambda store: codebook_csv.write_codebook(
            store.tags(), store.agencies(), store.usual_agencies
        ),
        plan=lambda store, data: codebook_csv.plan_codebook(
            data, store.tags(), store.agencies(), store.usual_agencies
        ),
        apply=lambda store, plan: store.import_tags(plan.seeds),
    )


def _tag_object(tag: Tag, slugs: dict[int, str]) -> dict[str, Any]:
    return {
        "slug": tag.slug,
        "key": tag.key,
        "label_vi": tag.label_vi,
        "label_en": tag.label_en,
        "definition_vi": tag.definition_vi,
        "definition_en": tag.definition_en,
        "colour": tag.colour,
        "parent": slugs.get(tag.parent_id) if tag.parent_id else None,
        "digit": tag.digit,
        "phrases": list(tag.phrases),
    }


def _agencies() -> _Side:
    from annotations import directory_csv

    return _Side(
        all=lambda store: store.agencies(),
        find=find_agency,
        rank=rank_agencies,
        merge=lambda store, source, target: store.merge_agencies(source, target),
        rename=rename_agency,
        retire=lambda store, agency: store.retire_agency(agency.id, agency.version),
        headers=(N_("slug"), N_("short"), N_("name"), N_("from"), N_("to")),
        cells=lambda agency: (agency.slug, agency.short, agency.name, agency.valid_from, agency.valid_to),
        as_object=_agency_object,
        export=lambda store: directory_csv.write_directory(store.agencies()),
        plan=lambda store, data: directory_csv.plan_directory(data, store.agencies()),
        apply=lambda store, plan: store.import_agencies(plan.seeds),
    )


def _agency_object(agency: Agency, slugs: dict[int, str]) -> dict[str, Any]:
    return {
        "slug": agency.slug,
        "name": agency.name,
        "name_en": agency.name_en,
        "short": agency.short,
        "kind": agency.kind,
        "level": agency.level,
        "parent": slugs.get(agency.parent_id) if agency.parent_id else None,
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
        "aliases": list(agency.aliases),
        "successors": [
            {"agency": slugs[successor.agency_id], "date": successor.date, "note": successor.note}
            for successor in agency.successors
        ],
        "note": agency.note,
    }
