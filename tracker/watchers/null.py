"""The watcher of a desktop on which nothing can be seen: it says so."""

from __future__ import annotations

from tracker.errors import ErrorCode
from tracker.facts import Blind
from tracker.watchers.base import Sense, WatchHost


class NullWatcher:
    """Sees nothing."""

    @property
    def id(self) -> str:
        """See :class:`tracker.watchers.base.Watcher`."""
        return "null"

    @property
    def senses(self) -> frozenset[Sense]:
        """See :class:`tracker.watchers.base.Watcher`."""
        return frozenset()

    def start(self, host: WatchHost) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        host.report(Blind(host.loop.clock.now(), ErrorCode.NO_BACKEND))

    def confirm(self) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""

    def idle_ms(self) -> int | None:
        """Return None: this can't tell."""

    def stop(self) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
