"""The kinds of item that the record keeps with their history."""

from __future__ import annotations

from annotations.store.kinds.agency import AgencyKind
from annotations.store.kinds.annotation import AnnotationKind
from annotations.store.kinds.comment import CommentKind
from annotations.store.kinds.person import PersonKind
from annotations.store.kinds.report import ReportKind
from annotations.store.kinds.row import RowKind, State
from annotations.store.kinds.tag import TagKind
from annotations.store.kinds.view import ViewKind

__all__ = ["KINDS", "State", "same"]

KINDS: dict[str, RowKind] = {
    kind.name: kind
    for kind in (
        AnnotationKind(),
        ReportKind(),
        TagKind(),
        AgencyKind(),
        PersonKind(),
        CommentKind(),
        ViewKind(),
    )
}


def same(one: State, other: State) -> bool:
    """Whether two states say the same, whatever their version and the time of the latest edit."""
    return {**one, "version": 0, "updated_at": ""} == {**other, "version": 0, "updated_at": ""}
