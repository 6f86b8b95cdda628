"""The person says afterwards what a visit was for; limits follow at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tracker.errors import ErrorCode, OutsideError
from tracker.model import Device, Span
from tracker.run import Run

SpanKey = tuple[Device, int]
"""What names a span: its device and its number there."""


class Correcting:
    """Corrects spans that are kept, all of a request or none.

    Args:
        run: The run of measuring; spans of earlier ones can be corrected too.
    """

    def __init__(self, run: Run, device: Device, now: datetime) -> None:
        self._run = run
        self._device = device
        self._now = now

    def correct(self, keys: Sequence[SpanKey], purpose: str) -> tuple[Span, ...]:
        """Let the spans be for ``purpose``, marked as corrected; the open one up to now.

        Args:
            keys: Which; each of a kept day.
            purpose: Permitted on the day for the channel of each.

        Returns:
            The spans as they were, for :meth:`restore`; those that were for it already are
            not touched and not among them.

        Raises:
            OutsideError: One of them is kept no more, or may not be for ``purpose``; then
                nothing has changed.
        """
        found = self._find(keys)
        for span in found:
            if not self._run.rules.permits(span.channel, purpose, span.day):
                raise OutsideError(ErrorCode.UNKNOWN_PURPOSE, purpose=purpose)
        changed = tuple(span for span in found if span.purpose != purpose)
        self._put([(span, replace(span, purpose=purpose, corrected=True)) for span in changed])
        return changed

    def restore(self, spans: Sequence[Span]) -> None:
        """Let spans be for what they were for before, marked only if they were.

        Raises:
            OutsideError: One of them is kept no more; then nothing has changed.
        """
        wanted = {span.seq: span for span in spans}
        found = self._find([(span.device, span.seq) for span in spans])
        changes = []
        for span in found:
            was = wanted[span.seq]
            changes.append((span, replace(span, purpose=was.purpose, corrected=was.corrected)))
        self._put(changes)

    def _find(self, keys: Sequence[SpanKey]) -> list[Span]:
        """Return the spans, looking through the days from today back: most are of late."""
        run = self._run
        run.measuring_core.settle(self._now)
        run.flush()
        missing = {seq for device, seq in keys if device == self._device}
        if len(missing) < len(set(keys)):
            raise OutsideError(ErrorCode.SPAN_GONE)
        found: list[Span] = []
        day = run.calendar.day_of(self._now)
        oldest = day - timedelta(days=run.rules.policy.monitoring.keep_days.spans)
        while missing and day >= oldest:
            for row in run.stored.of_day(day):
                if row.seq in missing and isinstance(row, Span) and row.device == self._device:
                    missing.discard(row.seq)
                    found.append(row)
            day -= timedelta(days=1)
        if missing:
            raise OutsideError(ErrorCode.SPAN_GONE)
        return found

    def _put(self, changes: Sequence[tuple[Span, Span]]) -> None:
        for before, after in changes:
            self._run.stored.put(before, after)
        self._run.flush()
        self._run.measuring_core.settle(self._now)
