"""Chosen purposes end by themselves: unused, as the policy says, or when the person said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from tracker.loop import Handle, Loop
from tracker.model import State
from tracker.situation import Choice, ChoiceLapsed, ChoicesDue, Situation


@dataclass(frozen=True, slots=True)
class _Awaited:
    choice: Choice
    handle: Handle


class ChoiceWatch:
    """Awaits the end of choices that are not used, and of those made until an instant.

    Args:
        loop: Where it is awaited.
        rest_of: For how long a purpose's choice may rest; None: until the day ends.
        ended: Told of a choice that ended unused, and of an instant until which any was made.
    """

    def __init__(
        self,
        loop: Loop,
        rest_of: Callable[[str], timedelta | None],
        ended: Callable[[ChoiceLapsed | ChoicesDue], None],
    ) -> None:
        self._loop = loop
        self._rest_of = rest_of
        self._ended = ended
        self._resting: dict[str, _Awaited] = {}
        self._until: dict[str, _Awaited] = {}

    def review(self, situation: Situation, state: State, since: datetime) -> None:
        """Look at the choices while ``state`` has held since ``since``."""
        if not situation.choices and not self._resting and not self._until:
            return
        self._await_until(situation)
        for channel in [*self._resting]:
            resting = self._resting[channel]
            if state.channel == channel or situation.choices.get(channel) != resting.choice:
                resting.handle.cancel()
                del self._resting[channel]
        for channel, choice in situation.choices.items():
            rest = self._rest_of(choice.purpose)
            if rest is None or state.channel == channel or channel in self._resting:
                continue
            at = max(since, choice.at) + rest
            handle = self._loop.call_at(at, self._ending(channel, at))
            self._resting[channel] = _Awaited(choice, handle)

    def _await_until(self, situation: Situation) -> None:
        for channel in [*self._until]:
            if situation.choices.get(channel) != self._until[channel].choice:
                self._until.pop(channel).handle.cancel()
        for channel, choice in situation.choices.items():
            if choice.until is not None and channel not in self._until:
                handle = self._loop.call_at(choice.until, partial(self._end, choice.until))
                self._until[channel] = _Awaited(choice, handle)

    def _end(self, at: datetime) -> None:
        self._ended(ChoicesDue(at))

    def end_due(self, now: datetime) -> None:
        """End what was made until ``now`` or before, where its timer is late."""
        due = {held.choice.until for held in self._until.values() if held.choice.ended(now)}
        for at in sorted(each for each in due if each is not None):
            self._end(at)

    def _ending(self, channel: str, at: datetime) -> Callable[[], None]:
        def end() -> None:
            del self._resting[channel]
            self._ended(ChoiceLapsed(at, channel))

        return end

    def stop(self) -> None:
        """Await nothing any more."""
        for awaited in (*self._resting.values(), *self._until.values()):
            awaited.handle.cancel()
        self._resting.clear()
        self._until.clear()
