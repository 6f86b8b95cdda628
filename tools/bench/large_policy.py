"""A policy as large as any firm's, made up: 100 channels, 50 limits, 2,000 lines."""

from __future__ import annotations

from collections.abc import Iterator

CHANNELS = 100
LIMITS = 50
PURPOSES = 20
SHARED_EVERY = 2
"""Every so many limits one lets its channels share an allowance; else each has its own."""

_HEAD = """\
schema = 1

[policy]
id = "large"
version = "1"
languages = ["en", "sv"]
timezone = "Europe/Stockholm"
day_start = "04:00"
title = { en = "Social media policy", sv = "Policy för sociala medier" }

[monitoring]
purpose = { en = "Show you your own time.", sv = "Visa dig din egen tid." }
dpia = "DPIA-1"
consulted = { body = "The union" }

[hours]
mon-fri = ["08:00-17:00"]

[ladder.default]
steps = [
  { at = "80%", do = "notify" },
  { at = "-5m", do = "notify" },
  { at = "100%", do = "ask" },
  { at = "+5m", do = "overlay" },
]
extend = { minutes = 5, per_day = 2, reason = "optional" }
"""


def large_policy(lines: int = 2000) -> str:
    """Return a policy's text of so many lines; what is left over is guidelines."""
    rows = [*_HEAD.splitlines(), *_channels(), *_purposes(), *_limits()]
    number = 0
    while len(rows) + 6 <= lines:
        rows += ["", *_guideline(number)]
        number += 1
    rows += ["# The end."] * (lines - len(rows))
    return "\n".join(rows) + "\n"


def channel_id(number: int) -> str:
    """Return the id of a channel, by its number from 0 on."""
    return f"channel-{number:02}"


def purpose_id(number: int) -> str:
    """Return the id of a purpose, by its number from 0 on."""
    return f"purpose-{number:02}"


def _channels() -> Iterator[str]:
    for number in range(CHANNELS):
        yield from (
            "",
            "[[channel]]",
            f'id = "{channel_id(number)}"',
            f'name = {{ en = "Channel {number}", sv = "Kanal {number}" }}',
            'kind = "forum"',
            "match = [",
            f'  {{ host = "forum{number}.example.com" }},',
            f'  {{ host = "example{number}.org", path = "/forum" }},',
            f"  {{ title = '(?:^|[|–-] )Forum {number}$' }},",
            "]",
        )


def _purposes() -> Iterator[str]:
    for number in range(PURPOSES):
        yield from (
            "",
            "[[purpose]]",
            f'id = "{purpose_id(number)}"',
            f'name = {{ en = "Purpose {number}", sv = "Syfte {number}" }}',
            'channels = ["*"]',
        )


def _limits() -> Iterator[str]:
    for number in range(LIMITS):
        shared = number % SHARED_EVERY == 0
        yield from (
            "",
            "[[limit]]",
            f'id = "limit-{number:02}"',
            f'name = {{ en = "Limit {number}", sv = "Gräns {number}" }}',
            f'purposes = ["{purpose_id(number % PURPOSES)}"]',
            'channels = ["*"]',
            f"day = {15 + number}",
            *(["shared = true", "week = 600"] if shared else []),
        )


def _guideline(number: int) -> tuple[str, ...]:
    return (
        "[[guideline]]",
        f'id = "guideline-{number}"',
        'applies = "work"',
        f'text = {{ en = "Guideline {number}: be kind.", sv = "Riktlinje {number}: var snäll." }}',
        'example = { en = "Write as you speak.", sv = "Skriv som du talar." }',
    )
