"""The ledger: conserved time, cut where the state changes and at the day boundary.

Every millisecond from the start on belongs to exactly one piece. The tail may be
rewritten at any time, rows that are stored already included.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.corrections import Correction, Corrections
from tracker.days import DayCalendar
from tracker.model import (
    DayTotals,
    Device,
    Gap,
    GapKind,
    Row,
    Span,
    State,
    StateKind,
    TotalKey,
    ms_between,
)
from tracker.storage.base import Batch

_GAPS = {
    StateKind.NOT_MEASURED: GapKind.NOT_MEASURED,
    StateKind.STOPPED: GapKind.NOT_MEASURED,
    StateKind.PAUSED: GapKind.PAUSED,
}


@dataclass(slots=True)
class Piece:
    """A stretch ``[start, end)`` of one state within one day; the last one is open."""

    day: date
    start: datetime
    end: datetime
    state: State
    seq: int | None = None
    """The row's number once it was handed out to be stored."""

    changed: bool = True


def key_of(state: State) -> TotalKey | None:
    """Return what time in ``state`` is totalled by; None where it is in no channel."""
    if state.kind is not StateKind.CHANNEL:
        return None
    assert state.channel is not None
    assert state.purpose is not None
    return TotalKey(state.channel, state.purpose, state.window, state.certain)


def gap_of(state: State) -> GapKind | None:
    """Return the kind of gap that ``state`` is kept as; None where it leaves nothing."""
    return _GAPS.get(state.kind) if state.within_hours else None


class Ledger:
    """The pieces of time of one run of the program, and the totals with them.

    Args:
        calendar: Where days begin.
        device: This installation.
        next_seq: The first sequence number that is free.
        start: The instant from which time is accounted for.
        state: The state at the start.
    """

    def __init__(
        self, calendar: DayCalendar, device: Device, next_seq: int, start: datetime, state: State
    ) -> None:
        self._calendar = calendar
        self._device = device
        self._next_seq = next_seq
        self._day = calendar.day_of(start)
        self._day_end = calendar.bounds(self._day)[1]
        self._pieces = [Piece(self._day, start, start, state)]
        self._gone: set[int] = set()
        self._touched: set[date] = set()
        self._first_changed = 0
        self._corrections = Corrections()
        self._totals: defaultdict[date, Counter[TotalKey]] = defaultdict(Counter)
        self._gap_totals: defaultdict[date, Counter[GapKind]] = defaultdict(Counter)
        self.elapsed: Counter[StateKind] = Counter()
        """Milliseconds in each kind of state."""

        self.past_changes = 0
        """How often something was rewritten in a day before the present one."""

    @property
    def start(self) -> datetime:
        """The instant from which pieces are held."""
        return self._pieces[0].start

    @property
    def first_day(self) -> date:
        """The first day of which every piece of this run is held."""
        return self._pieces[0].day

    @property
    def now(self) -> datetime:
        """The instant up to which time is accounted for."""
        return self._pieces[-1].end

    @property
    def accounted(self) -> datetime | None:
        """The end of the time inside hours that is held; None where there is none."""
        held = (piece for piece in reversed(self._pieces) if piece.start < piece.end)
        return next((piece.end for piece in held if piece.state.within_hours), None)

    @property
    def state(self) -> State:
        """The open state."""
        return self._pieces[-1].state

    @property
    def since(self) -> datetime:
        """When the open state began, over the day boundary too."""
        since = self._pieces[-1].start
        for piece in reversed(self._pieces):
            if piece.state != self.state:
                break
            since = piece.start
        return since

    def seed(self, day: date, totals: DayTotals) -> None:
        """Add what was stored of ``day`` before this run."""
        self._totals[day].update(totals.channels)
        self._gap_totals[day].update(totals.gaps)

    def unseed(self, span: Span, ms: int) -> None:
        """Take ``ms`` of a span from before this run out of its day's totals."""
        key = TotalKey(span.channel, span.purpose, span.window, span.certain)
        self._totals[span.day][key] -= ms
        self.past_changes += 1

    def recount(self, before: Span, after: Span) -> None:
        """Count a span that is held no more for another purpose."""
        ms = before.duration_ms
        for span, sign in ((before, -ms), (after, ms)):
            key = TotalKey(span.channel, span.purpose, span.window, span.certain)
            self._totals[span.day][key] += sign
        self.past_changes += 1

    def correct(self, seq: int, purpose: str, *, corrected: bool = True) -> bool:
        """Let the span of that number be for ``purpose``; the open one up to ``now``.

        It holds, marked as ``corrected``, however the tail is rewritten later. Without the
        mark it is taken back, and what facts say holds again.

        Returns:
            Whether the span is held here.
        """
        for index, piece in enumerate(self._pieces):
            if piece.seq != seq or (key := key_of(piece.state)) is None:
                continue
            before = piece.state
            wish = purpose if corrected else None
            self._corrections.add(Correction(piece.start, piece.end, key.channel, wish))
            ms = ms_between(piece.start, piece.end)
            self._totals[piece.day][key] -= ms
            self._totals[piece.day][replace(key, purpose=purpose)] += ms
            piece.state = replace(before, purpose=purpose, corrected=corrected)
            piece.changed = True
            self._first_changed = min(self._first_changed, index)
            self.past_changes += 1
            if piece is self._pieces[-1]:
                self._pieces.append(Piece(piece.day, piece.end, piece.end, before))
            return True
        return False

    def day_totals(self, day: date) -> DayTotals:
        """Return what ``day`` comes to, the open piece up to ``now`` included."""
        channels = {key: ms for key, ms in self._totals[day].items() if ms}
        return DayTotals(channels, dict(self._gap_totals[day]))

    def totals(self, day: date) -> Mapping[TotalKey, int]:
        """Return the live totals of ``day``: they go on changing; entries may be 0."""
        return self._totals[day]

    def advance(self, now: datetime) -> None:
        """Account for the time up to ``now``; an earlier instant changes nothing."""
        while now > self._day_end:
            self._extend(self._day_end)
            self._day = self._calendar.day_of(self._day_end)
            self._day_end = self._calendar.bounds(self._day)[1]
            last = self._pieces[-1]
            self._pieces.append(Piece(self._day, last.end, last.end, last.state))
        self._extend(now)

    def _extend(self, now: datetime) -> None:
        last = self._pieces[-1]
        if now > last.end:
            self._count(last, ms_between(last.end, now))
            last.end = now
            last.changed = True

    def _count(self, piece: Piece, ms: int) -> None:
        self.elapsed[piece.state.kind] += ms
        key = key_of(piece.state)
        if key is not None:
            self._totals[piece.day][key] += ms
            self._touched.add(piece.day)
        elif (gap := gap_of(piece.state)) is not None:
            self._gap_totals[piece.day][gap] += ms
            self._touched.add(piece.day)

    def rewrite(self, start: datetime, states: Sequence[tuple[datetime, State]]) -> None:
        """Let time from ``start`` on have been in ``states``, each from its instant on.

        Args:
            start: Not before the ledger's own start, and not after ``now``.
            states: In order; the first from ``start``; the last is the open one.
        """
        now = self.now
        day = self._day
        self._cut_back(start)
        if self._day != day:
            self.past_changes += 1
        states = self._corrections.laid_over(states)
        for index, (at, state) in enumerate(states):
            until = states[index + 1][0] if index + 1 < len(states) else now
            self._open(at, state)
            self.advance(max(until, at))

    def _cut_back(self, start: datetime) -> None:
        pieces = self._pieces
        while len(pieces) > 1 and pieces[-1].start >= start:
            self._drop(pieces.pop())
        last = pieces[-1]
        if last.end > start:
            self._count(last, -ms_between(start, last.end))
            last.end = start
            last.changed = True
        self._first_changed = min(self._first_changed, len(pieces) - 1)
        self._day = last.day
        self._day_end = self._calendar.bounds(self._calendar.day_of(last.start))[1]

    def _drop(self, piece: Piece) -> None:
        self._count(piece, -ms_between(piece.start, piece.end))
        if piece.seq is not None:
            self._gone.add(piece.seq)

    def _open(self, at: datetime, state: State) -> None:
        last = self._pieces[-1]
        if last.state == state:
            return
        if last.start < last.end:
            if at >= self._day_end:
                self._day = self._calendar.day_of(at)
                self._day_end = self._calendar.bounds(self._day)[1]
            self._pieces.append(Piece(self._day, at, at, state))
            return
        before = self._pieces[-2] if len(self._pieces) > 1 else None
        if before is not None and before.state == state and before.day == last.day:
            self._drop(self._pieces.pop())
        else:
            last.state = state
            last.changed = True

    def change_calendar(self, calendar: DayCalendar) -> None:
        """Cut at ``now``; from there on days begin where ``calendar`` says."""
        last = self._pieces[-1]
        self._calendar = calendar
        self._day = calendar.day_of(last.end)
        self._day_end = calendar.bounds(self._day)[1]
        if self._day != last.day:
            self._pieces.append(Piece(self._day, last.end, last.end, last.state))

    def rows(self, day: date) -> Iterator[Row]:
        """Yield the rows of ``day`` in this run, by start, the open one included."""
        for piece in self._pieces:
            if piece.day == day and (row := self._row(piece, piece.seq or 0)) is not None:
                yield row

    def _row(self, piece: Piece, seq: int) -> Row | None:
        if piece.end == piece.start:
            return None
        state = piece.state
        key = key_of(state)
        if key is not None:
            assert state.source is not None
            return Span(
                self._device,
                seq,
                piece.day,
                piece.start,
                piece.end,
                key.channel,
                key.purpose,
                key.window,
                state.source,
                key.certain,
                state.corrected,
            )
        gap = gap_of(state)
        if gap is None:
            return None
        return Gap(self._device, seq, piece.day, piece.start, piece.end, gap)

    def take(self, batch: Batch, *, anew: bool = False) -> None:
        """Put the rows that changed since the last time, and those gone, into ``batch``.

        Args:
            batch: What waits to be written.
            anew: Whether all that are held are to be written: the store may have lost some.
        """
        if anew:
            self._first_changed = 0
            for piece in self._pieces:
                piece.changed = True
        for seq in self._gone:
            batch.rows[seq] = None
        self._gone.clear()
        for piece in self._pieces[self._first_changed :]:
            if not piece.changed:
                continue
            piece.changed = False
            row = self._row(piece, piece.seq or self._next_seq)
            if row is not None:
                if piece.seq is None:
                    piece.seq = self._next_seq
                    self._next_seq += 1
                batch.rows[row.seq] = row
            elif piece.seq is not None:
                batch.rows[piece.seq] = None
                piece.seq = None
        self._first_changed = max(0, len(self._pieces) - 1)
        batch.days |= self._touched
        self._touched.clear()

    def forget(self, before: datetime) -> None:
        """Let go of stored pieces that end at or before ``before``; call after :meth:`take`."""
        keep = next(
            (index for index, piece in enumerate(self._pieces) if piece.end > before),
            len(self._pieces) - 1,
        )
        del self._pieces[:keep]
        self._corrections.forget(before)
        self._first_changed = max(0, self._first_changed - keep)
