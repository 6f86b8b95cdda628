"""What ``doctor`` tells, as JSON."""

from __future__ import annotations

from tracker.reports.json_form import Json
from tracker.status import Status
from tracker.watchers.base import Sense


def status_json(status: Status) -> Json:
    """Return the form of ``doctor --json``, as the running app sees it."""
    return {
        "backend": status.backend,
        "sees": {sense.value: sense in status.senses for sense in Sense},
        "refused": [
            {"backend": each.backend, "reason": each.reason, "remedy": each.remedy}
            for each in status.refused
        ],
        "running": True,
        "measuring": status.measuring,
        "accepted": status.accepted,
        "paused": status.paused,
        "state": status.state.kind.value,
        "trouble": [code for code, _ in status.trouble],
    }
