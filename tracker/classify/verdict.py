"""What the classifier answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Verdict:
    """The channel of a window, tab or application, and the rule that decided."""

    channel: str | None = None
    via: Literal["host", "app", "title"] | None = None
    rule: str = ""
    certain: bool = True
    private: bool = False
    """A private browser window: nothing of it is measured."""

    browser: bool = False
    """A known browser, or a web app's window."""

    second: str | None = None
    """What came second, with its rule: ``facebook: host facebook.com``."""
