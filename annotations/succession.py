"""Who answers when: agencies that merge, split, are renamed or abolished."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from annotations.models import Agency, Language

NAMED_HEIRS = 3
"""Heirs that `with_heirs` names; the others it counts."""


class Succession:
    """The predecessors and successors of every agency of a directory, looked up by id."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._by_id = {agency.id: agency for agency in agencies}
        self._before: dict[int, list[Agency]] = {}
        for agency in self._by_id.values():
            for successor in agency.successors:
                self._before.setdefault(successor.agency_id, []).append(agency)

    def holders(self, agency: Agency, on: date) -> list[Agency]:
        """Who answers on that day for what was linked to `agency`, in the order of its successors.

        Itself while it is valid, before it began, and where nobody took over; several after a split.
        """
        found: dict[int, Agency] = {}
        self._collect(agency, on.isoformat(), {agency.id}, found)
        return list(found.values())

    def _collect(self, agency: Agency, day: str, seen: set[int], found: dict[int, Agency]) -> None:
        heirs = []
        if not answers(agency, day):
            for successor in agency.successors:
                heir = self._by_id.get(successor.agency_id)
                if heir and heir.id not in seen and (successor.date or "") <= day:
                    heirs.append(heir)
        if not heirs:
            found[agency.id] = agency
        for heir in heirs:
            self._collect(heir, day, seen | {heir.id}, found)

    def heirs(self, agency: Agency, on: date) -> list[Agency]:
        """Who answers for `agency` on that day in its place; nobody while it answers itself."""
        found = self.holders(agency, on)
        return [] if [heir.id for heir in found] == [agency.id] else found

    def heirs_of(self, agency_id: int, on: date) -> list[Agency]:
        """`heirs` of the agency of that id; nobody where there is none."""
        agency = self._by_id.get(agency_id)
        return self.heirs(agency, on) if agency else []

    def answered_by(self, wanted: Collection[int], on: date) -> set[int]:
        """Ids of the agencies for which one of `wanted` (ids) answers on that day."""
        return {
            agency.id
            for agency in self._by_id.values()
            if any(holder.id in wanted for holder in self.holders(agency, on))
        }

    def with_predecessors(self, wanted: Collection[int]) -> set[int]:
        """`wanted` (ids) and all whose line leads to one of them.

        What stood below a predecessor and names no successor of its own has gone the way of that one.
        """
        below: dict[int, list[int]] = {}
        for agency in self._by_id.values():
            if agency.parent_id is not None and not agency.successors:
                below.setdefault(agency.parent_id, []).append(agency.id)
        found = set(wanted)
        waiting = [before.id for number in wanted for before in self._before.get(number, ())]
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += [before.id for before in self._before.get(number, ())]
                waiting += below.get(number, ())
        return found

    def predecessors(self, agency: Agency) -> list[Agency]:
        """All whose successor it is, directly or through others, nearest first; itself not among them."""
        found: dict[int, Agency] = {}
        level = [agency]
        while level:
            level = [
                before
                for later in level
                for before in self._before.get(later.id, ())
                if before.id != agency.id and before.id not in found
            ]
            found.update((before.id, before) for before in level)
        return list(found.values())


def answers(agency: Agency, day: str) -> bool:
    """Whether `agency` has not ended on that ISO day; one that has successors but no last day ends with the
    first of them."""
    end = agency.valid_to
    if end is None:
        dates = [successor.date for successor in agency.successors if successor.date]
        end = min(dates) if dates else None
    return end is None or day < end


def valid(agency: Agency, day: str) -> bool:
    """Whether `agency` had begun and had not ended on that ISO day."""
    return (agency.valid_from or "") <= day and answers(agency, day)


def holders(agency: Agency, on: date, agencies: Sequence[Agency]) -> list[Agency]:
    """`Succession.holders` for one question."""
    return Succession(agencies).holders(agency, on)


def predecessors(agency: Agency, agencies: Sequence[Agency]) -> list[Agency]:
    """`Succession.predecessors` for one question."""
    return Succession(agencies).predecessors(agency)


_NOW: dict[Language, str] = {"vi": "{name} (nay là {heirs})", "en": "{name} (now {heirs})"}
_MORE: dict[Language, str] = {"vi": "{heirs} và {count} cơ quan khác", "en": "{heirs} and {count} others"}


def with_heirs(name: str, heirs: Sequence[str], language: Language) -> str:
    """`name` and who answers in its place now: “Sở TN&MT (nay là Sở Nông nghiệp và Môi trường)”; `name` alone
    where `heirs` is empty."""
    if not heirs:
        return name
    named = ", ".join(heirs[:NAMED_HEIRS])
    if len(heirs) > NAMED_HEIRS:
        named = _MORE[language].format(heirs=named, count=len(heirs) - NAMED_HEIRS)
    return _NOW[language].format(name=name, heirs=named)


def alphabetical(agencies: Iterable[Agency], language: str = "vi") -> list[Agency]:
    """Agencies by name in the order of the Vietnamese alphabet."""
    from reports.vietnamese import sort_key

    return sorted(agencies, key=lambda agency: sort_key(agency.label(language)))
