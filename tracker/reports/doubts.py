"""Doubts: what the totals of a day can't tell about another policy than the one they were kept by.

Totals say how long, by channel, purpose, window and certainty. They do not say when, and
know nothing of what the old policy did not measure.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class DoubtCode(enum.StrEnum):
    """What can't be told; the fields of each stand beside it."""

    POLICY_NOT_KEPT = "policy_not_kept"
    """The day's own policy is not kept: the present one stands in for it."""

    CHANNEL_NOT_KEPT = "channel_not_kept"
    """``channel``: the old policy did not name it, so nothing was kept."""

    CHANNEL_KEPT_IN_ANOTHER = "channel_kept_in_another"
    """``channel``, ``kept_as``: what was kept of it can't be told from the other's time."""

    CHANNEL_COUNTED_AS = "channel_counted_as"
    """``channel``, ``counted_as``: the new policy has it as part of another."""

    CHANNEL_NOT_NAMED = "channel_not_named"
    """``channel``: the new policy does not name it, so its time is left out."""

    CHANNEL_RULES_DIFFER = "channel_rules_differ"
    """``channel``: it is told by other rules."""

    PURPOSE_NOT_PERMITTED = "purpose_not_permitted"
    """``channel``, ``purpose``: it could not be chosen there; its time stays as it was."""

    DEFAULT_PURPOSE_DIFFERS = "default_purpose_differs"
    """``channel``, ``was``, ``would_be``: the time may not have been chosen to be so."""

    HOURS_LONGER = "hours_longer"
    """The new hours hold where the old ones did not, and nothing was kept."""

    HOURS_SHORTER = "hours_shorter"
    """Part of the time may lie outside the new hours; it counts all the same."""

    BREAKS_DIFFER = "breaks_differ"
    """Time is known as in the old breaks or outside them."""

    BREAK_TIME_NOT_KEPT = "break_time_not_kept"
    """``channel``: the old policy kept no time of it in breaks, the new one counts it."""

    DAY_DIFFERS = "day_differs"
    """Zone or start of day differ, and part of the hours belongs to another day."""

    IDLE_AFTER_DIFFERS = "idle_after_differs"
    """``was_s``, ``would_be_s``: what counts as being away."""

    AUDIBLE_CAP_DIFFERS = "audible_cap_differs"
    """``was_min``, ``would_be_min``: how long sound counts without input."""

    EXTENSION_LEFT_OUT = "extension_left_out"
    """``limit``, ``channel``: the new policy has nothing that it would extend."""

    EXTENSION_DIFFERS = "extension_differs"
    """``limit``, ``channel``, ``was_min``, ``would_be_min``: it counts as it was taken."""

    EXTENSIONS_NOT_KEPT = "extensions_not_kept"
    """Extensions of that day are deleted by now; it is judged without any."""

    MOMENT_UNKNOWN = "moment_unknown"
    """``limit``, ``channel``: when in the day, or week, it would have been reached."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that can't be told, with its fields in a fixed order."""

    code: DoubtCode
    fields: tuple[tuple[str, str | int | None], ...] = ()


def make_doubt(code: DoubtCode, **fields: str | int | None) -> Doubt:
    """Return a doubt with those fields."""
    return Doubt(code, tuple(fields.items()))
