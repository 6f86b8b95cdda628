"""Whatever happens to the service, time is conserved and the store tells the same as the app."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk import HOURS, POLICY, Desk
from tracker import facts
from tracker.model import GapKind, Row, Span, TotalKey
from tracker.policy.hours import HoursPlan

Act = Callable[[Desk], None]
Turn = type[facts.Active | facts.Lock | facts.Unlock | facts.Sleep | facts.Wake]
TURNS: list[Turn] = [facts.Active, facts.Lock, facts.Unlock, facts.Sleep, facts.Wake]
EVER = (date(2020, 1, 1), date(2030, 1, 1))
ZONE = ZoneInfo("Europe/Stockholm")
PURPOSE = '[[purpose]]\nid = "brand"\nname = { en = "Brand" }\nchannels = ["*"]\nreset_after = 1\n'
SHIFT = '\n[hours]\nmon-sun = ["22:00-06:00", "08:00-12:00"]\nbreaks = ["02:00-02:30"]\n'
POLICIES = [POLICY + PURPOSE, POLICY + PURPOSE + HOURS, POLICY + PURPOSE + SHIFT]
FIREFOX = ("firefox", "Ada | LinkedIn — Mozilla Firefox")
WINDOWS = [("discord", ""), FIREFOX, ("gedit", ""), (None, "")]
STARTS = [
    datetime(2026, 11, 23, 10, 59, 50, tzinfo=UTC),  # just before a break
    datetime(2026, 11, 24, 2, 59, 30, tzinfo=UTC),  # just before a day begins
    datetime(2026, 11, 27, 15, 59, 40, tzinfo=UTC),  # just before a weekend
    datetime(2026, 10, 25, 0, 45, tzinfo=UTC),  # just before clocks go back
]


def back(desk: Desk, seconds: float) -> datetime:
    return desk.clock.now() - timedelta(milliseconds=int(seconds * 1000))


def tell(desk: Desk, fact: facts.Fact) -> None:
    desk.watcher.tell(fact)


def turn(kind: Turn, seconds: float) -> Act:
    return lambda desk: tell(desk, kind(back(desk, seconds)))


def restart(desk: Desk) -> None:
    desk.service.stop()
    kill(desk)


def kill(desk: Desk) -> None:
    desk.open()
    desk.start()


def move_clock(desk: Desk, seconds: int, trusted: bool) -> None:
    desk.time.trusted = trusted
    desk.time.set_wall(desk.clock.now() + timedelta(seconds=seconds))


def until(desk: Desk, seconds: float) -> None:
    end = back(desk, -seconds)
    if end <= desk.service.day_bounds(desk.service.present_day)[1]:
        desk.service.choose_purpose("brand", visit=True, until=end)


def correct(desk: Desk, places: list[int], purpose: str) -> None:
    """Correct some of the visits of today and yesterday, as the list shows them."""
    spans = late_spans(desk)
    chosen = [spans[place % len(spans)] for place in places if spans]
    time = channel_time(desk)
    before = desk.service.correct([(span.device, span.seq) for span in chosen], purpose)
    said(desk).extend((span, purpose) for span in before)
    assert {span.purpose for span in late_spans(desk) if span.seq in {c.seq for c in chosen}} <= {
        purpose
    }
    if len(places) == 2:
        desk.service.restore(before)
        said(desk).extend((span, span.purpose if span.corrected else None) for span in before)
    assert channel_time(desk) == time


def said(desk: Desk) -> list[tuple[Span, str | None]]:
    """Return the spans that the person corrected, in order, each with what they said."""
    kept: list[tuple[Span, str | None]] = desk.__dict__.setdefault("said", [])
    return kept


def late_spans(desk: Desk) -> list[Span]:
    today = desk.service.present_day
    return [span for ago in (1, 0) for span in desk.service.rows(today - timedelta(ago))[0]]


def check_said(desk: Desk) -> None:
    """See that each instant that is still in its channel is for what was said last of it."""
    for span in desk.storage.spans(*EVER):
        points = {span.start}
        for each, _purpose in said(desk):
            points |= {at for at in (each.start, each.end) if span.start < at < span.end}
        for point in points:
            words = [
                purpose
                for each, purpose in said(desk)
                if each.start <= point < each.end and each.channel == span.channel
            ]
            wanted = words[-1] if words else None
            assert span.corrected == (wanted is not None)
            assert wanted in (None, span.purpose)


def channel_time(desk: Desk) -> dict[str, int]:
    return {each.channel: each.total_ms for each in desk.service.today().channels}


short = st.integers(0, 20_000).map(lambda ms: ms / 1000)
long = st.sampled_from([60, 3600, 9 * 3600, 40 * 3600])
Named = st.SearchStrategy[tuple[str, Act]]
visiting: list[Named] = [
    st.tuples(st.just("wait"), short.map(lambda s: lambda d: d.wait(s))),
    st.tuples(
        st.just("front"),
        st.tuples(st.sampled_from(WINDOWS), short).map(
            lambda w: lambda d: tell(d, facts.Foreground(back(d, w[1] / 4), *w[0]))
        ),
    ),
    st.tuples(
        st.just("idle"),
        st.integers(0, 400).map(lambda s: lambda d: tell(d, facts.Idle(d.clock.now(), back(d, s)))),
    ),
    st.tuples(st.sampled_from(TURNS), short).map(
        lambda p: (p[0].__name__, lambda d: tell(d, p[0](back(d, p[1] / 8))))
    ),
    st.tuples(
        st.just("tab"),
        st.sampled_from(["https://linkedin.com/", "https://example.se/", None]).map(
            lambda u: lambda d: tell(d, facts.Tab(d.clock.now(), "firefox", u, audible=True))
        ),
    ),
    st.just(("purpose", lambda d: d.service.choose_purpose("brand", visit=True))),
    st.just(("private", lambda d: d.service.choose_purpose("private", "discord"))),
    st.tuples(st.just("until"), short.map(lambda s: lambda d: until(d, s + 0.001))),
    st.tuples(
        st.just("correct"),
        st.tuples(
            st.lists(st.integers(0, 50), min_size=1, max_size=4),
            st.sampled_from(["brand", "private"]),
        ).map(lambda p: lambda d: correct(d, *p)),
    ),
    st.just(("restart", restart)),
    st.just(("kill", kill)),
]
acts: Named = st.one_of(
    *visiting,
    st.tuples(st.just("wait a minute"), st.just(lambda d: d.wait(61.5))),
    st.just(("blind", lambda d: tell(d, facts.Blind(d.clock.now(), "display_lost")))),
    st.just(("sighted", lambda d: tell(d, facts.Sighted(d.clock.now())))),
    st.just(("pause", lambda d: d.service.pause())),
    st.just(("short pause", lambda d: d.service.pause(back(d, -30)))),
    st.just(("resume", lambda d: d.service.resume())),
    st.tuples(st.just("stall"), long.map(lambda s: lambda d: d.stand_still(s))),
    st.tuples(st.just("suspend"), long.map(lambda s: lambda d: d.time.suspend(s * 1000))),
    st.tuples(
        st.just("clock"),
        st.tuples(st.sampled_from([-7200, -1, 1, 90_000]), st.booleans()).map(
            lambda p: lambda d: move_clock(d, *p)
        ),
    ),
    st.just(("check", lambda d: d.service.check())),
)


def sums(rows: list[Row]) -> Counter[object]:
    counted: Counter[object] = Counter()
    for row in rows:
        key: TotalKey | GapKind
        if isinstance(row, Span):
            key = TotalKey(row.channel, row.purpose, row.window, row.certain)
        else:
            key = row.kind
        counted[row.day, key] += row.duration_ms
    return counted


def check_rows(desk: Desk, rows: list[Row]) -> None:
    """See that rows are in order, apart, within one day and within hours."""
    plan = HoursPlan(desk.service.policy, ZONE)
    for row in rows:
        assert row.start < row.end
        first, last = desk.service.day_bounds(row.day)
        assert first <= row.start
        assert row.end <= last
        assert plan.window_at(row.start) is not None
        turn = plan.next_change(row.start)
        while turn is not None and plan.window_at(turn) is not None:
            turn = plan.next_change(turn)
        assert turn is None or row.end <= turn
    for earlier, later in pairwise(sorted(rows, key=lambda row: row.start)):
        assert earlier.end <= later.start
    assert len({row.seq for row in rows}) == len(rows)


def check_store(desk: Desk) -> None:
    """See that the store is whole, and that the app says the same of today."""
    spans, gaps = desk.storage.spans(*EVER), desk.storage.gaps(*EVER)
    check_rows(desk, [*spans, *gaps])
    kept: Counter[object] = Counter()
    for day, totals in desk.storage.totals(*EVER).items():
        kept.update({(day, key): ms for key, ms in totals.channels.items()})
        kept.update({(day, kind): ms for kind, ms in totals.gaps.items()})
    assert kept == sums([*spans, *gaps])


def check_app(desk: Desk) -> None:
    """See that report, rows and states of the running service agree."""
    ledger = desk.service.run.ledger
    report = desk.service.today()
    spans, gaps = desk.service.rows(report.day)
    told: Counter[object] = Counter()
    for each in report.channels:
        told.update({(each.channel, purpose): ms for purpose, ms in each.purposes.items()})
    kept: Counter[object] = Counter()
    for span in spans:
        kept[span.channel, span.purpose] += span.duration_ms
    assert told == kept
    paused = sum(gap.duration_ms for gap in gaps if gap.kind is GapKind.PAUSED)
    assert report.paused_ms == paused
    assert report.not_measured_ms + paused == sum(gap.duration_ms for gap in gaps)
    assert all(ms >= 0 for ms in ledger.elapsed.values())
    ledger.advance(desk.clock.now())
    began = desk.service.run._started
    assert sum(ledger.elapsed.values()) == (ledger.now - began) // timedelta(milliseconds=1)


@settings(max_examples=150, derandomize=True)
@given(st.sampled_from(POLICIES), st.sampled_from(STARTS), st.lists(acts, min_size=1, max_size=25))
def test_time_is_conserved_when_anything_happens(
    policy: str, start: datetime, done: list[tuple[str, Act]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), policy, start=start).start()
        desk.front("discord")
        for _name, act in done:
            act(desk)
            check_app(desk)
        desk.service.check()
        check_app(desk)
        check_store(desk)
        desk.service.stop()
        check_store(desk)


@settings(max_examples=100, derandomize=True)
@given(st.lists(st.one_of(visiting), min_size=6, max_size=25))
def test_what_the_person_said_holds_when_visits_go_on(done: list[tuple[str, Act]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), POLICIES[0], start=STARTS[1] - timedelta(seconds=20)).start()
        desk.front("discord")
        desk.wait(10)
        for _name, act in done:
            act(desk)
            check_app(desk)
        desk.service.stop()
        check_store(desk)
        check_said(desk)
