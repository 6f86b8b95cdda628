"""The ways out that a notice offers as buttons: what the policy gives now. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import Language
from tracker.limits.types import Period
from tracker.model import PRIVATE
from tracker.notice import LimitNotice, Notice
from tracker.notices.names import Names
from tracker.policy.types import ANY, Purpose
from tracker.status import Overview

SHOW = "show"
CHOOSE = "choose"
EXTEND = "extend"
_PURPOSE = "purpose:"

MOST_PURPOSES = 2
"""So many purposes have a button each where a window can offer the rest."""

MOST_WITHOUT_WINDOW = 3
"""So many where nothing else can: daemons show four buttons at most, some of them three."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a notice.

    Attributes:
        key: What the daemon gives back when it is pressed.
        label: What is written on it.
    """

    key: str
    label: str


def buttons_for(
    notice: Notice, overview: Overview, language: Language, *, can_choose: bool, can_show: bool
) -> tuple[Button, ...]:
    """Return a notice's buttons, the most helpful first: some daemons cut off the last.

    Args:
        notice: What is told.
        overview: The running service.
        language: The person's.
        can_choose: Whether a window can offer all purposes.
        can_show: Whether a window can show the day.
    """
    _ = language.gettext
    buttons: list[Button] = []
    if isinstance(notice, LimitNotice):
        buttons += _purposes(notice, overview, language, can_choose=can_choose)
        standing = notice.step.standing
        if standing.period is Period.DAY:
            offer = overview.offer(standing.limit, standing.channel)
            # A notice has no line to write a reason in: a window asks for it.
            if offer.refusal is None and (can_choose or not offer.needs_reason):
                text = _("{minutes} more min …") if offer.needs_reason else _("{minutes} more min")
                buttons.append(Button(EXTEND, text.format(minutes=offer.minutes)))
    if can_show:
        buttons.append(Button(SHOW, _("Show")))
    return tuple(buttons)


def purpose_of(key: str) -> str | None:
    """Return the purpose that a button of this key chooses; None where it chooses none."""
    return key.removeprefix(_PURPOSE) if key.startswith(_PURPOSE) else None


def _purposes(
    notice: LimitNotice, overview: Overview, language: Language, *, can_choose: bool
) -> list[Button]:
    _ = language.gettext
    ways_out = _ways_out(notice, overview)
    if can_choose and len(ways_out) > MOST_PURPOSES:
        return [Button(CHOOSE, _("It is for work …"))]
    names = Names(overview.policy, language)
    return [
        Button(_PURPOSE + each.id, _("Work: {purpose}").format(purpose=names.purpose(each.id)))
        for each in ways_out[:MOST_WITHOUT_WINDOW]
    ]


def _ways_out(notice: LimitNotice, overview: Overview) -> tuple[Purpose, ...]:
    """Return the work purposes under which private time would no longer count to the limit."""
    limits = overview.policy.limits
    taken = next((each.purposes for each in limits if each.id == notice.step.standing.limit), ())
    if notice.purpose != PRIVATE or ANY in taken:
        return ()
    return tuple(each for each in overview.purposes(notice.channel) if each.id not in taken)
