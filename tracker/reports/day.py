"""A day as it is shown, printed and exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.limits.types import Standing
from tracker.model import Device


@dataclass(frozen=True, slots=True)
class ChannelTime:
    """A channel's time of a day, in milliseconds."""

    channel: str
    total_ms: int
    uncertain_ms: int
    purposes: Mapping[str, int] = field(default_factory=dict)
    breaks_ms: int = 0
    """What of the private time lies in breaks, which limits of working time don't take."""

    toward: Mapping[str, int] = field(default_factory=dict)
    """The milliseconds that count toward each limit, by its id."""


@dataclass(frozen=True, slots=True)
class DayReport:
    """What a day came to against the policy that judges it."""

    day: date
    policy_id: str
    policy_version: str
    device: Device
    measuring: bool
    channels: tuple[ChannelTime, ...]
    limits: tuple[Standing, ...]
    not_measured_ms: int
    paused_ms: int
    lifted: tuple[str, ...] = ()
    """The limits that took no step for some time of the day: a crisis level lifted them."""
