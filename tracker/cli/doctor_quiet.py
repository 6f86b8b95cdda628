"""What ``doctor`` says of presentations and calls: asked here, because nobody watches them."""

from __future__ import annotations

import os

from tracker.cli.context import Context
from tracker.reports.json_form import Json

SHARING = "sharing"
"""What no desktop tells of another program."""


def ask_quiet(context: Context) -> Json:
    """Return what can be told of presentations and calls on this desktop, and what can't.

    It takes a second at most, and whether there is one just now is not said.
    """
    from tracker.clock import LedgerClock, SystemTime
    from tracker.policy.catalogue import shipped_catalogue
    from tracker.quiet.base import Findings, Reason
    from tracker.quiet.desktop_probe import make_probe
    from tracker.selector_loop import SelectorLoop

    loop = SelectorLoop(LedgerClock(SystemTime()))
    told: list[Findings] = []
    probe = make_probe(loop, context.environ, shipped_catalogue(), os.getpid())
    probe.ask("", told.append)
    while not told:
        loop.turn(longest_s=0.1)
    loop.close()
    obstacles = {reason.value: obstacle.value for reason, obstacle in told[0].obstacles}
    obstacles[SHARING] = "never_told"
    return {
        "quiet": {
            each: each not in obstacles for each in (*(reason.value for reason in Reason), SHARING)
        },
        "quiet_obstacles": [{"what": what, "reason": reason} for what, reason in obstacles.items()],
    }
