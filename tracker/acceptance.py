"""Whether a person accepted what a policy measures, for each version of it."""

from __future__ import annotations

from datetime import date, datetime

from tracker.policy.extent import Extent, extent_of, widenings
from tracker.policy.types import Policy
from tracker.storage.base import Batch, Consent, Storage


class Acceptance:
    """Keeps what was accepted: the consent itself, and how much it was to.

    Each version of a policy is accepted anew. A file that is changed to measure more under
    the version that was accepted is not covered either.

    Args:
        storage: Where it is kept.
        everything: Whether each version counts as accepted, as in ``track --accept``.
    """

    def __init__(self, storage: Storage, *, everything: bool) -> None:
        self._storage = storage
        self._everything = everything

    def covers(self, policy: Policy, today: date) -> bool:
        """Return whether the person accepted all that ``policy`` measures."""
        if self._everything:
            return True
        version = (policy.id, policy.version)
        consents = self._storage.consents()
        if version not in ((each.policy_id, each.version) for each in consents):
            return False
        accepted = self._extent(*version)
        # The same file measures what it did, whatever a newer catalogue adds to a channel.
        if accepted is None or accepted.hash == policy.hash:
            return True
        return not widenings(accepted, extent_of(policy), today)

    def last(self, policy: Policy) -> Extent | None:
        """Return how much of this policy was accepted last, in whichever version."""
        versions = [c.version for c in self._storage.consents() if c.policy_id == policy.id]
        return self._extent(policy.id, versions[-1]) if versions else None

    def accept(self, policy: Policy, language: str, at: datetime) -> None:
        """Keep that the person saw what is measured, in ``language``, and accepted it.

        Raises:
            OutsideError: It can't be stored; then it does not hold.
        """
        extent = extent_of(policy)
        consent = Consent(policy.id, policy.version, language, at)
        notes = {_key(policy.id, policy.version): extent.dumps()}
        self._storage.write(Batch(records=[consent], notes=notes))

    def _extent(self, policy_id: str, version: str) -> Extent | None:
        return Extent.loads(self._storage.note(_key(policy_id, version)))


def _key(policy_id: str, version: str) -> str:
    return f"accepted {policy_id} {version}"
