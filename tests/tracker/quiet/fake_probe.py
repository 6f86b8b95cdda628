"""A probe that answers when, and what, the test says."""

from __future__ import annotations

from collections.abc import Callable

from tracker.quiet.base import Findings, Reason


class FakeProbe:
    """Answers at once, unless ``patient``; then when :meth:`answer` is called."""

    def __init__(self, *reasons: Reason, patient: bool = False) -> None:
        self.reasons = frozenset(reasons)
        self.patient = patient
        self.asked: list[str] = []
        self.open: list[Callable[[Findings], None]] = []

    def ask(self, app: str, done: Callable[[Findings], None]) -> None:
        self.asked.append(app)
        if self.patient:
            self.open.append(done)
        else:
            done(Findings(self.reasons))

    def answer(self) -> None:
        self.open.pop(0)(Findings(self.reasons))
