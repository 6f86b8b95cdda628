"""All that may keep steps in the tray, asked at once and answered within a second."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from tracker.loop import Loop
from tracker.policy.catalogue import Catalogue
from tracker.quiet.base import Answer, Findings, Obstacle, Reason, Source
from tracker.quiet.calls import Calls
from tracker.quiet.full_screens import FullScreens
from tracker.quiet.inhibitors import Inhibitors
from tracker.quiet.known import shipped_known

PATIENCE = timedelta(seconds=1)
"""A step is late by so much at most; who has not answered by then tells nothing."""


class DesktopProbe:
    """Asks several sources; see :class:`tracker.quiet.base.Probe`.

    Args:
        loop: Gives the time.
        sources: Each of another reason.
    """

    def __init__(self, loop: Loop, sources: Sequence[Source]) -> None:
        self._loop = loop
        self._sources = tuple(sources)

    def ask(self, app: str, done: Callable[[Findings], None]) -> None:
        """See :class:`tracker.quiet.base.Probe`."""
        answers: dict[Reason, Answer] = {}
        over = False

        def finish() -> None:
            nonlocal over
            if not over:
                over = True
                deadline.cancel()
                done(self._findings(answers))

        def answered(reason: Reason, answer: Answer) -> None:
            answers[reason] = answer
            if len(answers) == len(self._sources):
                finish()

        deadline = self._loop.call_at(self._loop.clock.now() + PATIENCE, finish)
        for source in self._sources:
            source.ask(app, partial(answered, source.reason))
        if not self._sources:
            finish()

    def _findings(self, answers: Mapping[Reason, Answer]) -> Findings:
        silent = Answer(obstacle=Obstacle.NO_ANSWER)
        told = {source.reason: answers.get(source.reason, silent) for source in self._sources}
        return Findings(
            frozenset(reason for reason, answer in told.items() if answer.holds),
            tuple(
                (reason, answer.obstacle)
                for reason, answer in told.items()
                if answer.obstacle is not None
            ),
        )


def make_probe(
    loop: Loop, environ: Mapping[str, str], catalogue: Catalogue, own_pid: int
) -> DesktopProbe:
    """Return the probe of this desktop; nothing is touched before it is asked."""
    known = shipped_known(catalogue)
    return DesktopProbe(
        loop,
        (
            FullScreens(environ, own_pid),
            Inhibitors(loop, environ, known, own_pid, os.getuid()),
            Calls(loop, environ, known),
        ),
    )
