"""Finds a tag or an agency by any name that people write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Generic, Protocol, TypeVar

from annotations.errors import Ambiguous, NotFound
from annotations.models import Agency, Tag
from annotations.succession import valid
from annotations.wording import exact_key, loose_key, words
from reports.errors import N_


class Entry(Protocol):
    """What a tag and an agency have in common."""

    @property
    def id(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def retired(self) -> bool: ...


T = TypeVar("T", bound=Entry)

NEAREST = 3
"""How many near names a NotFound carries."""

CANDIDATES = 8
"""How many candidates a message lists."""

_LIKENESS = 0.6
_PREFIX = 3


class _Names(Generic[T]):
    """Entries by every written form of each of their names."""

    def __init__(self, entries: Iterable[tuple[T, str, Sequence[str]]]) -> None:
        self._by_slug: dict[str, T] = {}
        self._exact: dict[str, dict[int, T]] = {}
        self._loose: dict[str, dict[int, T]] = {}
        for entry, label, others in entries:
            self._by_slug[entry.slug] = entry
            for name in dict.fromkeys((label, *others)):
                if name:
                    self._exact.setdefault(exact_key(name), {})[entry.id] = entry
                    self._loose.setdefault(loose_key(name), {})[entry.id] = entry
            self._loose.setdefault(loose_key(entry.slug), {})[entry.id] = entry

    def by_slug(self, text: str) -> T | None:
        return self._by_slug.get(text.strip().lower().replace("_", "-"))

    def same(self, text: str) -> list[T]:
        """Entries of that name: those with these very accents, else any."""
        exact = exact_key(text)
        if not exact:
            return []
        found = self._exact.get(exact) or self._loose.get(loose_key(text)) or {}
        return list(found.values())

    def starting(self, text: str) -> list[T]:
        """Entries with a name that goes on where `text` ends."""
        key = loose_key(text)
        if len(key) < _PREFIX:
            return []
        found: dict[int, T] = {}
        for other, entries in self._loose.items():
            if other.startswith(key):
                found.update(entries)
        return list(found.values())

    def near(self, text: str) -> list[T]:
        """Entries with a similar name, best first."""
        key = loose_key(text)
        matcher = SequenceMatcher(None, "", key, autojunk=False)
        scored: dict[int, tuple[float, T]] = {}
        for other, entries in self._loose.items():
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() < _LIKENESS or matcher.quick_ratio() < _LIKENESS:
                continue
            likeness = matcher.ratio()
            for entry in entries.values() if likeness >= _LIKENESS else ():
                if likeness > scored.get(entry.id, (0.0,))[0]:
                    scored[entry.id] = (likeness, entry)
        best = sorted(scored.values(), key=lambda pair: -pair[0])
        return [entry for _, entry in best[:NEAREST]]


class TagNames:
    """`find_tag` over one state of the codebook, indexed once."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._names = _Names((tag, tag.label_vi, (tag.label_en, tag.key)) for tag in tags)

    def find(self, name: str, *, whole: bool = False) -> Tag:
        """`find_tag`; with `whole`, the beginning of a name is no name."""
        found = self._names.by_slug(name)
        if found:
            return found
        candidates = self._names.same(name) or ([] if whole else self._names.starting(name))
        candidates = _live(candidates)
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            template = N_("“{name}” may be any of these tags: {names}. Write one of them in full.")
            raise _ambiguous(template, name, candidates, lambda tag: tag.label_vi)
        nearest = [tag.label_vi for tag in _live(self._names.near(name))]
        if nearest:
            raise _not_found(N_("No tag goes by “{name}”. Did you mean {names}?"), name, nearest)
        raise _not_found(N_("No tag goes by “{name}”. Look in the list of tags."), name, nearest)


class AgencyNames:
    """`find_agency` over one state of the directory, indexed once."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._names = _Names((a, a.name, (a.short, a.name_en, *a.aliases)) for a in agencies)

    def find(self, name: str, on: date | None = None, *, whole: bool = False) -> Agency:
        """`find_agency`; with `whole`, the beginning of a name is no name."""
        found = self._names.by_slug(name)
        if found:
            return found
        day = (on or date.today()).isoformat()
        candidates: list[Agency] = []
        for form in _forms(name):
            candidates = candidates or _sift(self._names.same(form), form, day)
        if not candidates and not whole:
            candidates = _sift(self._names.starting(name), name, day)
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            template = N_("“{name}” may be any of these agencies: {names}. Write one of them in full.")
            raise _ambiguous(template, name, candidates, lambda agency: agency.name)
        nearest = [agency.name for agency in _live(self._names.near(name))]
        if nearest:
            raise _not_found(N_("No agency goes by “{name}”. Did you mean {names}?"), name, nearest)
        raise _not_found(N_("No agency goes by “{name}”. Look in the list of agencies."), name, nearest)


def find_tag(tags: Sequence[Tag], name: str) -> Tag:
    """The tag of that slug, key or label in either language, or the only one that begins so.

    Case, accents and punctuation do not matter. Raises NotFound with the nearest labels, Ambiguous with the
    candidates.
    """
    return _tag_names(tags).find(name)


def find_agency(agencies: Sequence[Agency], name: str, on: date | None = None) -> Agency:
    """The agency of that slug, name, short name or alias, or the only one that begins so.

    Case, accents, tone place, hyphens, dots, `và` and `&` do not matter, nor a province added at the end
    (`Sở TN&MT tỉnh …`). Of several, the one with these very accents is meant, then the one that is valid on
    that day (today unless given). Raises NotFound with the nearest names, Ambiguous with the candidates.
    """
    return _agency_names(agencies).find(name, on)


def _sift(candidates: list[Agency], form: str, day: str) -> list[Agency]:
    """Those of `candidates` that are meant: not retired, valid on the day, of that very name."""
    kept = _live(candidates)
    if len(kept) > 1:
        kept = [agency for agency in kept if valid(agency, day)] or kept
    if len(kept) > 1:
        key = loose_key(form)
        kept = [agency for agency in kept if loose_key(agency.name) == key] or kept
    return kept


def _live(entries: list[T]) -> list[T]:
    return [entry for entry in entries if not entry.retired] or entries


def _forms(name: str) -> list[str]:
    """`name`, then without the name of a province at its end, then without `tỉnh` too."""
    parts = words(name)
    cuts = [at for at, word in enumerate(parts) if word in ("tỉnh", "tinh") and 0 < at >= len(parts) - 5]
    if not cuts:
        return [name]
    at = cuts[-1]
    return [name, " ".join(parts[: at + 1]), " ".join(parts[:at])]


def _ambiguous(template: str, name: str, entries: Sequence[T], label: Callable[[T], str]) -> Ambiguous:
    labels = [label(entry) for entry in entries]
    shown = tuple(
        text if labels.count(text) == 1 else entry.slug for text, entry in zip(labels, entries, strict=True)
    )
    listed = "; ".join(shown[:CANDIDATES]) + ("; …" if len(shown) > CANDIDATES else "")
    return Ambiguous(template, shown, name=name, names=listed)


def _not_found(template: str, name: str, nearest: Sequence[str]) -> NotFound:
    return NotFound(template, tuple(nearest), name=name, names="; ".join(nearest))


_last_tags: tuple[tuple[Tag, ...], TagNames] | None = None
_last_agencies: tuple[tuple[Agency, ...], AgencyNames] | None = None


def _tag_names(tags: Sequence[Tag]) -> TagNames:
    """The index of `tags`; the last one is kept while the same tuple is asked about."""
    global _last_tags
    if _last_tags and _last_tags[0] is tags:
        return _last_tags[1]
    names = TagNames(tags)
    if isinstance(tags, tuple):
        _last_tags = (tags, names)
    return names


def _agency_names(agencies: Sequence[Agency]) -> AgencyNames:
    global _last_agencies
    if _last_agencies and _last_agencies[0] is agencies:
        return _last_agencies[1]
    names = AgencyNames(agencies)
    if isinstance(agencies, tuple):
        _last_agencies = (agencies, names)
    return names
