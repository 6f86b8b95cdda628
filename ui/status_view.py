"""What is going on now, in one sentence and with what helps. No Qt here."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.error_texts import describe_code
from tracker.errors import ErrorCode
from tracker.i18n import Language
from tracker.limits.types import Level
from tracker.model import StateKind
from tracker.notices.names import Names
from tracker.policy.load import Loaded
from tracker.policy.types import Policy
from tracker.status import Status
from ui.day_view import DayView


class Sign(enum.StrEnum):
    """What the tray icon's shape tells."""

    OFF = "off"
    BLIND = "blind"
    PAUSED = "paused"
    REACHED = "reached"
    NEAR = "near"
    MEASURING = "measuring"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that stands in the way: what it is, and how to get it out of the way."""

    title: str
    text: str
    remedy: str
    page: str = ""
    """The page that says more, as pages are opened."""


@dataclass(frozen=True, slots=True)
class StatusView:
    """The present moment in words."""

    sign: Sign
    filled: float
    """How much of the nearest limit is used, from 0 to 1."""

    sentence: str
    troubles: tuple[Trouble, ...]


def view_status(
    status: Status, day: DayView, policy: Policy, now: datetime, language: Language
) -> StatusView:
    """Return what is going on now."""
    views = tuple(_trouble(code, fields, language) for code, fields in status.trouble)
    nearest = day.headline.limit
    filled = 0.0
    if nearest is not None and nearest.allowed_ms is not None:
        filled = min(1.0, nearest.used_ms / nearest.allowed_ms) if nearest.allowed_ms else 1.0
    return StatusView(
        sign=_sign(status, day),
        filled=filled,
        sentence=sentence(status, policy, now, language),
        troubles=views,
    )


def _trouble(code: str, fields: Mapping[str, object], language: Language) -> Trouble:
    text = describe_code(code, fields, language)
    page = "policy/trouble" if code == ErrorCode.POLICY_INVALID else ""
    return Trouble(text.title, text.text, text.remedy, page)


def broken_policy_line(broken: Loaded | None, language: Language) -> str:
    """Return what the tray says of a policy file that was refused; empty where none was."""
    if broken is None:
        return ""
    text = language.gettext("The new policy has an error in line {line}. Why?")
    return text.format(line=broken.errors[0].line)


def sentence(status: Status, policy: Policy, now: datetime, language: Language) -> str:
    """Return the present state in a few words."""
    _ = language.gettext
    if not status.accepted:
        return _("Nothing is measured yet")
    if status.paused:
        return _paused(status.paused_until, policy, now, language)
    state = status.state
    if state.kind is StateKind.CHANNEL and state.channel is not None:
        names = Names(policy, language)
        return _("In front: {channel}, {purpose}").format(
            channel=names.channel(state.channel), purpose=names.purpose(state.purpose or "")
        )
    if status.day_off:
        return _("Not working today: nothing is stored")
    if status.on_break:
        return _("On a break")
    words = {
        StateKind.STOPPED: _("Kanaltid is stopped"),
        StateKind.ASLEEP: _("The computer sleeps"),
        StateKind.LOCKED: _("The screen is locked"),
        StateKind.OFF_HOURS: _("Outside working hours: nothing is stored"),
        StateKind.NOT_MEASURED: _("Kanaltid can't see which window is in front"),
        StateKind.IDLE: _("No input: nothing counts"),
    }
    return words.get(state.kind, _("None of the policy's channels is in front"))


def _paused(until: datetime | None, policy: Policy, now: datetime, language: Language) -> str:
    _ = language.gettext
    if until is None:
        return _("Paused")
    zone = ZoneInfo(policy.timezone)
    time = language.time(until, zone)
    today = now.astimezone(zone).date()
    day = until.astimezone(zone).date()
    if day == today:
        return _("Paused until {time}").format(time=time)
    if day == today + timedelta(days=1):
        return _("Paused until {time} tomorrow").format(time=time)
    return _("Paused until {time} on {date}").format(time=time, date=language.date(day))


def _sign(status: Status, day: DayView) -> Sign:
    if status.paused:
        return Sign.PAUSED
    if not status.accepted or status.state.kind in (StateKind.STOPPED, StateKind.OFF_HOURS):
        return Sign.OFF
    if status.state.kind is StateKind.NOT_MEASURED or status.backend is None:
        return Sign.BLIND
    levels = {limit.level for limit in day.limits if limit.used_ms > 0}
    if levels & {Level.REACHED, Level.OVER}:
        return Sign.REACHED
    return Sign.NEAR if Level.NEAR in levels else Sign.MEASURING
