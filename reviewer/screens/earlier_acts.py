"""The key that shows an issue over time, for every screen that has an annotation to act on."""

from __future__ import annotations

from annotations.models import Annotation
from reviewer.i18n import _
from reviewer.screens.base import ResultT, ReviewerScreen


class EarlierActs(ReviewerScreen[ResultT]):
    """`over_time_of()` says which annotation it is about."""

    def over_time_of(self) -> Annotation | None:
        """The annotation that is chosen, as it is now."""
        raise NotImplementedError

    def action_earlier(self) -> None:
        """Show the issue over time."""
        from reviewer.screens.earlier import EarlierScreen

        annotation = self.over_time_of()
        if annotation is None:
            self.app.notify(_("There is no annotation here."))
        else:
            self.app.push_screen(EarlierScreen(annotation))
