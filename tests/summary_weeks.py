"""Made-up weeks on which a summary must be right, each from a store as it would be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.desk import catalogue
from tracker.days import days_of_week, week_of
from tracker.model import PRIVATE, Device, Gap, GapKind, Source, Span, Window
from tracker.policy.load import load_or_raise
from tracker.policy.types import Person, Policy
from tracker.reports.archive import Archive
from tracker.reports.week_facts import WeekFacts, week_facts
from tracker.storage.base import (
    Batch,
    CrisisMark,
    Extension,
    PolicyText,
    PurposeChoice,
    ResultCount,
)
from tracker.storage.memory import MemoryStorage

ZONE = ZoneInfo("Europe/Stockholm")
SECRET_NOTE = "Kund i Malmö"
MONDAY = date(2026, 11, 16)

_POLICY = """
schema = 1
[policy]
id = "firm"
version = "{version}"
languages = ["en", "sv"]
timezone = "Europe/Stockholm"
day_start = "04:00"
title = {{ en = "Social media policy", sv = "Policy för sociala medier" }}
[monitoring]
purpose = {{ en = "Test", sv = "Test" }}
legal_basis = "legitimate_interest"
dpia = "1"
recipients = []
consulted = {{ body = "Nobody" }}
{channels}
[[purpose]]
id = "leads"
name = {{ en = "Win leads", sv = "Få in leads" }}
channels = ["*"]
note = "optional"
result = "leads"
[[limit]]
id = "private"
name = {{ en = "Private time", sv = "Privat tid" }}
purposes = ["private"]
shared = true
day = {minutes}
[[limit]]
id = "work"
name = {{ en = "For work", sv = "I arbetet" }}
purposes = ["leads"]
day = 60
week = 200
[ladder.default]
steps = [{{ at = "100%", do = "notify" }}]
extend = {{ minutes = 5, per_day = 2, reason = "optional" }}
[[crisis.level]]
id = "storm"
trigger = {{ en = "A storm", sv = "En storm" }}
lifts = ["work"]
"""


def firm_policy(channels: int = 5, *, version: str = "1.0", minutes: int = 15) -> Policy:
    """Return a policy of so many channels, the first of which are LinkedIn and YouTube."""
    names = ["linkedin", "youtube", *(f"site{number:02d}" for number in range(channels - 2))]
    tables = []
    for name in names:
        table = f'[[channel]]\nid = "{name}"\n'
        if name.startswith("site"):
            table += f'name = {{ en = "Site {name[4:]} & <co>" }}\nkind = "forum"\n'
            table += f'match = [{{ host = "{name}.example" }}]\n'
        tables.append(table)
    text = _POLICY.format(version=version, minutes=minutes, channels="".join(tables))
    return load_or_raise(text.encode(), "firm", catalogue(), MONDAY)


class MadeUpWeek:
    """A store that is filled span by span, and the facts of a week in it.

    Args:
        monday: The first day of the week.
        policy: What is in force.
    """

    def __init__(self, monday: date = MONDAY, policy: Policy | None = None) -> None:
        self.days = days_of_week(week_of(monday))
        self.policy = policy if policy is not None else firm_policy()
        self.batch = Batch()
        self.known = {self.policy.hash: self.policy}
        self._seq = 0

    def span(
        self,
        day: int,
        channel: str,
        minutes: float,
        purpose: str = PRIVATE,
        *,
        at: time = time(9),
        certain: bool = True,
    ) -> None:
        """Add a visit on the day, counted from Monday as 0."""
        self._seq += 1
        start = self._at(day, at)
        source = Source.TAB if certain else Source.TITLE
        self.batch.rows[self._seq] = Span(
            Device("memory"), self._seq, self.days[day], start,
            start + timedelta(minutes=minutes), channel, purpose, Window.WORK, source, certain,
        )  # fmt: skip

    def gap(self, day: int, kind: GapKind, minutes: float) -> None:
        """Add minutes for which nothing is known."""
        self._seq += 1
        start = self._at(day, time(15))
        end = start + timedelta(minutes=minutes)
        self.batch.rows[self._seq] = Gap(
            Device("memory"), self._seq, self.days[day], start, end, kind
        )

    def judge(self, day: int, policy: Policy) -> None:
        """Let a day be judged by a policy."""
        self.known[policy.hash] = policy
        self.batch.policies[self.days[day]] = PolicyText(policy.hash, policy.text)

    def _at(self, day: int, at: time) -> datetime:
        return datetime.combine(self.days[day], at, ZONE).astimezone(UTC)

    def facts(self, today: date | None = None) -> WeekFacts:
        """Return the week's facts, as on a day; its Sunday where None."""
        storage = MemoryStorage()
        storage.write(self.batch)
        archive = Archive(
            storage, Person("karin"), self.policy, lambda text: self.known.get(text.hash)
        )
        days = archive.days(self.days)
        return week_facts(days, archive, storage, today or self.days[-1])


def full_week() -> WeekFacts:
    """Return a week with pauses and gaps, extensions, a crisis, results and notes."""
    week = MadeUpWeek()
    for day in range(5):
        week.span(day, "linkedin", 40 + 7 * day, "leads")
        week.span(day, "youtube", 6.5, certain=False)
        week.span(day, "site00", 3, at=time(13))
    week.gap(1, GapKind.NOT_MEASURED, 38)
    week.gap(2, GapKind.PAUSED, 15)
    tuesday, noon = week.days[1], week._at(1, time(12))
    week.batch.records = [
        Extension(tuesday, "private", None, noon, 5, "Väntade på kund"),
        Extension(tuesday, "private", None, noon + timedelta(minutes=30), 5),
        CrisisMark(tuesday, noon, "storm"),
        CrisisMark(tuesday, noon + timedelta(hours=1), None),
        PurposeChoice(tuesday, "linkedin", "leads", noon, note=SECRET_NOTE),
        PurposeChoice(tuesday, "youtube", "leads", noon, note=SECRET_NOTE),
        ResultCount(tuesday, "leads", noon, 2),
        ResultCount(week.days[3], "leads", noon, 1),
    ]
    return week.facts()


def week_53() -> WeekFacts:
    """Return the week that lies in two years."""
    week = MadeUpWeek(date(2026, 12, 28))
    week.span(0, "linkedin", 20, "leads")
    week.span(4, "youtube", 12)
    return week.facts()


def autumn_week() -> WeekFacts:
    """Return the week whose Sunday has 25 hours: a visit lasts over the hour that comes twice."""
    week = MadeUpWeek(date(2026, 10, 19))
    week.span(5, "youtube", 180, at=time(1))  # Saturday's day key until 4 o'clock
    return week.facts()


def spring_week() -> WeekFacts:
    """Return the week whose Sunday has 23 hours: from 1 to 4 o'clock are two hours."""
    week = MadeUpWeek(date(2026, 3, 23))
    week.span(5, "youtube", 120, at=time(1))
    return week.facts()


def changed_week() -> WeekFacts:
    """Return a week in the middle of which the policy changed, and a channel went."""
    late = firm_policy(3, version="2.0", minutes=30)
    week = MadeUpWeek(policy=late)
    early = firm_policy(5, version="1.0", minutes=15)
    for day in range(5):
        week.judge(day, early if day < 2 else late)
        week.span(day, "youtube", 20)
    week.span(1, "site02", 8, "leads")
    return week.facts()


def empty_week() -> WeekFacts:
    """Return a week of nothing."""
    return MadeUpWeek().facts()


def fifty_channels() -> WeekFacts:
    """Return a week with time in fifty channels, each of them with an allowance of its own."""
    week = MadeUpWeek(policy=firm_policy(50))
    for place, channel in enumerate(week.policy.channels):
        week.span(place % 5, channel.id, 2 + place / 2, "leads")
        week.span((place + 1) % 5, channel.id, 1.5)
    return week.facts()


def half_week() -> WeekFacts:
    """Return a week of which only two days have come."""
    week = MadeUpWeek()
    week.span(0, "linkedin", 20, "leads")
    week.span(1, "youtube", 17)
    return week.facts(MONDAY + timedelta(days=1))


def wicked_week() -> WeekFacts:
    """Return a week whose ids, names and notes are formulas and markup."""
    facts = full_week()
    day = facts.days[0]
    wicked = "=cmd|' /C calc'!A0"
    bad = replace(day.channels[0], channel=wicked, purposes={"<script>alert(1)</script>": 60_000})
    noted = tuple(replace(each, text='=HYPERLINK("http://x.example")') for each in facts.noted)
    days = (replace(day, channels=(bad, *day.channels[1:])), *facts.days[1:])
    return replace(facts, days=days, noted=noted)


WEEKS = {
    "full": full_week,
    "53": week_53,
    "25 hours": autumn_week,
    "23 hours": spring_week,
    "changed": changed_week,
    "empty": empty_week,
    "fifty": fifty_channels,
    "half": half_week,
    "wicked": wicked_week,
}
