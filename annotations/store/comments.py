"""Comments: what people say to each other about an annotation, which itself stays as it is."""

from __future__ import annotations

from annotations.errors import Invalid, NotFound
from annotations.models import Act, Change, Comment
from annotations.store import rules
from annotations.store.record import Record
from reports.errors import N_

_COMMENTS = (
    "SELECT c.id, c.annotation_id, w.name, c.text, c.created_at, c.updated_at, c.version"
    " FROM comments c JOIN reviewers w ON w.id = c.reviewer_id"
)


def comment_draft(annotation_id: int) -> str:
    """Under which name the store remembers a comment on an annotation that is being typed."""
    return f"comment-draft-{annotation_id}"


class Comments(Record):
    """The part of the store that holds comments. A comment changes nothing of its annotation, whose version
    stays. Each edit names the version that was seen: Conflict, NotFound, Invalid as their names say."""

    def comment(self, annotation_id: int, text: str) -> Change:
        """Say something about an annotation; its id is that of the change's one item. What was remembered as
        `comment_draft` is done with and goes."""
        with self._act(Act.COMMENT) as act:
            annotation = act.take("annotation", annotation_id)
            if annotation["deleted_at"]:
                raise Invalid(N_("Annotation {id} is deleted. Restore it first."), id=annotation_id)
            act.add(
                "comment",
                {
                    "annotation_id": annotation_id,
                    "report_id": annotation["report_id"],
                    "reviewer_id": act.reviewer_id,
                    "text": _said(text),
                    "created_at": act.at,
                    "updated_at": act.at,
                    "version": 1,
                    "deleted_at": None,
                },
            )
            self._connection.execute(
                "DELETE FROM memories WHERE reviewer_id = ? AND name = ?",
                (act.reviewer_id, comment_draft(annotation_id)),
            )
        return act.change

    def edit_comment(self, comment_id: int, version: int, text: str) -> Change:
        """Say it otherwise; the history keeps what was said before."""
        with self._act(Act.EDIT_COMMENT) as act:
            state = act.take("comment", comment_id, version)
            if state["deleted_at"]:
                raise Invalid(N_("Comment {id} is deleted. Write a new one."), id=comment_id)
            act.put("comment", comment_id, {**state, "text": _said(text)})
        return act.change

    def delete_comment(self, comment_id: int, version: int) -> Change:
        """Take a comment back; `undo` brings it again, and the history keeps it."""
        with self._act(Act.DELETE_COMMENT) as act:
            state = act.take("comment", comment_id, version)
            act.put("comment", comment_id, {**state, "deleted_at": state["deleted_at"] or act.at})
        return act.change

    def comments(self, annotation_id: int) -> tuple[Comment, ...]:
        """What has been said about an annotation, oldest first, deleted ones left out."""
        found = self._rows(
            f"{_COMMENTS} WHERE c.annotation_id = ? AND c.deleted_at IS NULL ORDER BY c.id", (annotation_id,)
        )
        return tuple(Comment(*row) for row in found)

    def comment_by_id(self, comment_id: int) -> Comment:
        """One comment that is not deleted; NotFound."""
        found = self._rows(f"{_COMMENTS} WHERE c.id = ? AND c.deleted_at IS NULL", (comment_id,))
        if not found:
            raise NotFound(N_("There is no comment {id}."), id=comment_id)
        return Comment(*found[0])


def _said(text: str) -> str:
    said = rules.prose(text)
    if not said:
        raise Invalid(N_("The comment is empty. Write something, or close it."))
    return said
