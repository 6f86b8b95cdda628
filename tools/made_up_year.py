"""A made-up year of somebody's days under a policy, always the same: for pictures and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tracker.days import week_of
from tracker.model import PRIVATE, Device, Gap, GapKind, Row, Source, Span, Window
from tracker.policy.types import Policy
from tracker.storage.base import (
    Batch,
    Consent,
    CrisisMark,
    Evaluation,
    Extension,
    PolicyText,
    PurposeChoice,
    ResultCount,
    Storage,
)

NOW = datetime(2026, 11, 23, 13, 12, tzinfo=UTC)
"""The instant of the pictures: a Monday in the afternoon."""

PERSON = "karin"
FIRST = date(2025, 11, 24)


@dataclass(frozen=True, slots=True)
class _Habit:
    """How somebody uses a channel for a purpose: visits a day, and how long each is."""

    channel: str
    purpose: str
    visits: float
    seconds: tuple[int, int]
    source: Source = Source.TAB


_HABITS = (
    _Habit("linkedin", "leads", 6, (60, 600)),
    _Habit("linkedin", "varumarke", 2.5, (40, 420)),
    _Habit("linkedin", PRIVATE, 1, (15, 120)),
    _Habit("youtube", "varumarke", 1.5, (60, 540)),
    _Habit("youtube", PRIVATE, 1, (30, 240), Source.TITLE),
    _Habit("x", "kundsvar", 2, (20, 240)),
    _Habit("x", PRIVATE, 1, (10, 90)),
    _Habit("instagram", "varumarke", 0.8, (30, 300)),
    _Habit("facebook", "kundsvar", 0.7, (30, 240), Source.TITLE),
    _Habit("branschforum", "kundsvar", 0.6, (60, 420)),
    _Habit("reddit", PRIVATE, 0.4, (20, 150)),
)
_BREAK = _Habit("instagram", PRIVATE, 2, (60, 600), Source.APP)


def fill(
    storage: Storage,
    policy: Policy,
    *,
    first: date = FIRST,
    until: datetime = NOW,
    seed: int = 1,
    busy: float = 1.0,
) -> None:
    """Write the working days from ``first`` up to ``until``, with all that goes with them.

    ``busy`` times the usual 20 visits a day are made, each the shorter.
    """
    random = Random(seed)
    text = PolicyText(policy.hash, policy.text)
    consent = Consent(policy.id, policy.version, policy.languages[0], _at(policy, first, time(8)))
    storage.write(Batch(records=[consent]))
    seq, day = storage.next_seq(), first
    while day <= until.date():
        if _works(policy, day):
            batch = Batch(policies={day: text}, days={day})
            for row in _rows(policy, storage.device, day, (seq, busy), random):
                if row.end <= until:
                    batch.rows[row.seq] = row
                    seq = row.seq + 1
            batch.records += _records(policy, day, random)
            batch.records = [each for each in batch.records if each.at <= until]
            storage.write(batch)
        day += timedelta(days=1)
    _write_crisis(storage, policy, until.date() - timedelta(days=13))


def _works(policy: Policy, day: date) -> bool:
    hours = policy.hours
    summer = day.month == 7 and week_of(day) in {"2026-W28", "2026-W29", "2026-W30", "2026-W31"}
    if hours is None:
        return not summer
    return bool(hours.by_weekday[day.weekday()]) and day not in hours.holidays and not summer


def _at(policy: Policy, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(policy.timezone)).astimezone(UTC)


def _rows(
    policy: Policy, device: Device, day: date, begin_with: tuple[int, float], random: Random
) -> Iterator[Row]:
    """Yield visits from 8 to 17 o'clock, a break at noon, and now and then a gap."""
    seq, busy = begin_with
    morning = _at(policy, day, time(8, 4))
    noon, one = _at(policy, day, time(12)), _at(policy, day, time(12, 40))
    evening = _at(policy, day, time(16, 52))
    pace = random.uniform(0.6, 1.3)
    for start, end, habits, window in (
        (morning, noon, _HABITS, Window.WORK),
        (noon, one, (_BREAK,), Window.BREAKS),
        (one, evening, _HABITS, Window.WORK),
    ):
        hours = (end - start) / timedelta(hours=1)
        share = (pace * hours / 8 if window is Window.WORK else 1.0) * busy
        visits = [each for each in habits for _ in range(_times(each.visits * share, random))]
        random.shuffle(visits)
        slot = (end - start) / (len(visits) + 1)
        for number, habit in enumerate(visits):
            begin = start + slot * number + timedelta(seconds=random.randint(0, 40))
            length = timedelta(milliseconds=random.randint(*(1000 * s for s in habit.seconds)))
            length /= busy
            stop = min(begin + length, start + slot * (number + 1))
            certain = habit.source is not Source.TITLE
            yield Span(
                *(device, seq, day, _whole(begin), _whole(stop), habit.channel, habit.purpose),
                *(window, habit.source, certain),
            )
            seq += 1
    if random.random() < 0.3:
        kind = random.choice(list(GapKind))
        stop = evening + timedelta(minutes=random.randint(2, 7))
        yield Gap(device, seq, day, evening, stop, kind)


def _times(mean: float, random: Random) -> int:
    return int(mean) + (random.random() < mean % 1)


def _whole(instant: datetime) -> datetime:
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _records(
    policy: Policy, day: date, random: Random
) -> Iterator[Extension | PurposeChoice | ResultCount]:
    note = "Kund i Malmö" if random.random() < 0.2 else None
    yield PurposeChoice(day, "linkedin", "leads", _at(policy, day, time(8, 30)), note=note)
    for number in range(random.randint(0, 3)):
        yield ResultCount(day, "leads", _at(policy, day, time(9 + number * 2, 17)))
    if random.random() < 0.15:
        yield Extension(day, "privat", None, _at(policy, day, time(15, 5)), 5)


def _write_crisis(storage: Storage, policy: Policy, day: date) -> None:
    if not policy.crisis_levels:
        return
    level = policy.crisis_levels[0].id
    opened, closed = _at(policy, day, time(9, 40)), _at(policy, day, time(14, 15))
    evaluation = Evaluation(
        closed,
        opened,
        level,
        "https://social.example/inlagg/1",
        "En kund skrev att leveransen var försenad och att ingen svarade.",
        "Vi missade kommentaren i två dagar.",
        "Vi går igenom kommentarerna varje morgon.",
    )
    marks = [CrisisMark(day, opened, level), CrisisMark(day, closed, None)]
    storage.write(Batch(records=[*marks, evaluation]))
