"""Days from the store: each judged whole by the last policy in force on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.desk import POLICY, TODAY, catalogue
from tracker.limits.types import Level, Period
from tracker.model import Device, Gap, GapKind, Source, Span, Window
from tracker.policy.load import load_or_raise
from tracker.policy.types import Person, Policy
from tracker.reports.archive import Archive
from tracker.storage.base import Batch, Extension, PolicyText
from tracker.storage.memory import MemoryStorage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
TUESDAY = TODAY + timedelta(days=1)
WEEK = '[[limit]]\nid = "weekly"\npurposes = ["*"]\nshared = true\nweek = 30\n'


def policy(minutes: int, more: str = "") -> Policy:
    text = POLICY.replace("day = 10", f"day = {minutes}") + more
    return load_or_raise(text.encode(), "test", catalogue(), TODAY)


def kept(of: Policy) -> PolicyText:
    return PolicyText(of.hash, of.text)


class Shelf:
    """A store with rows of discord and linkedin, and an archive over it."""

    def __init__(self) -> None:
        self.storage = MemoryStorage()
        self.batch = Batch()
        self._seq = 0

    def span(self, day_offset: int, seconds: float, channel: str, *, certain: bool = True) -> None:
        self._seq += 1
        start = NINE + timedelta(days=day_offset, minutes=self._seq)
        self.batch.rows[self._seq] = Span(
            Device("memory"), self._seq, TODAY + timedelta(days=day_offset), start,
            start + timedelta(seconds=seconds), channel, "private", Window.WORK,
            Source.APP if certain else Source.TITLE, certain,
        )  # fmt: skip

    def archive(self, present: Policy, *known: Policy) -> Archive:
        self.storage.write(self.batch)
        texts = {each.hash: each for each in known}
        return Archive(self.storage, Person("x"), present, lambda text: texts.get(text.hash))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_day_is_judged_by_its_own_policy_when_another_holds_now(shelf: Shelf) -> None:
    old, new = policy(5), policy(20)
    shelf.span(0, 360, "discord")
    shelf.span(1, 360, "discord")
    shelf.batch.policies = {TODAY: kept(old), TUESDAY: kept(new)}
    first, second = shelf.archive(new, old).days((TODAY, TUESDAY))
    assert [(r.limits[0].allowed_ms, r.limits[0].level) for r in (first, second)] == [
        (300_000, Level.OVER),
        (1_200_000, Level.OK),
    ]


def test_present_policy_judges_when_a_days_own_is_not_known_any_more(shelf: Shelf) -> None:
    present = policy(7)
    shelf.span(0, 360, "discord")
    shelf.batch.policies = {TODAY: PolicyText("gone", "schema = 0")}
    archive = shelf.archive(present)
    assert archive.day(TODAY).limits[0].allowed_ms == 420_000
    assert archive.day(TUESDAY).limits[0].allowed_ms == 420_000


def test_channels_are_in_the_policys_order_and_uncertain_time_is_told(shelf: Shelf) -> None:
    shelf.span(0, 10, "gone")
    shelf.span(0, 20, "discord")
    shelf.span(0, 30, "linkedin", certain=False)
    shelf.span(0, 5.5, "linkedin")
    channels = shelf.archive(policy(10)).day(TODAY).channels
    assert [(c.channel, c.total_ms, c.uncertain_ms) for c in channels] == [
        ("linkedin", 35_500, 30_000),
        ("discord", 20_000, 0),
        ("gone", 10_000, 0),  # of an earlier policy
    ]


def test_week_is_summed_up_to_the_day_when_a_limit_has_one(shelf: Shelf) -> None:
    present = policy(10, WEEK)
    for day in range(3):
        shelf.span(day, 600, "discord")
    shelf.span(-1, 6000, "discord")  # of the week before
    reports = shelf.archive(present).week("2026-W48")
    used = [
        next(each.used_ms for each in report.limits if each.period is Period.WEEK)
        for report in reports
    ]
    assert used == [600_000, 1_200_000, 1_800_000, *[1_800_000] * 4]


def test_extensions_and_gaps_are_part_of_their_day(shelf: Shelf) -> None:
    shelf.batch.records = [Extension(TODAY, "private", None, NINE, 5)]
    end = NINE + timedelta(seconds=90)
    shelf.batch.rows[99] = Gap(Device("memory"), 99, TODAY, NINE, end, GapKind.PAUSED)
    today, tomorrow = shelf.archive(policy(10)).days((TODAY, TUESDAY))
    assert [each.limits[0].extended_ms for each in (today, tomorrow)] == [300_000, 0]
    assert [(each.paused_ms, each.not_measured_ms) for each in (today, tomorrow)] == [
        (90_000, 0),
        (0, 0),
    ]
