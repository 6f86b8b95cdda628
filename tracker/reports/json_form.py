"""The JSON forms that scripts rely on (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from tracker.limits.types import Period, Standing
from tracker.model import Span
from tracker.reports.day import DayReport

Json = dict[str, Any]


def seconds(ms: int) -> float:
    """Return whole milliseconds as seconds; written, they have up to three decimals."""
    return ms / 1000


def _whole_or(ms: int | None) -> float | None:
    return None if ms is None else seconds(ms)


def standing_json(standing: Standing) -> Json:
    """Return one row of ``limits``."""
    return {
        "id": standing.limit,
        "channel": standing.channel,
        "used_s": seconds(standing.used_ms),
        "allowed_s": _whole_or(standing.allowed_ms),
        "left_s": _whole_or(standing.left_ms),
        "extended_s": seconds(standing.extended_ms),
        "level": standing.level.value,
    }


def day_json(report: DayReport) -> Json:
    """Return the form of ``today --json``.

    ``lifted`` names the limits that took no step for some time of the day, because a level
    of the crisis plan was open that lifts them; they counted on.
    """
    return {
        "day": report.day.isoformat(),
        "policy": {"id": report.policy_id, "version": report.policy_version},
        "device": report.device,
        "measuring": report.measuring,
        "channels": [
            {
                "id": channel.channel,
                "total_s": seconds(channel.total_ms),
                "uncertain_s": seconds(channel.uncertain_ms),
                "purposes": {name: seconds(ms) for name, ms in channel.purposes.items()},
            }
            for channel in report.channels
        ],
        "limits": [
            standing_json(standing) for standing in report.limits if standing.period is Period.DAY
        ],
        "not_measured_s": seconds(report.not_measured_ms),
        "paused_s": seconds(report.paused_ms),
        "lifted": list(report.lifted),
    }


def week_json(week: str, days: Sequence[DayReport], limits: Sequence[Standing]) -> Json:
    """Return the form of ``week --json``; ``limits`` are the week's standings.

    ``lifted`` names the limits that were lifted on any of its days.
    """
    return {
        "week": week,
        "from": days[0].day.isoformat(),
        "to": days[-1].day.isoformat(),
        "days": [day_json(day) for day in days],
        "limits": [standing_json(standing) for standing in limits],
        "lifted": list(dict.fromkeys(limit for day in days for limit in day.lifted)),
    }


def span_json(span: Span, zone: ZoneInfo) -> Json:
    """Return one row of ``spans --json``."""
    return {
        "start": span.start.astimezone(zone).isoformat(timespec="milliseconds"),
        "end": span.end.astimezone(zone).isoformat(timespec="milliseconds"),
        "channel": span.channel,
        "purpose": span.purpose,
        "device": span.device,
        "source": span.source.value,
        "certain": span.certain,
        "corrected": span.corrected,
    }
