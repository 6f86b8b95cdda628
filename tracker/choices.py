"""Purposes that were chosen and rest unused end by themselves, as the policy says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.loop import Handle, Loop
from tracker.model import State
from tracker.situation import Choice, ChoiceLapsed, Situation


@dataclass(frozen=True, slots=True)
class _Resting:
    choice: Choice
    handle: Handle


class ChoiceWatch:
    """Awaits the end of choices that are not used.

    Args:
        loop: Where it is awaited.
        rest_of: For how long a purpose's choice may rest; None: until the day ends.
        lapsed: Told of a choice that ended.
    """

    def __init__(
        self,
        loop: Loop,
        rest_of: Callable[[str], timedelta | None],
        lapsed: Callable[[ChoiceLapsed], None],
    ) -> None:
        self._loop = loop
        self._rest_of = rest_of
        self._lapsed = lapsed
        self._resting: dict[str, _Resting] = {}

    def review(self, situation: Situation, state: State, since: datetime) -> None:
        """Look at the choices while ``state`` has held since ``since``."""
        if not situation.choices and not self._resting:
            return
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
            self._resting[channel] = _Resting(choice, handle)

    def _ending(self, channel: str, at: datetime) -> Callable[[], None]:
        def end() -> None:
            del self._resting[channel]
            self._lapsed(ChoiceLapsed(at, channel))

        return end

    def stop(self) -> None:
        """Await nothing any more."""
        for resting in self._resting.values():
            resting.handle.cancel()
        self._resting.clear()
