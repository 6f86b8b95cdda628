"""The purposes that a person may choose for a channel, in words: menus and windows share it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import Language
from tracker.model import PRIVATE
from tracker.notices.names import Names
from tracker.status import Overview

OPTIONAL = "optional"
"""A purpose's ``note`` in the policy where a few words may be written beside it."""


@dataclass(frozen=True, slots=True)
class PurposeOption:
    """A purpose that may be chosen.

    Attributes:
        id: What :meth:`tracker.status.Overview.choose_purpose` takes.
        name: In the person's language.
        chosen: Whether time in the channel counts for it now.
        note: Whether the person may write a few words beside it.
    """

    id: str
    name: str
    chosen: bool
    note: bool = False


def purpose_options(
    overview: Overview, channel: str, language: Language
) -> tuple[PurposeOption, ...]:
    """Return what time in ``channel`` may be for today: work purposes by the policy, then private.

    Args:
        overview: The running service.
        channel: A channel of the policy; of another only ``private`` may be chosen.
        language: The person's.
    """
    names = Names(overview.policy, language)
    chosen = overview.chosen(channel)
    work = tuple(
        PurposeOption(each.id, names.purpose(each.id), each.id == chosen, each.note == OPTIONAL)
        for each in overview.purposes(channel)
    )
    return (*work, PurposeOption(PRIVATE, names.purpose(PRIVATE), chosen == PRIVATE))
