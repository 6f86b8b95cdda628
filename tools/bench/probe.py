"""A tracker without a tray that notes when its ledger had each change of state.

``python -m tools.bench.probe POLICY FILE`` puts the program together as ``track --headless``
does, on the same loop, and listens to the service: it is told when the ledger is right up to the
change. Ended by SIGTERM, it writes what it noted as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tools.waiting import now_ns
from tracker.cli.track import stopped_by_signals
from tracker.clock import LedgerClock
from tracker.notice import Notice
from tracker.paths import paths_for
from tracker.selector_loop import SelectorLoop
from tracker.wiring import DeskPlan, open_desk


class _Silent:
    """Tells nobody: the bench measures how time is told, not how notices look."""

    def tell(self, notice: Notice) -> None:
        """Drop the notice."""


def probe(policy: Path, result: Path) -> None:
    """Measure until told to end."""
    loops: list[SelectorLoop] = []

    def make_loop(clock: LedgerClock) -> SelectorLoop:
        loops.append(SelectorLoop(clock))
        return loops[0]

    desk = open_desk(
        DeskPlan(
            environ=os.environ,
            paths=paths_for(os.environ),
            policy_file=policy,
            make_loop=make_loop,
            make_herald=lambda _loop: _Silent(),
            raise_app=lambda: None,
            quit_app=lambda: None,
            accept_all=True,
        )
    )
    noted: list[tuple[int, str | None]] = []

    def note() -> None:
        noted.append((now_ns(), desk.service.status().state.channel))

    try:
        with stopped_by_signals(loops[0]):
            desk.service.start()
            desk.service.listen(note)
            loops[0].run()
    finally:
        desk.close()
        loops[0].close()
    result.write_text(json.dumps(noted), encoding="utf-8")


if __name__ == "__main__":
    probe(Path(sys.argv[1]), Path(sys.argv[2]))
