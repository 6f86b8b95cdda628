"""Policies and days at random, small enough to be lived through second by second.

Every mark falls on a whole second.
"""

from __future__ import annotations

from random import Random

from tests.tracker.limits.making import ladder, limit, policy
from tracker.model import TotalKey, Window
from tracker.policy.types import Extend, Group, Limit, Policy

CHANNELS = ("linkedin", "x", "blogs")
PURPOSES = ("private", "leads", "answers")
MARKS = (
    *("0%", "30%", "50%", "80%", "90%", "95%", "100%", "120%", "150%"),
    *("-7m", "-5m", "-2m", "-1m", "0", "+1m", "+2m", "+6m"),
)
STEPS = ("notify", "notify", "ask", "overlay", "minimise")
Piece = tuple[TotalKey | None, int]
"""What counts, if anything, and for how many seconds."""


def random_policy(random: Random) -> Policy:
    ladders = [
        ladder(
            *(
                f"{random.choice(MARKS)} {random.choice(STEPS)}"
                for _ in range(random.randint(0, 6))
            ),
            extend=random.choice(
                (None, Extend(1), Extend(2, per_day=2), Extend(1, per_day=3, per_week=3))
            ),
            name=name,
        )
        for name in ("default", "other")
    ]
    names = [f"limit{number}" for number in range(random.randint(1, 5))]
    return policy(
        *(random_limit(random, names, number) for number in range(len(names))),
        channels=" ".join(CHANNELS),
        ladders=ladders,
        groups=[Group("sales", ("user:karin",)), Group("hr", ("user:anna",))],
        enforce_titles=random.random() < 0.2,
    )


def some(random: Random, names: tuple[str, ...]) -> str:
    if random.random() < 0.4:
        return "*"
    return " ".join(random.sample(names, random.randint(1, len(names))))


def random_limit(random: Random, names: list[str], number: int) -> Limit:
    more: dict[str, object] = {}
    if random.random() < 0.1:
        more["unlimited"] = True
    elif random.random() < 0.2:
        more["day"] = {day: random.randint(0, 9) for day in range(7) if random.random() < 0.6}
    elif random.random() < 0.9:
        more["day"] = random.choice((0, 0, 1, 2, 3, 5, 7, 10, 12))
    if random.random() < 0.4:
        more["week"] = random.choice((0, 2, 5, 11, 18))
    replaced = [name for name in names[:number] if random.random() < 0.2]
    return limit(
        names[number],
        groups=random.choice(("*", "*", "sales", "hr", "sales hr")),
        purposes=some(random, PURPOSES),
        channels=some(random, CHANNELS),
        window=random.choice(("any", "any", "work", "breaks")),
        shared=random.random() < 0.5,
        ladder=random.choice(("default", "default", "other")),
        replaces=" ".join(replaced),
        **more,  # type: ignore[arg-type]
    )


def random_key(random: Random) -> TotalKey:
    return TotalKey(
        random.choice(CHANNELS),
        random.choice(PURPOSES),
        random.choice((Window.WORK, Window.WORK, Window.BREAKS)),
        random.random() < 0.8,
    )


def random_day(random: Random) -> list[Piece]:
    pieces: list[Piece] = []
    for _ in range(random.randint(1, 25)):
        key = None
        if random.random() < 0.85:
            key = random_key(random)
        pieces.append((key, random.choice((1, 7, 30, 60, 120, random.randint(1, 150)))))
    return pieces
