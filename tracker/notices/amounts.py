"""How much of an allowance was used, in words."""

from __future__ import annotations

from tracker.i18n import Language

MINUTE_MS = 60_000


def used_of(language: Language, used_ms: int, allowed_ms: int | None) -> str:
    """Return ``48 of 60 min``; in hours where that is long, in seconds where it is short."""
    _ = language.gettext
    if allowed_ms is None:
        return language.duration(used_ms)
    longer = max(allowed_ms, used_ms)
    if longer > 120 * MINUTE_MS or (allowed_ms < 10 * MINUTE_MS and used_ms % MINUTE_MS):
        return _("{used} of {allowed}").format(
            used=language.duration(used_ms), allowed=language.duration(allowed_ms)
        )
    return _("{used} of {allowed} min").format(
        used=language.minutes(used_ms), allowed=language.minutes(allowed_ms)
    )
