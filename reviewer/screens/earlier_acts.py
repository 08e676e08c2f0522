"""The key that shows an issue over time, for every screen that has an annotation to act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.models import Annotation
from reviewer.i18n import _
from reviewer.over_time import run_words, when
from reviewer.screens.base import ResultT, ReviewerScreen

if TYPE_CHECKING:
    from annotations.earlier import Candidate


def link_to(screen: ReviewerScreen[Any], annotation: Annotation, candidate: Candidate) -> bool:
    """Say that `annotation` is the issue of `candidate`, and show that; False if it was refused."""
    store = screen.store
    if screen.act(lambda: store.continue_from(annotation.id, annotation.version, candidate.id)) is None:
        return False
    said = _("#{id} continues #{earlier} of {period}.").format(
        id=annotation.id, earlier=candidate.id, period=when(candidate.period, candidate.report_date)
    )
    run = run_words(store.issues.runs([annotation.id]).get(annotation.id))
    screen.app.notify(" ".join(part for part in (said, run) if part))
    return True


class EarlierActs(ReviewerScreen[ResultT]):
    """`over_time_of()` says which annotation it is about."""

    def over_time_of(self) -> Annotation | None:
        """The annotation that is chosen, as it is now."""
        raise NotImplementedError

    def action_same(self) -> None:
        """Link the likeliest candidate at once if it is much alike, else show what there is."""
        annotation = self.over_time_of()
        if annotation is None or annotation.earlier_id is not None:
            self.action_earlier()
            return
        found = self.store.issues.earlier(annotation.id, 1)
        if found and found[0].strong:
            link_to(self, annotation, found[0])
        else:
            self.action_earlier()

    def action_earlier(self) -> None:
        """Show the issue over time."""
        from reviewer.screens.earlier import EarlierScreen

        annotation = self.over_time_of()
        if annotation is None:
            self.app.notify(_("There is no annotation here."))
        else:
            self.app.push_screen(EarlierScreen(annotation))
