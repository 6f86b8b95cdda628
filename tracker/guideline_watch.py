"""Which guideline is shown, and when: at a channel's first use for work, changed, monthly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tracker.loop import Callback, Loop
from tracker.model import PRIVATE, State, StateKind
from tracker.notice import GuidelineNotice, Herald
from tracker.policy.types import Guideline, Policy
from tracker.quiet.base import Probe
from tracker.quiet.gate import QuietGate

NOTE = "guidelines"
"""The note of what was shown."""

SETTLED = timedelta(seconds=5)
"""How long a visit lasts before a guideline is shown: whoever passes through is spared."""

APART = timedelta(hours=1)
"""The least time between two, be they due or not."""

MONTH = timedelta(days=30)


@dataclass(slots=True)
class Shown:
    """What was shown: of each guideline the digest of its text and when; in which channels."""

    guidelines: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    channels: set[str] = field(default_factory=set)

    @property
    def last(self) -> datetime | None:
        """When one was shown last."""
        return max((at for _digest, at in self.guidelines.values()), default=None)

    def dumps(self) -> str:
        """Return it as a note's text."""
        guidelines = {
            id_: [digest, at.isoformat()] for id_, (digest, at) in self.guidelines.items()
        }
        return json.dumps({"guidelines": guidelines, "channels": sorted(self.channels)})

    @classmethod
    def loads(cls, text: str | None) -> Shown:
        """Read a note's text; of one that can't be read, nothing was shown."""
        try:
            kept = json.loads(text or "{}")
            guidelines = {
                str(id_): (str(digest), datetime.fromisoformat(at))
                for id_, (digest, at) in kept.get("guidelines", {}).items()
            }
            return cls(guidelines, {str(each) for each in kept.get("channels", [])})
        except (ValueError, TypeError, AttributeError):
            return cls()


class GuidelineWatch:
    """Shows a guideline now and then, while time counts for work in a channel.

    Args:
        loop: Gives the time.
        policy: Whose guidelines they are.
        herald: Is told of each.
        kept: The note of what was shown before.
        note: Keeps a note for the next run; called only while time counts.
        probe: Tells of presentations and calls, in which none is shown.
        busy: Whether the person has something more urgent, such as a crisis.
        settle: Called when the probe has answered: review again.
    """

    def __init__(
        self,
        loop: Loop,
        policy: Policy,
        herald: Herald,
        *,
        kept: str | None,
        note: Callable[[str, str], None],
        probe: Probe | None,
        busy: Callable[[], bool],
        settle: Callback,
    ) -> None:
        self._loop = loop
        self._policy = policy
        self._herald = herald
        self._shown = Shown.loads(kept)
        self._note = note
        self._gate = QuietGate(loop, probe, settle)
        self._busy = busy
        self._channel: str | None = None
        self._since = loop.clock.now()
        self._done = False

    def change(self, policy: Policy) -> None:
        """Go by another policy."""
        self._policy = policy
        self._channel = None

    def review(self, state: State, app: str) -> None:
        """Look whether one is due in ``state``, the present one, with ``app`` in front."""
        channel = state.channel if _is_work(state) else None
        now = self._loop.clock.now()
        if channel != self._channel:
            self._channel, self._since, self._done = channel, now, False
            self._gate.rest()
        if channel is None or self._done or now - self._since < SETTLED:
            return
        last = self._shown.last
        if last is not None and now - last < APART:
            return
        due = self._due(channel, now)
        if due is None:
            self._done = True
        elif not self._busy() and self._gate.is_open(app):
            self._show(due, channel, now)

    def _due(self, channel: str, now: datetime) -> Guideline | None:
        guidelines = self._policy.guidelines
        shown = self._shown.guidelines
        for each in guidelines:
            if each.id not in shown or shown[each.id][0] != digest_of(each):
                return each
        if not guidelines:
            return None
        oldest = min(guidelines, key=lambda each: shown[each.id][1])
        is_first = channel not in self._shown.channels
        return oldest if is_first or now - shown[oldest.id][1] >= MONTH else None

    def _show(self, guideline: Guideline, channel: str, now: datetime) -> None:
        self._done = True
        self._gate.rest()
        self._shown.guidelines[guideline.id] = (digest_of(guideline), now)
        self._shown.channels.add(channel)
        self._note(NOTE, self._shown.dumps())
        self._herald.tell(GuidelineNotice(guideline.id, channel))


def digest_of(guideline: Guideline) -> str:
    """Return what tells a guideline's words from others."""
    texts = (guideline.text, guideline.example_do, guideline.example_dont)
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]


def _is_work(state: State) -> bool:
    return state.kind is StateKind.CHANNEL and state.purpose not in (None, PRIVATE)
