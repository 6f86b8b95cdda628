"""Makes the window of a step of the ladder, as far as the desktop lets it be."""

from __future__ import annotations

from tracker.i18n import Language
from tracker.notice import LimitNotice
from tracker.policy.types import StepKind
from tracker.status import Overview
from tracker.watchers.base import FrontPlace
from ui.ladder_view import view_step
from ui.theme import Theme
from ui.windows.ask import AskWindow
from ui.windows.countdown import CountdownWindow
from ui.windows.overlay import Overlay


class LadderWindows:
    """Makes windows for steps.

    Args:
        overview: The running service.
        language: The person's.
    """

    def __init__(self, overview: Overview, language: Language) -> None:
        self._overview = overview
        self._language = language

    def make(
        self, notice: LimitNotice, place: FrontPlace | None, theme: Theme, seconds: int | None
    ) -> AskWindow | Overlay:
        """Return the window of a step, not shown yet.

        Args:
            notice: The step.
            place: Where the channel's window stands. Where nobody tells, every step asks:
                there is nothing to lie over, and nothing to minimise.
            theme: The colours.
            seconds: Of a countdown; None: nothing is minimised by itself.
        """
        view, language = view_step(notice, self._overview, self._language), self._language
        if place is not None and notice.step.do is StepKind.OVERLAY:
            overlay = Overlay(view, language, theme)
            overlay.tie(place.window)
            return overlay
        if place is not None and notice.step.do is StepKind.MINIMISE:
            return CountdownWindow(view, language, theme, seconds)
        minimises = place is not None and self._ladder_minimises(notice)
        return AskWindow(view, language, theme, minimises=minimises)

    def _ladder_minimises(self, notice: LimitNotice) -> bool:
        policy, limit_id = self._overview.policy, notice.step.standing.limit
        used = {limit.ladder for limit in policy.limits if limit.id == limit_id}
        return any(
            step.do is StepKind.MINIMISE
            for ladder in policy.ladders
            if ladder.id in used
            for step in ladder.steps
        )
