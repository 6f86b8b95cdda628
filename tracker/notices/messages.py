"""Messages inside the app: what no notification daemon could show waits here. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tracker.loop import Callback
from tracker.notices.buttons import Button


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell the person; a later one of the same ``key`` takes its place.

    Attributes:
        key: What it is about.
        title: What is.
        body: The rest.
        at: When it was said.
        buttons: The ways out that it offers.
        pressed: Given the key of a button that was pressed.
        explain: Says why; None where there is nothing to explain.
    """

    key: str
    title: str
    body: str
    at: datetime
    buttons: tuple[Button, ...] = ()
    pressed: Callable[[str], None] = field(default=lambda _key: None, compare=False, repr=False)
    explain: Callback | None = field(default=None, compare=False, repr=False)


class Messages:
    """The messages that were not dismissed yet, newest first."""

    def __init__(self) -> None:
        self._by_key: dict[str, Message] = {}
        self._listeners: list[Callback] = []

    @property
    def waiting(self) -> tuple[Message, ...]:
        """What waits, newest first."""
        return tuple(reversed(self._by_key.values()))

    def put(self, message: Message) -> None:
        """Let a message wait until it is dismissed."""
        self._by_key.pop(message.key, None)
        self._by_key[message.key] = message
        self._tell()

    def dismiss(self, key: str) -> None:
        """Take a message away; harmless when it is gone."""
        if self._by_key.pop(key, None) is not None:
            self._tell()

    def forget_before(self, instant: datetime) -> None:
        """Take away what was said before an instant: yesterday's limits are no news."""
        old = [key for key, message in self._by_key.items() if message.at < instant]
        for key in old:
            self.dismiss(key)

    def listen(self, changed: Callback) -> None:
        """Call ``changed`` after each change."""
        self._listeners.append(changed)

    def _tell(self) -> None:
        for changed in list(self._listeners):
            changed()
