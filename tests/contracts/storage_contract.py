"""What every storage must keep; a test class that each make inherits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.model import (
    DayTotals,
    Device,
    Gap,
    GapKind,
    Row,
    Source,
    Span,
    TotalKey,
    Window,
)
from tracker.storage.base import (
    LASTING,
    Batch,
    BreakMark,
    Consent,
    CrisisMark,
    Evaluation,
    Extension,
    PolicyText,
    PurposeChoice,
    Record,
    ResultCount,
    StepTaken,
    Storage,
    Stored,
    StoredRow,
)

R = TypeVar("R", Span, Gap)

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
EVER = (date(2000, 1, 1), date(2100, 1, 1))
NINE = datetime(2026, 11, 23, 8, 0, 0, 1000, tzinfo=UTC)
"""An instant whose milliseconds are no round number."""


def ms(count: int) -> timedelta:
    return timedelta(milliseconds=count)


def span(
    seq: int,
    start_ms: int = 0,
    length_ms: int = 1000,
    *,
    day: date = MONDAY,
    channel: str = "linkedin",
    purpose: str = "private",
    window: Window = Window.WORK,
    certain: bool = True,
) -> Span:
    start = NINE + ms(start_ms)
    source = Source.TAB if certain else Source.TITLE
    return Span(
        Device(""),
        seq,
        day,
        start,
        start + ms(length_ms),
        channel,
        purpose,
        window,
        source,
        certain,
    )


def gap(seq: int, start_ms: int = 0, length_ms: int = 1000, *, day: date = MONDAY) -> Gap:
    start = NINE + ms(start_ms)
    return Gap(Device(""), seq, day, start, start + ms(length_ms), GapKind.PAUSED)


def batch(*rows: Row | None, gone: tuple[int, ...] = ()) -> Batch:
    """Return a batch of rows, with their days as the ledger gives them."""
    kept = [row for row in rows if row is not None]
    made = Batch(rows={row.seq: row for row in kept}, days={row.day for row in kept})
    made.rows.update(dict.fromkeys(gone))
    return made


def with_everything(day: date = MONDAY, first_seq: int = 1) -> Batch:
    """Return a batch with a row of every kind that there is."""
    later = day - MONDAY
    at = NINE + later
    written = batch(
        replace(span(first_seq), day=day, start=at, end=at + ms(1000)),
        replace(gap(first_seq + 1), day=day, start=at, end=at + ms(500)),
    )
    written.records += [
        StepTaken("2026-W48", "privat", None, "80%", "notify", at),
        Extension(day, "privat", "x", at, 5, "a reason"),
        PurposeChoice(day, "x", "leads", at, at + ms(9), "Möte i Malmö"),
        BreakMark(day, at, True),
        ResultCount(day, "leads", at),
        CrisisMark(day, at, "storm"),
        Evaluation(at, at, "storm", "https://a.example", "Mycket", "Vi", "Lugn"),
        Consent("nordisk", "2.1", "sv", at),
    ]
    written.policies[day] = PolicyText(str(day.day) * 32, "text")
    written.notes["alive"] = "1"
    return written


def day_told(row: StoredRow) -> date:
    """Return the day of a row that was told."""
    day = row.get("day", row.get("at"))
    assert isinstance(day, date)
    return day.date() if isinstance(day, datetime) else day


def bare(rows: Iterable[R]) -> list[R]:
    """Return the rows without their device, which is each storage's own."""
    return [replace(row, device=Device("")) for row in rows]


def summed(rows: dict[int, Row]) -> dict[date, DayTotals]:
    """Return the totals that the rows come to, counted by hand."""
    found: dict[date, DayTotals] = {}
    for day in {row.day for row in rows.values()}:
        channels: Counter[TotalKey] = Counter()
        gaps: Counter[GapKind] = Counter()
        for row in rows.values():
            if row.day != day:
                continue
            if isinstance(row, Span):
                key = TotalKey(row.channel, row.purpose, row.window, row.certain)
                channels[key] += row.duration_ms
            else:
                gaps[row.kind] += row.duration_ms
        found[day] = DayTotals(dict(channels), dict(gaps))
    return found


@st.composite
def batches(draw: st.DrawFn) -> list[Batch]:
    """Return batches as a ledger may hand them out: rows come, change, move and go."""
    days = st.sampled_from([MONDAY, TUESDAY, WEDNESDAY])
    starts, lengths = st.integers(0, 10**7), st.integers(1, 10**6)
    seqs = st.integers(1, 12)
    spans = st.builds(
        span,
        seqs,
        starts,
        lengths,
        day=days,
        channel=st.sampled_from(["linkedin", "x", "blogg & ö"]),
        purpose=st.sampled_from(["private", "leads"]),
        window=st.sampled_from(Window),
        certain=st.booleans(),
    )
    gaps = st.builds(gap, seqs, starts, lengths, day=days)
    made = []
    for rows in draw(st.lists(st.lists(st.one_of(spans, gaps), max_size=6), max_size=6)):
        gone = draw(st.lists(seqs, max_size=3).map(tuple))
        made.append(batch(*rows, gone=gone))
    return made


class StorageContract:
    """Inherit, and provide a fixture ``make_storage`` that makes an empty one at each call."""

    @pytest.fixture
    def storage(self, make_storage: Callable[[], Storage]) -> Iterator[Storage]:
        made = make_storage()
        yield made
        made.close()

    def test_nothing_is_there_when_nothing_was_written(self, storage: Storage) -> None:
        assert list(storage.spans(*EVER)) == []
        assert list(storage.gaps(*EVER)) == []
        assert storage.totals(*EVER) == {}
        assert list(storage.records(*EVER)) == []
        assert list(storage.consents()) == []
        assert storage.policies(*EVER) == {}
        assert storage.note("alive") is None
        assert storage.next_seq() == 1
        assert storage.device

    def test_rows_come_back_by_start_when_written(self, storage: Storage) -> None:
        late, early = span(1, 5000), span(2, 0, certain=False, window=Window.BREAKS)
        pause, other_day = gap(3, 1000), span(4, 90_000_000, day=TUESDAY)

        storage.write(batch(late, early, pause, other_day))

        assert bare(storage.spans(MONDAY, MONDAY)) == [early, late]
        assert bare(storage.spans(MONDAY, TUESDAY)) == [early, late, other_day]
        assert bare(storage.gaps(MONDAY, TUESDAY)) == [pause]
        assert list(storage.gaps(TUESDAY, WEDNESDAY)) == []

    def test_rows_are_this_devices_when_they_come_back(self, storage: Storage) -> None:
        row, pause = (replace(one, device=storage.device) for one in (span(1), gap(2)))

        storage.write(Batch(rows={1: row, 2: pause}, days={MONDAY}))

        assert [*storage.spans(*EVER), *storage.gaps(*EVER)] == [row, pause]

    def test_row_is_replaced_when_its_number_is_written_again(self, storage: Storage) -> None:
        storage.write(batch(span(1), span(2, 1000)))

        storage.write(batch(span(2, 1000, 250, purpose="leads")))

        (_first, second) = storage.spans(MONDAY, MONDAY)
        assert (second.purpose, second.duration_ms) == ("leads", 250)
        assert storage.totals(MONDAY, MONDAY)[MONDAY].channels == {
            TotalKey("linkedin", "private", Window.WORK, True): 1000,
            TotalKey("linkedin", "leads", Window.WORK, True): 250,
        }

    def test_row_changes_its_kind_when_its_number_is_written_as_another(
        self, storage: Storage
    ) -> None:
        storage.write(batch(span(1), gap(2, 1000)))

        storage.write(batch(gap(1), span(2, 1000)))

        assert bare(storage.gaps(*EVER)) == [gap(1)]
        assert bare(storage.spans(*EVER)) == [span(2, 1000)]

    def test_totals_follow_when_a_row_moves_to_another_day(self, storage: Storage) -> None:
        storage.write(batch(span(1, length_ms=400)))

        storage.write(batch(span(1, length_ms=300, day=TUESDAY)))

        assert storage.totals(*EVER) == summed({1: span(1, length_ms=300, day=TUESDAY)})

    def test_nothing_is_left_when_a_row_is_taken_back(self, storage: Storage) -> None:
        storage.write(batch(span(1), gap(2)))

        storage.write(Batch(rows={1: None, 2: None, 3: None}, days={MONDAY}))

        assert [*storage.spans(*EVER), *storage.gaps(*EVER)] == []
        assert storage.totals(*EVER) == {}

    # Each make of storage is an executor of its own, and the fixture only makes empty ones.
    @settings(
        max_examples=50,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(batches())
    def test_totals_are_the_sum_of_the_rows_when_batches_come_in_any_order(
        self, make_storage: Callable[[], Storage], batches: list[Batch]
    ) -> None:
        storage = make_storage()
        rows: dict[int, Row] = {}
        try:
            for written in batches:
                storage.write(written)
                for seq, row in written.rows.items():
                    rows.pop(seq, None)
                    if row is not None:
                        rows[seq] = row
                assert storage.totals(*EVER) == summed(rows)
            found: list[Row] = [*bare(storage.spans(*EVER)), *bare(storage.gaps(*EVER))]
            assert {row.seq: row for row in found} == rows
        finally:
            storage.close()

    def test_next_number_is_above_all_rows_when_some_are_spans_and_some_gaps(
        self, storage: Storage
    ) -> None:
        storage.write(batch(span(7), gap(9)))
        assert storage.next_seq() == 10
        storage.write(batch(span(12)))
        assert storage.next_seq() == 13

    def test_records_come_back_in_order_when_the_days_are_asked_for(self, storage: Storage) -> None:
        step = StepTaken("2026-11-23", "privat", None, "80%", "notify", NINE + ms(30), 60_000)
        more = Extension(MONDAY, "privat", "x", NINE + ms(20), 5, "a reason")
        choice = PurposeChoice(MONDAY, "linkedin", "leads", NINE + ms(10))
        begins, ends = BreakMark(MONDAY, NINE, True), BreakMark(TUESDAY, NINE + ms(9), False)
        records: list[Record] = [step, more, choice, begins, ends]

        storage.write(Batch(records=records))

        assert list(storage.records(MONDAY, MONDAY)) == [begins, choice, more, step]
        assert list(storage.records(TUESDAY, WEDNESDAY)) == [ends]
        assert list(storage.records(WEDNESDAY, WEDNESDAY)) == []

    def test_what_a_person_notes_comes_back_when_written(self, storage: Storage) -> None:
        choice = PurposeChoice(MONDAY, "x", "leads", NINE, NINE + ms(9), "Möte i Malmö")
        result = ResultCount(MONDAY, "leads", NINE + ms(1), -1)
        crisis = CrisisMark(MONDAY, NINE + ms(2), "storm")
        over = CrisisMark(MONDAY, NINE + ms(3), None)

        storage.write(Batch(records=[over, crisis, result, choice]))

        assert list(storage.records(MONDAY, MONDAY)) == [choice, result, crisis, over]

    def test_what_a_day_is_judged_by_stays_when_only_its_rows_are_forgotten(
        self, storage: Storage
    ) -> None:
        more = Extension(MONDAY, "privat", None, NINE, 5)
        result = ResultCount(MONDAY, "leads", NINE)
        crisis = CrisisMark(MONDAY, NINE, "storm")
        choice = PurposeChoice(MONDAY, "x", "leads", NINE)
        storage.write(Batch(records=[more, result, crisis, choice]))

        storage.forget(spans_before=TUESDAY, totals_before=MONDAY)
        assert list(storage.records(MONDAY, MONDAY)) == [more, result, crisis]

        storage.forget(spans_before=TUESDAY, totals_before=TUESDAY)
        assert list(storage.records(MONDAY, MONDAY)) == []

    def test_evaluations_live_as_long_as_totals_when_days_are_forgotten(
        self, storage: Storage
    ) -> None:
        of_monday, of_tuesday = (
            Evaluation(at, NINE, "storm", "https://a.example", "Mycket", "Vi", "Lugn")
            for at in (NINE, NINE + timedelta(days=1))
        )
        storage.write(Batch(records=[of_tuesday, of_monday]))
        assert list(storage.evaluations()) == [of_monday, of_tuesday]
        assert list(storage.records(*EVER)) == []

        storage.forget(spans_before=WEDNESDAY, totals_before=MONDAY)
        assert list(storage.evaluations()) == [of_monday, of_tuesday]
        storage.forget(spans_before=WEDNESDAY, totals_before=TUESDAY)
        assert list(storage.evaluations()) == [of_tuesday]

    def test_records_keep_their_order_when_their_instant_is_the_same(
        self, storage: Storage
    ) -> None:
        choices = [PurposeChoice(MONDAY, "x", purpose, NINE) for purpose in ("b", "a", "c")]
        step = StepTaken("2026-11-23", "privat", "x", "-5m", "ask", NINE)

        storage.write(Batch(records=[*choices[:2]]))
        storage.write(Batch(records=[choices[2], step]))

        assert list(storage.records(MONDAY, MONDAY)) == [step, *choices]

    @pytest.mark.parametrize(
        ("at", "day"),
        [
            (datetime(2026, 11, 25, 12, tzinfo=UTC), WEDNESDAY),
            # Half past midnight on Monday in Stockholm, and late on Sunday in New York.
            (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), MONDAY),
            (datetime(2026, 11, 30, 3, tzinfo=UTC), MONDAY + timedelta(days=6)),
        ],
    )
    def test_weeks_step_is_in_its_week_when_its_instant_is_at_the_edge(
        self, storage: Storage, at: datetime, day: date
    ) -> None:
        step = StepTaken("2026-W48", "privat", None, "80%", "notify", at)

        storage.write(Batch(records=[step]))

        assert list(storage.records(day, day)) == [step]

    def test_consents_come_back_oldest_first_when_several_were_given(
        self, storage: Storage
    ) -> None:
        second = Consent("nordisk", "2.1", "sv", NINE + ms(1))
        first = Consent("nordisk", "2.0", "sv", NINE)

        storage.write(Batch(records=[second, first]))

        assert list(storage.consents()) == [first, second]
        assert list(storage.records(*EVER)) == []

    def test_policy_is_the_last_in_force_when_a_day_had_several(self, storage: Storage) -> None:
        old, new = PolicyText("a" * 64, "old = 1"), PolicyText("b" * 64, "new = 'ö'")

        storage.write(Batch(policies={MONDAY: old, TUESDAY: old}))
        storage.write(Batch(policies={TUESDAY: new}))

        assert storage.policies(*EVER) == {MONDAY: old, TUESDAY: new}
        assert storage.policies(TUESDAY, WEDNESDAY) == {TUESDAY: new}

    def test_note_is_the_last_one_when_written_again(self, storage: Storage) -> None:
        storage.write(Batch(notes={"alive": "1", "boot": "x"}))
        storage.write(Batch(notes={"alive": "2"}))

        assert (storage.note("alive"), storage.note("boot")) == ("2", "x")

    def test_rows_go_before_totals_when_days_are_forgotten(self, storage: Storage) -> None:
        policy = PolicyText("a" * 64, "text")
        days = (MONDAY, TUESDAY, WEDNESDAY)
        for seq, day in enumerate(days, start=1):
            written = batch(span(seq, day=day), gap(seq + 10, day=day))
            written.policies[day] = policy
            written.records.append(BreakMark(day, NINE, True))
            storage.write(written)

        storage.forget(spans_before=WEDNESDAY, totals_before=TUESDAY)

        assert [row.day for row in storage.spans(*EVER)] == [WEDNESDAY]
        assert [row.day for row in storage.gaps(*EVER)] == [WEDNESDAY]
        assert list(storage.records(*EVER)) == [BreakMark(WEDNESDAY, NINE, True)]
        assert list(storage.totals(*EVER)) == [TUESDAY, WEDNESDAY]
        assert list(storage.policies(*EVER)) == [TUESDAY, WEDNESDAY]

    def test_totals_stay_when_a_late_row_comes_for_a_forgotten_day(self, storage: Storage) -> None:
        storage.write(batch(span(1, length_ms=1000), span(2, 1000, day=TUESDAY)))
        before = storage.totals(*EVER)
        storage.forget(spans_before=TUESDAY, totals_before=MONDAY)

        storage.write(batch(span(3, 2000, day=MONDAY), gap(4, day=MONDAY)))

        assert storage.totals(*EVER) == before
        assert [row.seq for row in storage.spans(*EVER)] == [2]

    def test_number_is_not_used_again_when_all_rows_are_forgotten(self, storage: Storage) -> None:
        storage.write(batch(span(1), gap(2)))

        storage.forget(WEDNESDAY, WEDNESDAY)

        assert storage.next_seq() == 3
        storage.write(batch(span(3, day=WEDNESDAY)))
        assert storage.next_seq() == 4

    def test_same_is_offered_again_when_a_batch_was_written_already(self, storage: Storage) -> None:
        once = batch(span(1), gap(2))
        storage.write(once)
        before = storage.totals(*EVER)

        storage.write(once)

        assert storage.totals(*EVER) == before

    def test_every_kind_of_row_is_told_when_it_is_stored(self, storage: Storage) -> None:
        written = with_everything()
        storage.write(written)

        rows = {kind: storage.stored(kind, *EVER) for kind in Stored}

        assert {kind: len(rows[kind]) for kind in Stored} == storage.counted(*EVER)
        assert all(rows.values())
        (told,) = rows[Stored.SPAN]
        assert dict(told) == {
            "device": storage.device, "seq": 1, "day": MONDAY, "start": NINE, "length_ms": 1000,
            "channel": "linkedin", "purpose": "private", "window": Window.WORK,
            "source": Source.TAB, "certain": True, "corrected": False,
        }  # fmt: skip
        (total,) = rows[Stored.DAY_TOTAL]
        assert (total["day"], total["device"], total["ms"]) == (MONDAY, storage.device, 1000)
        (gone,) = rows[Stored.DAY_GAP]
        assert (gone["kind"], gone["ms"]) == (GapKind.PAUSED, 500)
        (choice,) = rows[Stored.PURPOSE_CHOICE]
        assert (choice["note"], choice["until"]) == ("Möte i Malmö", NINE + ms(9))
        (step,) = rows[Stored.STEP_TAKEN]
        assert (step["day"], step["period"]) == (MONDAY, "2026-W48")
        (evaluation,) = rows[Stored.EVALUATION]
        assert (evaluation["learnt"], evaluation["at"]) == ("Lugn", NINE)
        assert [dict(row) for row in rows[Stored.NOTE]] == [{"key": "alive", "value": "1"}]
        (text,) = rows[Stored.POLICY_TEXT]
        (policy,) = rows[Stored.DAY_POLICY]
        assert (policy["day"], policy["hash"], text["text"]) == (MONDAY, text["hash"], "text")
        (device,) = rows[Stored.DEVICE]
        assert (device["name"], device["here"]) == (storage.device, True)

    def test_rows_of_a_day_are_told_when_it_is_asked_for(self, storage: Storage) -> None:
        storage.write(with_everything(TUESDAY))
        storage.write(with_everything(MONDAY, first_seq=3))

        for kind in set(Stored) - LASTING:
            assert storage.latest(kind, *EVER) == TUESDAY
            assert storage.latest(kind, MONDAY, MONDAY) == MONDAY
            assert storage.latest(kind, WEDNESDAY, WEDNESDAY) is None
            assert len(storage.stored(kind, *EVER)) == 2
            assert len(storage.stored(kind, TUESDAY, WEDNESDAY)) == 1
            assert storage.counted(WEDNESDAY, WEDNESDAY)[kind] == 0
        for kind in LASTING:
            assert storage.latest(kind, *EVER) is None
            assert storage.stored(kind, WEDNESDAY, WEDNESDAY) == storage.stored(kind, *EVER)

    def test_nothing_of_a_day_is_left_when_it_is_deleted(self, storage: Storage) -> None:
        for number, day in enumerate((MONDAY, TUESDAY, WEDNESDAY)):
            storage.write(with_everything(day, first_seq=1 + 2 * number))
        before = {kind: storage.stored(kind, *EVER) for kind in Stored}
        device = storage.device

        assert storage.delete(TUESDAY, TUESDAY) is None

        for kind in set(Stored) - LASTING:
            days = [day_told(row) for row in storage.stored(kind, *EVER)]
            assert days == [MONDAY, WEDNESDAY]
        for kind in (Stored.CONSENT, Stored.NOTE):
            assert storage.stored(kind, *EVER) == before[kind]
        assert [text["hash"] for text in storage.stored(Stored.POLICY_TEXT, *EVER)] == sorted(
            policy.hash for policy in storage.policies(*EVER).values()
        )
        assert storage.device == device

    def test_deleted_day_counts_from_zero_when_a_row_comes_for_it(self, storage: Storage) -> None:
        storage.write(batch(span(1), gap(2)))
        assert storage.delete(MONDAY, MONDAY) is None
        assert storage.next_seq() == 3

        storage.write(batch(span(3, length_ms=70)))

        assert storage.totals(*EVER) == summed({3: span(3, length_ms=70)})
        assert storage.delete(date.min, date.max) is None
        assert storage.totals(*EVER) == {}

    def test_store_is_as_new_when_everything_is_erased(self, storage: Storage) -> None:
        storage.write(with_everything())
        device = storage.device

        while storage.erase():
            pass

        assert storage.device != device
        (told,) = storage.stored(Stored.DEVICE, *EVER)
        assert (told["name"], told["last_seq"]) == (storage.device, 0)
        counted = storage.counted(*EVER)
        assert {kind for kind in Stored if counted[kind]} == {Stored.DEVICE}
        assert list(storage.consents()) == []
        assert storage.note("alive") is None
        storage.write(with_everything())
        assert all(storage.counted(*EVER).values())
        assert storage.stored(Stored.SPAN, *EVER)[0]["device"] == storage.device

    def test_only_consents_go_when_they_are_withdrawn(self, storage: Storage) -> None:
        storage.write(with_everything())

        storage.withdraw()

        counted = storage.counted(*EVER)
        assert [kind for kind in Stored if not counted[kind]] == [Stored.CONSENT]

    def test_reader_sees_what_is_there_when_it_is_made(self, storage: Storage) -> None:
        storage.write(with_everything())
        reader = storage.reader()
        assert [*reader.spans(*EVER)] == [*storage.spans(*EVER)]
        assert reader.counted(*EVER) == storage.counted(*EVER)
        reader.close()
        assert storage.note("alive") == "1"
