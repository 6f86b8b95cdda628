"""The gate that a due step passes: shut while the person is presenting or in a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tracker.loop import Callback, Loop
from tracker.quiet.base import Findings, Probe, Reason

OPEN_FOR = timedelta(seconds=1)
"""How long a step may still be taken after nothing was found."""

ASKED_EVERY = timedelta(seconds=3)
"""How soon it is asked again while a step waits or holds: a little less than a check."""


class QuietGate:
    """Asks the probe when a step is due, and lets it pass once nothing stands against it.

    Args:
        loop: Gives the time.
        probe: None: nothing ever stands against a step, and there is nothing to wait for.
        answered: Called after each answer; a step that waits for it can be tried again.
    """

    def __init__(self, loop: Loop, probe: Probe | None, answered: Callback) -> None:
        self._loop = loop
        self._probe = probe
        self._answered = answered
        self._told_at: datetime | None = None
        self._asking: Callable[[Findings], None] | None = None
        self.reasons: frozenset[Reason] = frozenset()

    def is_open(self, app: str) -> bool:
        """Return whether a step may be taken now, while ``app`` is in front.

        Where that is not known it is asked, and False until the answer has come.
        """
        if self._probe is None:
            return True
        if self._told_within(ASKED_EVERY if self.reasons else OPEN_FOR):
            return not self.reasons
        self._ask(self._probe, app)
        return False

    def keep_watch(self, app: str) -> None:
        """See to it that :attr:`reasons` are those of now, at each check."""
        if self._probe is not None and not self._told_within(ASKED_EVERY):
            self._ask(self._probe, app)

    def _told_within(self, age: timedelta) -> bool:
        now = self._loop.clock.now()
        return self._told_at is not None and timedelta(0) <= now - self._told_at < age

    def _ask(self, probe: Probe, app: str) -> None:
        if self._asking is not None:
            return

        def told(findings: Findings) -> None:
            if self._asking is told:
                self._asking = None
                self._told_at = self._loop.clock.now()
                self.reasons = findings.reasons
                self._loop.post(self._tell)

        self._asking = told
        probe.ask(app, told)

    def rest(self) -> None:
        """Forget what was said: nothing is due any more, and nobody asks."""
        self._told_at = self._asking = None
        self.reasons = frozenset()

    def _tell(self) -> None:
        if self._told_at is not None:
            self._answered()
