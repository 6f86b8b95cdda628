"""Compares two policies as they hold for one person: what carries over, and what is in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.days import DayCalendar
from tracker.limits import engine
from tracker.model import PRIVATE, TotalKey, Totals, Window
from tracker.policy.hours import HoursPlan
from tracker.policy.person import groups_of
from tracker.policy.purposes import default_purpose, permitted
from tracker.policy.types import Channel, Person, Policy
from tracker.reports.doubts import Doubt, DoubtCode, make_doubt


class Terms:
    """A policy as it holds for one person."""

    def __init__(self, policy: Policy, person: Person) -> None:
        zone = ZoneInfo(policy.timezone)
        self.policy = policy
        self.rules = engine.Rules(policy, person)
        self.groups = groups_of(policy, person)
        self.hours = HoursPlan(policy, zone)
        self.calendar = DayCalendar(zone, policy.day_start)

    def default_purpose(self, channel: str, day: date) -> str:
        """Return the purpose of time in ``channel`` where none is chosen."""
        return default_purpose(self.policy, self.groups, channel, day)

    def purposes(self, channel: str, day: date) -> frozenset[str]:
        """Return the purposes that may be chosen for ``channel`` on ``day``."""
        found = permitted(self.policy, self.groups, channel, day)
        return frozenset({PRIVATE, *(purpose.id for purpose in found)})

    def turns(self, start: datetime, end: datetime) -> Iterator[datetime]:
        """Yield the instants after ``start`` and before ``end`` at which the window changes."""
        at = self.hours.next_change(start)
        while at is not None and at < end:
            yield at
            at = self.hours.next_change(at)

    @property
    def flexible_breaks(self) -> frozenset[object]:
        """The breaks that are taken by a click."""
        hours = self.policy.hours
        return frozenset(hours.flexible) if hours is not None else frozenset()


@dataclass(frozen=True, slots=True)
class Overlap:
    """How the hours of two policies lie to each other on one day."""

    common: bool
    """Whether both hold at any time."""

    longer: bool
    shorter: bool
    breaks_differ: bool
    old_rests: bool
    """Whether the old policy had a break."""

    new_rests: bool
    moved: bool
    """Whether part of the old hours belongs to another day by the new policy."""


class Comparison:
    """Carries totals that were kept under ``old`` over to ``new``, and tells what is in doubt."""

    def __init__(self, old: Terms, new: Terms) -> None:
        self._old, self._new = old, new
        self._same = old.policy.hash == new.policy.hash
        self._channels = {
            channel.id: _counted_as(channel, new.policy) for channel in old.policy.channels
        }
        self._about_channels = tuple(self._compare_channels())

    def carry(self, day: date, totals: Totals) -> Totals:
        """Return the totals of ``day`` as the new policy would have kept them, as far as known."""
        if self._same or not totals:
            return totals
        overlap = self._overlap(day)
        carried: Counter[TotalKey] = Counter()
        for key, ms in totals.items():
            channel = self._channels.get(key.channel)
            if channel is None or not overlap.common:
                continue
            window = key.window if overlap.new_rests else Window.WORK
            if window is Window.BREAKS and not self._new_counts(channel, key.purpose):
                continue
            carried[TotalKey(channel, key.purpose, window, key.certain)] += ms
        return carried

    def doubts(self, day: date, totals: Totals) -> Iterator[Doubt]:
        """Yield what is in doubt about ``day``, whose totals by the old policy are given."""
        if self._same:
            return
        overlap = self._overlap(day)
        yield from self._about_hours(overlap, kept=any(totals.values()))
        if overlap.common or overlap.longer:
            yield from self._about_channels
        if overlap.common:
            if overlap.old_rests:
                yield from self._about_breaks(overlap, day)
            if any(totals.values()):
                yield from self._about_monitoring()
            yield from self._about_time(day, totals)

    def works(self, day: date) -> bool:
        """Return whether hours of the new policy hold in what was measured of ``day``."""
        return self._same or self._overlap(day).common

    def _about_hours(self, overlap: Overlap, *, kept: bool) -> Iterator[Doubt]:
        if overlap.longer:
            yield make_doubt(DoubtCode.HOURS_LONGER)
        if not (kept and overlap.common):
            return
        if overlap.shorter:
            yield make_doubt(DoubtCode.HOURS_SHORTER)
        if overlap.breaks_differ:
            yield make_doubt(DoubtCode.BREAKS_DIFFER)
        if overlap.moved:
            yield make_doubt(DoubtCode.DAY_DIFFERS)

    def _overlap(self, day: date) -> Overlap:
        old, new = self._old, self._new
        start, end = old.calendar.bounds(day)
        edges = {start, *old.turns(start, end), *new.turns(start, end)}
        edges.update(edge for edge in new.calendar.bounds(day) if start < edge < end)
        seen = {
            (
                old.hours.window_at(edge),
                new.hours.window_at(edge),
                new.calendar.day_of(edge) == day,
            )
            for edge in sorted(edges)
        }
        common = {(was, would) for was, would, _ in seen if was and would}
        flexible = old.flexible_breaks, new.flexible_breaks
        return Overlap(
            common=bool(common),
            longer=any(was is None and would is not None for was, would, _ in seen),
            shorter=any(was is not None and would is None for was, would, _ in seen),
            breaks_differ=bool(common)
            and (flexible[0] != flexible[1] or any(was is not would for was, would in common)),
            old_rests=bool(flexible[0]) or any(was is Window.BREAKS for was, _, _ in seen),
            new_rests=bool(flexible[1]) or any(would is Window.BREAKS for _, would, _ in seen),
            moved=any(was is not None and not same_day for was, _, same_day in seen),
        )

    def _compare_channels(self) -> Iterator[Doubt]:
        old = {channel.id: channel for channel in self._old.policy.channels}
        for channel in self._new.policy.channels:
            before = old.get(channel.id)
            if before is not None:
                if not _same_rules(before, channel):
                    yield make_doubt(DoubtCode.CHANNEL_RULES_DIFFER, channel=channel.id)
                continue
            known = [each for each in old.values() if {*each.match} & {*channel.match}]
            for each in known:
                # A channel that both policies name wins over a group that has it too.
                apart = channel.group and self._channels[each.id] == each.id
                if self._channels[each.id] != channel.id and not apart:
                    yield make_doubt(
                        DoubtCode.CHANNEL_KEPT_IN_ANOTHER, channel=channel.id, kept_as=each.id
                    )
            covered = {match for each in known for match in each.match}
            if not covered >= {*channel.match}:
                yield make_doubt(DoubtCode.CHANNEL_NOT_KEPT, channel=channel.id)

    def _about_breaks(self, overlap: Overlap, day: date) -> Iterator[Doubt]:
        for was, channel in self._channels.items():
            if channel is None:
                continue
            for purpose in sorted(self._new.purposes(channel, day)):
                kept = engine.finite_in_break(self._old.rules, was, purpose)
                counts = not overlap.new_rests or self._new_counts(channel, purpose)
                if counts and not kept:
                    yield make_doubt(DoubtCode.BREAK_TIME_NOT_KEPT, channel=channel)
                    break

    def _new_counts(self, channel: str, purpose: str) -> bool:
        return engine.finite_in_break(self._new.rules, channel, purpose)

    def _about_monitoring(self) -> Iterator[Doubt]:
        old, new = self._old.policy.monitoring, self._new.policy.monitoring
        if old.idle_after != new.idle_after:
            yield make_doubt(
                DoubtCode.IDLE_AFTER_DIFFERS, was_s=old.idle_after, would_be_s=new.idle_after
            )
        if old.audible_cap != new.audible_cap:
            yield make_doubt(
                DoubtCode.AUDIBLE_CAP_DIFFERS,
                was_min=old.audible_cap,
                would_be_min=new.audible_cap,
            )

    def _about_time(self, day: date, totals: Totals) -> Iterator[Doubt]:
        spent = sorted({(key.channel, key.purpose) for key, ms in totals.items() if ms})
        for channel in sorted({channel for channel, _ in spent}):
            counted_as = self._channels.get(channel)
            if counted_as is None:
                yield make_doubt(DoubtCode.CHANNEL_NOT_NAMED, channel=channel)
            elif counted_as != channel:
                yield make_doubt(
                    DoubtCode.CHANNEL_COUNTED_AS, channel=channel, counted_as=counted_as
                )
        for channel, purpose in spent:
            counted_as = self._channels.get(channel)
            if counted_as is not None:
                yield from self._about_purpose(day, channel, counted_as, purpose)

    def _about_purpose(
        self, day: date, channel: str, counted_as: str, purpose: str
    ) -> Iterator[Doubt]:
        would_be = self._new.default_purpose(counted_as, day)
        if purpose != would_be and purpose == self._old.default_purpose(channel, day):
            yield make_doubt(
                DoubtCode.DEFAULT_PURPOSE_DIFFERS,
                channel=counted_as,
                was=purpose,
                would_be=would_be,
            )
        if purpose not in self._new.purposes(counted_as, day):
            yield make_doubt(DoubtCode.PURPOSE_NOT_PERMITTED, channel=counted_as, purpose=purpose)


def _counted_as(channel: Channel, policy: Policy) -> str | None:
    """Return what a policy calls a channel: by its own id, or as part of a wider one."""
    if any(each.id == channel.id for each in policy.channels):
        return channel.id
    if not channel.match:
        return None
    wider = (each.id for each in policy.channels if {*channel.match} <= {*each.match})
    return next(wider, None)


def _same_rules(one: Channel, other: Channel) -> bool:
    return {*one.match} == {*other.match} and {*one.exclude} == {*other.exclude}
