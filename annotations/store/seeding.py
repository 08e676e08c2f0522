"""Codebook and directory from files into the record, entries found by their slugs."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.errors import Invalid
from annotations.seeds import AgencySeed, TagSeed
from annotations.sqlite import sqlite3
from annotations.store import rules
from annotations.store.digits import claim_digit
from annotations.store.kinds import State
from annotations.store.record import now
from annotations.store.transaction import Transaction
from annotations.store.tree import refuse_cycle
from reports.errors import N_

_NEW_AGENCY: State = {"parent_id": None, "successors": [], "version": 1, "retired_at": None}
_NEW_TAG: State = {"parent_id": None, "agencies": [], "version": 1, "retired_at": None}


def seed(connection: sqlite3.Connection) -> None:
    """Put the shipped codebook and directory into a fresh database, inside the transaction that is open."""
    from annotations import shipped

    act = Transaction(connection, "", 0, now())
    put_agencies(act, shipped.directory())
    put_tags(act, shipped.codebook())
    act.write()


def put_agencies(act: Transaction, seeds: Iterable[AgencySeed]) -> None:
    """Make or edit an agency for each seed; parents and successors may come later than what names them.

    Raises Invalid for a slug that neither the seeds nor the record have.
    """
    seeds = list(seeds)
    ids = dict(act.connection.execute("SELECT slug, id FROM agencies").fetchall())
    act.take_many("agency", (ids[seed.slug] for seed in seeds if seed.slug in ids))
    for seed in seeds:
        if seed.slug not in ids:
            new = {**_agency(seed), **_NEW_AGENCY, "slug": rules.slug(seed.slug)}
            ids[seed.slug] = act.add("agency", new)
        else:
            act.put("agency", ids[seed.slug], {**act.take("agency", ids[seed.slug]), **_agency(seed)})
    for seed in seeds:
        state = act.take("agency", ids[seed.slug])
        successors = [
            [_id(ids, slug, seed.slug), rules.day(date), rules.line(note)]
            for slug, date, note in seed.successors
        ]
        parent_id = _id(ids, seed.parent, seed.slug) if seed.parent else None
        retired_at = (state["retired_at"] or act.at) if seed.retired else None
        wanted = {"parent_id": parent_id, "successors": successors, "retired_at": retired_at}
        act.put("agency", ids[seed.slug], {**state, **wanted})
    for seed in seeds:
        refuse_cycle(act, "agency", ids[seed.slug], act.take("agency", ids[seed.slug])["parent_id"])


def put_tags(act: Transaction, seeds: Iterable[TagSeed]) -> None:
    """Make or edit a tag for each seed, new ones behind those there are; Invalid as in `put_agencies`."""
    seeds = list(seeds)
    ids = dict(act.connection.execute("SELECT slug, id FROM tags").fetchall())
    agencies = dict(act.connection.execute("SELECT slug, id FROM agencies").fetchall())
    last = act.connection.execute("SELECT coalesce(max(position), 0) FROM tags").fetchone()[0]
    act.take_many("tag", (ids[seed.slug] for seed in seeds if seed.slug in ids))
    for seed in seeds:
        if seed.slug not in ids:
            last += 1
            new = {**_tag(seed), **_NEW_TAG, "slug": rules.slug(seed.slug), "position": last}
            ids[seed.slug] = act.add("tag", new)
        else:
            act.put("tag", ids[seed.slug], {**act.take("tag", ids[seed.slug]), **_tag(seed)})
    for seed in seeds:
        state = act.take("tag", ids[seed.slug])
        usual = [_id(agencies, slug, seed.slug) for slug in dict.fromkeys(seed.agencies)]
        parent_id = _id(ids, seed.parent, seed.slug) if seed.parent else None
        retired_at = (state["retired_at"] or act.at) if seed.retired else None
        wanted = {"parent_id": parent_id, "agencies": usual, "retired_at": retired_at}
        act.put("tag", ids[seed.slug], {**state, **wanted})
    for seed in seeds:
        state = act.take("tag", ids[seed.slug])
        claim_digit(act, state)
        refuse_cycle(act, "tag", ids[seed.slug], state["parent_id"])


def _agency(seed: AgencySeed) -> State:
    return {
        "name": rules.required(seed.name),
        "name_en": rules.line(seed.name_en),
        "short": rules.line(seed.short),
        "kind": rules.line(seed.kind),
        "level": rules.line(seed.level),
        "valid_from": rules.day(seed.valid_from),
        "valid_to": rules.day(seed.valid_to),
        "note": rules.prose(seed.note),
        "aliases": rules.lines(seed.aliases),
    }


def _tag(seed: TagSeed) -> State:
    return {
        "key": rules.line(seed.key),
        "label_vi": rules.required(seed.label_vi),
        "label_en": rules.line(seed.label_en),
        "definition_vi": rules.prose(seed.definition_vi),
        "definition_en": rules.prose(seed.definition_en),
        "colour": rules.line(seed.colour),
        "digit": rules.digit(seed.digit),
        "phrases": rules.lines(seed.phrases),
    }


def _id(ids: dict[str, int], slug: str, by: str) -> int:
    if slug not in ids:
        raise Invalid(
            N_("“{by}” names “{slug}”, which there is not. Add that, or mend the name."), by=by, slug=slug
        )
    return ids[slug]
