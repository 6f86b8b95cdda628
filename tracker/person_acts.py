"""What a person does with the running service: pauses, purposes, breaks, extensions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, datetime

from tracker.person_rules import PersonRules
from tracker.policy.types import Purpose
from tracker.run import Run
from tracker.storage.base import Extension


class PersonActs(ABC):
    """The person's half of the service; each act needs a run, and raises NOT_ACCEPTED without."""

    @property
    @abstractmethod
    def run(self) -> Run:
        """The run of measuring."""

    @property
    @abstractmethod
    def rules(self) -> PersonRules:
        """What the policy says for this person, measured or not."""

    @property
    @abstractmethod
    def present_day(self) -> date:
        """The day key of this instant."""

    def pause(self, until: datetime | None = None) -> None:
        """Stop measuring until an instant, or until resumed."""
        self.run.doings.pause(until)

    def resume(self) -> None:
        """Measure again."""
        self.run.doings.resume()

    def purposes(self, channel: str) -> tuple[Purpose, ...]:
        """Return the work purposes that the person may choose for ``channel`` today."""
        return self.rules.permitted(channel, self.present_day)

    @abstractmethod
    def chosen(self, channel: str) -> str:
        """Return the purpose that time in ``channel`` counts for now."""

    def choose_purpose(
        self, purpose: str, channel: str | None = None, *, visit: bool = False
    ) -> None:
        """Let time in ``channel``, or wherever permitted, be for ``purpose``.

        With ``visit`` the visit under way counts from its start.
        """
        self.run.doings.choose_purpose(purpose, channel, visit=visit)

    def extension_minutes(self, limit: str, channel: str | None = None) -> int | None:
        """Return the minutes of an extension that may be taken now; None: there is none."""
        return self.run.limits.extension_minutes(limit, channel)

    def break_left_ms(self) -> int | None:
        """Return how long a flexible break lasts that goes on, or begins now.

        0 where none may be taken now, None where the policy has none.
        """
        hours = self.rules.policy.hours
        if hours is None or not hours.flexible:
            return None
        return self.run.break_left_ms()

    def take_break(self) -> None:
        """Begin a flexible break."""
        self.run.doings.take_break()

    def end_break(self) -> None:
        """End the flexible break."""
        self.run.doings.end_break()

    def take_day_off(self) -> None:
        """The person does not work today: nothing more is stored."""
        self.run.doings.take_day_off()

    def end_day_off(self) -> None:
        """The person works today after all: measure from now on."""
        self.run.doings.end_day_off()

    def open_crisis(self, level: str | None) -> None:
        """Open a level of the crisis plan, or close it with None."""
        self.run.doings.open_crisis(level)

    def extend(self, limit: str, channel: str | None = None, reason: str = "") -> Extension:
        """Take an extension of ``limit``."""
        return self.run.limits.extend(limit, channel, reason)
