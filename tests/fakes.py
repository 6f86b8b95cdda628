"""Fakes for what the real thing can't produce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.model import PRIVATE


@dataclass(frozen=True)
class FakeRulebook:
    """The few answers of a policy that a situation needs."""

    defaults: Mapping[str, str] = field(default_factory=dict)
    in_breaks: frozenset[tuple[str, str]] = frozenset()

    def default_purpose(self, channel: str) -> str:
        return self.defaults.get(channel, PRIVATE)

    def counts_in_break(self, channel: str, purpose: str) -> bool:
        return (channel, purpose) in self.in_breaks
