"""What the running service says of the policy itself: the one before, a broken one, a limit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, timedelta

from tracker.person_rules import PersonRules
from tracker.policy.load import Loaded
from tracker.policy.types import Policy
from tracker.reports.why_limit import WhyLimit, explain_limit
from tracker.run import Run
from tracker.status import Status
from tracker.storage.base import PolicyText, Stored
from tracker.surroundings import Surroundings

EARLIEST = date(1970, 1, 2)


class PolicyAnswers(ABC):
    """The service's half that answers about its policy."""

    _around: Surroundings

    @property
    @abstractmethod
    def policy(self) -> Policy:
        """The policy in force."""

    @property
    @abstractmethod
    def run(self) -> Run:
        """The run of measuring; raises NOT_ACCEPTED where there is none."""

    @property
    @abstractmethod
    def rules(self) -> PersonRules:
        """What the policy says for this person."""

    @property
    @abstractmethod
    def present_day(self) -> date:
        """The day key of this instant."""

    @abstractmethod
    def status(self) -> Status:
        """Return what is going on."""

    @property
    def broken_policy(self) -> Loaded | None:
        """The file that was refused, with its errors, while another policy is in force."""
        return self._around.keeper.broken

    def earlier_policy(self) -> Policy | None:
        """Return the version that was in force before the present one came, as far as kept.

        Raises:
            OutsideError: The store can't be read.
        """
        policy, around = self.policy, self._around
        last = self.present_day + timedelta(days=1)
        # Not each day's text, of which there may be thousands: each text once, and the days.
        kept = around.storage.stored(Stored.POLICY_TEXT, EARLIEST, last)
        texts = {str(row["hash"]): str(row["text"]) for row in kept}
        texts.pop(policy.hash, None)
        days = around.storage.stored(Stored.DAY_POLICY, EARLIEST, last) if texts else ()
        for row in sorted(days, key=lambda row: str(row["day"]), reverse=True):
            text = texts.pop(str(row["hash"]), None)
            if text is None:
                continue
            other = around.parse(PolicyText(str(row["hash"]), text))
            if other is not None and (other.id, other.version) != (policy.id, policy.version):
                return other
        return None

    def why_limit(self, limit: str, channel: str | None = None) -> WhyLimit | None:
        """Return why a limit stands where it does today; None where there is no such limit.

        Raises:
            OutsideError: ``NOT_ACCEPTED`` where nothing is measured.
        """
        run = self.run
        rows = run.rows(self.present_day)[0]
        book = run.limits.book()
        return explain_limit(
            self.rules.limits, book, rows, limit, channel, crisis=self.status().crisis
        )
