"""What the policy says for one person: what situations, choices and limits ask of it."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.limits import engine
from tracker.model import PRIVATE
from tracker.policy.person import groups_of
from tracker.policy.purposes import default_purpose, permitted
from tracker.policy.types import Person, Policy, Purpose


class PersonRules:
    """What the situation and the person's choices need of a policy."""

    def __init__(self, policy: Policy, person: Person) -> None:
        self.policy = policy
        self.limits = engine.Rules(policy, person)
        self._groups = groups_of(policy, person)
        self._channels = frozenset(channel.id for channel in policy.channels)
        self._rests = {
            each.id: timedelta(minutes=each.reset_after)
            for each in policy.purposes
            if each.reset_after is not None
        }
        self._permitted_day: date | None = None
        self._permitted: dict[str, tuple[Purpose, ...]] = {}
        self._defaults = {
            channel.id: default_purpose(policy, self._groups, channel.id)
            for channel in policy.channels
        }

    @property
    def lifts(self) -> dict[str, frozenset[str]]:
        """The limits that each crisis level lifts."""
        return {level.id: frozenset(level.lifts) for level in self.policy.crisis_levels}

    def rest_of(self, purpose: str) -> timedelta | None:
        """Return for how long a choice of ``purpose`` may rest unused; None: all day."""
        return self._rests.get(purpose)

    def default_purpose(self, channel: str) -> str:
        """Return the purpose of time in ``channel`` where none was chosen."""
        return self._defaults.get(channel, PRIVATE)

    def counts_in_break(self, channel: str, purpose: str) -> bool:
        """Return whether a finite limit takes a span in a break."""
        return engine.finite_in_break(self.limits, channel, purpose)

    def counted_purposes(self, day: date) -> tuple[str, ...]:
        """Return the purposes whose results the person may count, in the policy's order."""
        permitted_ = {
            each.id for channel in self._channels for each in self.permitted(channel, day)
        }
        return tuple(
            each.id
            for each in self.policy.purposes
            if each.result is not None and each.id in permitted_
        )

    def takes_note(self, purpose: str) -> bool:
        """Return whether the person may write a few words beside a choice of ``purpose``."""
        return any(each.id == purpose and each.note == "optional" for each in self.policy.purposes)

    def permitted(self, channel: str, day: date) -> tuple[Purpose, ...]:
        """Return the work purposes that the person may choose for ``channel`` on ``day``.

        Of a channel that the policy does not name there are none.
        """
        if channel not in self._channels:
            return ()
        if day != self._permitted_day:
            # Menus ask for every channel at each change of what is in front.
            self._permitted_day, self._permitted = day, {}
        if channel not in self._permitted:
            self._permitted[channel] = permitted(self.policy, self._groups, channel, day)
        return self._permitted[channel]

    def permits(self, channel: str, purpose: str, day: date) -> bool:
        """Return whether the person may choose ``purpose`` for ``channel`` on ``day``."""
        return purpose == PRIVATE or any(
            each.id == purpose for each in self.permitted(channel, day)
        )
