"""The JSON form of ``why``, which scripts rely on."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.limits.types import Standing
from tracker.policy.types import CrisisLevel, Policy, Text
from tracker.reports.json_form import Json, standing_json
from tracker.reports.why import Kept, Why


def why_json(why: Why, zone: ZoneInfo) -> Json:
    """Return the form of ``why --json``; all keys are always there.

    ``at``, ``day``: the instant in the policy's zone, and the day key that it counts to.
    ``kept``: what the answer is from: ``memory`` (all that the running program went by),
    ``span`` or ``gap`` (a stored row; more is not kept), ``nothing``.
    ``state``: as in ``simulate --json``; null where nothing is kept.
    ``reason``: of the state, as a code, empty where it needs none: ``audible``, ``break``,
    ``no_channel``, ``nothing_in_front``, ``own_window``, ``private_window``, ``stall``, or
    why nothing could be seen, an error's code.
    ``window``: ``work`` or ``breaks``, null outside hours and where it is not kept.
    ``channel``, ``channel_name``, ``source``, ``certain``, ``corrected``: as in
    ``spans --json``; null (``corrected``: false) where the moment is no channel's.
    ``via``, ``rule``, ``second``: as in ``classify --json``; null where no rule is kept or
    needed. Beside ``idle`` and ``break`` they tell what would have counted.
    ``purpose``, ``purpose_name``; ``purpose_from``: ``chosen`` (at ``chosen_at``, null where
    unknown), ``default``, ``corrected``, or null where it can't be told any more.
    ``limits``: those that the moment counted toward, as they stood then: the rows of
    ``today --json`` with ``name``, ``period`` (``day`` or ``week``) and ``lifted``: whether
    the crisis level that was open then lifted it, so that it took no step.
    ``crisis``: that level, as ``id`` and ``trigger``; null where none was open.
    ``policy``: the one that judges the day; ``policy_then``: the one in force at the
    moment, null where that is not kept. Names are tables by language, empty where the
    policy gives none.
    """
    state = why.state
    in_channel = state is not None and state.channel is not None
    has_window = state is not None and state.within_hours and why.kept is not Kept.GAP
    verdict, purposed = why.verdict, why.purposed
    chosen_at = purposed.chosen_at if purposed else None
    naming = why.policy_then or why.policy
    return {
        "at": _local(why.at, zone),
        "day": why.day.isoformat(),
        "kept": why.kept.value,
        "state": state.kind.value if state else None,
        "reason": state.reason if state else "",
        "window": state.window.value if state and has_window else None,
        "channel": state.channel if state else None,
        "channel_name": _names(naming, "channels", state.channel if state else None),
        "source": state.source.value if state and state.source else None,
        "certain": state.certain if state and in_channel else None,
        "corrected": why.corrected,
        "via": verdict.via if verdict else None,
        "rule": verdict.rule if verdict else None,
        "second": verdict.second if verdict else None,
        "purpose": purposed.purpose if purposed else None,
        "purpose_name": _names(naming, "purposes", purposed.purpose if purposed else None),
        "purpose_from": purposed.origin.value if purposed and purposed.origin else None,
        "chosen_at": _local(chosen_at, zone) if chosen_at else None,
        "limits": [_limit(each, why) for each in why.standings],
        "crisis": _crisis(why.crisis) if why.crisis else None,
        "policy": _policy(why.policy),
        "policy_then": _policy(why.policy_then) if why.policy_then else None,
    }


def _local(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="milliseconds")


def _policy(policy: Policy) -> Json:
    return {"id": policy.id, "version": policy.version}


def _crisis(level: CrisisLevel) -> Json:
    return {"id": level.id, "trigger": dict(level.trigger.by_language)}


def _limit(standing: Standing, why: Why) -> Json:
    row = standing_json(standing)
    name = _names(why.policy, "limits", standing.limit)
    lifted = why.crisis is not None and standing.limit in why.crisis.lifts
    return {
        "id": row.pop("id"),
        "name": name,
        "period": standing.period.value,
        **row,
        "lifted": lifted,
    }


def _names(policy: Policy, kind: str, id_: str | None) -> dict[str, str]:
    named: dict[str, dict[str, Text]] = {
        "channels": {each.id: each.name for each in policy.channels},
        "purposes": {each.id: each.name for each in policy.purposes},
        "limits": {each.id: each.name for each in policy.limits},
    }
    found = named[kind].get(id_) if id_ is not None else None
    return dict(found.by_language) if found is not None else {}
