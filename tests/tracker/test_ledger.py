"""Conserved time: property tests over any sequence of states and rewritings."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tracker.days import DayCalendar
from tracker.ledger import Ledger, gap_of, key_of
from tracker.model import (
    MILLISECOND,
    DayTotals,
    Device,
    Gap,
    GapKind,
    Row,
    Source,
    Span,
    State,
    StateKind,
    TotalKey,
    Window,
    ms_between,
)
from tracker.storage.base import Batch

STOCKHOLM = DayCalendar(ZoneInfo("Europe/Stockholm"), time(4))
START = datetime(2026, 10, 24, 23, tzinfo=UTC)  # the night in which summer time ends
DEVICE = Device("device")
OTHER = State(StateKind.OTHER)
LINKEDIN = State(StateKind.CHANNEL, Window.WORK, "linkedin", "private", Source.APP)
YOUTUBE = State(StateKind.CHANNEL, Window.WORK, "youtube", "private", Source.TITLE, certain=False)
PAUSED = State(StateKind.PAUSED)
OUTSIDE = State(StateKind.NOT_MEASURED, within_hours=False)
STATES = (OTHER, LINKEDIN, YOUTUBE, PAUSED, OUTSIDE, State(StateKind.IDLE))


def after(ms: int) -> datetime:
    return START + ms * MILLISECOND


def ledger(state: State = OTHER, next_seq: int = 1) -> Ledger:
    return Ledger(STOCKHOLM, DEVICE, next_seq, START, state)


def taken(book: Ledger) -> Batch:
    batch = Batch()
    book.take(batch)
    return batch


def test_span_ends_when_the_state_changes() -> None:
    book = ledger(LINKEDIN)
    book.advance(after(12_345))
    book.rewrite(after(12_345), [(after(12_345), OTHER)])
    book.advance(after(20_000))
    (row,) = taken(book).rows.values()
    assert row == Span(
        DEVICE, 1, START.date().replace(day=24), START, after(12_345), "linkedin", "private",
        Window.WORK, Source.APP, certain=True,
    )  # fmt: skip


def test_span_is_cut_when_a_day_begins() -> None:
    book = ledger(LINKEDIN)
    boundary = datetime(2026, 10, 25, 3, tzinfo=UTC)  # 04:00 in winter time
    book.advance(boundary + timedelta(hours=1))
    first, second = taken(book).rows.values()
    assert isinstance(first, Span)
    assert isinstance(second, Span)
    assert (first.day.day, first.end) == (24, boundary)
    assert (second.day.day, second.start) == (25, boundary)
    assert book.since == START


def test_tail_is_taken_back_when_it_is_rewritten_after_being_stored() -> None:
    book = ledger(LINKEDIN)
    book.advance(after(5_000))
    stored = dict(taken(book).rows)
    book.rewrite(after(2_000), [(after(2_000), State(StateKind.IDLE))])
    stored.update(taken(book).rows)
    (span,) = stored.values()
    assert isinstance(span, Span)
    assert span.end == after(2_000)
    book.rewrite(START, [(START, OTHER)])
    assert taken(book).rows == {1: None}


def test_rows_are_offered_once_when_nothing_changed() -> None:
    book = ledger(LINKEDIN)
    book.advance(after(5_000))
    assert taken(book).rows
    assert not taken(book)
    book.advance(after(9_000))
    assert list(taken(book).rows) == [1]


def test_seed_is_part_of_the_days_totals_when_the_program_restarts() -> None:
    book = ledger(LINKEDIN)
    key = TotalKey("linkedin", "private", Window.WORK, certain=True)
    day = STOCKHOLM.day_of(START)
    book.seed(day, DayTotals({key: 700}, {GapKind.PAUSED: 5}))
    book.advance(after(300))
    assert book.day_totals(day) == DayTotals({key: 1000}, {GapKind.PAUSED: 5})


moves = st.lists(
    st.tuples(
        st.integers(0, 9 * 3_600_000),  # time that passes
        st.integers(0, 12 * 3_600_000),  # how far back the change reaches
        st.lists(st.tuples(st.integers(0, 3_600_000), st.sampled_from(STATES)), min_size=1),
        st.booleans(),  # whether rows are stored now
    ),
    max_size=12,
)


@given(moves)
def test_time_is_conserved_and_rows_agree_with_a_naive_ledger(
    steps: list[tuple[int, int, list[tuple[int, State]], bool]],
) -> None:
    book = ledger()
    naive: list[tuple[int, State]] = [(0, OTHER)]  # each state from its instant on
    stored: dict[int, Row] = {}
    now = 0
    for passes, reach, states, store in steps:
        now += passes
        book.advance(after(now))
        start = at = max(0, now - reach)
        tail = []
        for gap, state in states:
            if at <= now:
                tail.append((at, state))
            at += gap
        book.rewrite(after(start), [(after(at), state) for at, state in tail])
        naive = [(at, state) for at, state in naive if at < start] + tail
        if store:
            keep(stored, taken(book))
    keep(stored, taken(book))
    assert sum(book.elapsed.values()) == now
    assert all(ms >= 0 for ms in book.elapsed.values())
    truth = naive_rows(naive, now)
    assert sorted(row_form(row) for row in stored.values()) == truth
    assert sorted(row_form(r) for d in days_of(now) for r in book.rows(d)) == truth
    check_totals(book, stored, now)


def keep(stored: dict[int, Row], batch: Batch) -> None:
    for seq, row in batch.rows.items():
        if row is None:
            stored.pop(seq, None)
        else:
            stored[seq] = row


def days_of(now: int) -> list:
    first = STOCKHOLM.day_of(START)
    return [first + timedelta(days=n) for n in range((now // 82_800_000) + 2)]


def row_form(row: Row) -> tuple[datetime, datetime, str, str]:
    what = row.channel if isinstance(row, Span) else row.kind.value
    return row.start, row.end, what, str(row.day)


def naive_rows(
    states: list[tuple[int, State]], now: int
) -> list[tuple[datetime, datetime, str, str]]:
    """The rows of a ledger that keeps no rows: joined, then cut at each boundary."""
    joined: list[list] = []
    for index, (at, state) in enumerate(states):
        end = states[index + 1][0] if index + 1 < len(states) else now
        if end == at:
            continue
        if joined and joined[-1][2] == state and joined[-1][1] == at:
            joined[-1][1] = end
        else:
            joined.append([at, end, state])
    rows = []
    for at, end, state in joined:
        key, gap = key_of(state), gap_of(state)
        if key is None and gap is None:
            continue
        start = after(at)
        while start < after(end):
            cut = min(after(end), STOCKHOLM.next_boundary(start))
            what = key.channel if key else str(gap.value) if gap else ""
            rows.append((start, cut, what, str(STOCKHOLM.day_of(start))))
            start = cut
    return sorted(rows)


def check_totals(book: Ledger, stored: dict[int, Row], now: int) -> None:
    for day in days_of(now):
        channels: Counter[TotalKey] = Counter()
        gaps: Counter[GapKind] = Counter()
        for row in stored.values():
            ms = ms_between(row.start, row.end)
            if row.day != day:
                continue
            if isinstance(row, Gap):
                gaps[row.kind] += ms
            else:
                channels[TotalKey(row.channel, row.purpose, row.window, row.certain)] += ms
        totals = book.day_totals(day)
        assert totals.channels == channels
        assert {kind: ms for kind, ms in totals.gaps.items() if ms} == gaps


def test_what_goes_on_is_as_before_when_the_open_span_is_corrected() -> None:
    book = ledger(LINKEDIN)
    book.advance(after(5_000))
    [seq] = taken(book).rows
    assert book.correct(seq, "leads")
    book.advance(after(8_000))
    rows = [(row.purpose, row.duration_ms, row.corrected) for row in taken(book).rows.values()
            if isinstance(row, Span)]  # fmt: skip
    assert rows == [("leads", 5_000, True), ("private", 3_000, False)]
    assert not book.correct(99, "leads")
