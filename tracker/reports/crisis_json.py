"""The JSON form of ``crisis``, which scripts rely on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.crisis import FIRST_REPLY, OpenCrisis, steps_of
from tracker.policy.types import Policy, Text
from tracker.reports.json_form import Json


def crisis_json(crisis: OpenCrisis | None, policy: Policy) -> Json:
    """Return the form of ``crisis --json``; all keys are always there.

    ``levels``: those of the plan, as ``id`` and ``trigger`` (texts by language).
    ``open``: null, or ``level``, ``opened`` (in the policy's zone), ``link`` and ``steps``:
    ``number`` (0 for the first reply, then from 1 as the plan has them), ``text`` (by
    language; empty for the first reply), ``by`` (null without a deadline) and ``done``.
    """
    return {
        "levels": [
            {"id": level.id, "trigger": _texts(level.trigger)} for level in policy.crisis_levels
        ],
        "open": _open(crisis, policy) if crisis is not None else None,
    }


def _open(crisis: OpenCrisis, policy: Policy) -> Json:
    zone = ZoneInfo(policy.timezone)
    return {
        "level": crisis.level,
        "opened": _local(crisis.opened, zone),
        "link": crisis.link,
        "steps": [
            {
                "number": index + 1,
                "text": text,
                "by": None
                if within is None
                else _local(crisis.opened + timedelta(minutes=within), zone),
                "done": index in crisis.done,
            }
            for index, text, within in _steps(crisis, policy)
        ],
    }


def _steps(crisis: OpenCrisis, policy: Policy) -> Iterator[tuple[int, dict[str, str], int | None]]:
    for level in policy.crisis_levels:
        if level.id == crisis.level and level.first_reply is not None:
            yield FIRST_REPLY, {}, level.first_reply
    for index, step in enumerate(steps_of(policy, crisis.level)):
        yield index, _texts(step.text), step.within


def _texts(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _local(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="milliseconds")
