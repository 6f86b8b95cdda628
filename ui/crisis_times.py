"""Deadlines in words: by when, how long is left, how long it is overdue. No Qt here."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tracker.i18n import Language
from tracker.model import ms_between

HOUR = 60
DAY = 24 * HOUR
DAY_MS = DAY * 60_000
LONG = 2
"""From so many days on, hours and minutes no longer matter."""


class Times:
    """Says times in one language and zone."""

    def __init__(self, language: Language, zone: tzinfo) -> None:
        self._language = language
        self._zone = zone

    def within(self, minutes: int) -> str:
        """Return so many minutes as a plan has them: ``7 days``, ``1 hour``, ``15 minutes``."""
        ngettext = self._language.ngettext
        if minutes and minutes % DAY == 0:
            count, text = minutes // DAY, ngettext("{count} day", "{count} days", minutes // DAY)
        elif minutes and minutes % HOUR == 0:
            count = minutes // HOUR
            text = ngettext("{count} hour", "{count} hours", count)
        else:
            count, text = minutes, ngettext("{count} minute", "{count} minutes", minutes)
        return text.format(count=count)

    def reply_within(self, minutes: int) -> str:
        """Return the sentence on the first reply."""
        _ = self._language.gettext
        if not minutes:
            return _("First reply at once")
        return _("First reply within {time}").format(time=self.within(minutes))

    def step_within(self, minutes: int) -> str:
        """Return within which time a step is to be done."""
        _ = self._language.gettext
        return _("within {time}").format(time=self.within(minutes)) if minutes else _("at once")

    def day(self, instant: datetime) -> str:
        """Return the local date of an instant."""
        return self._language.date(instant.astimezone(self._zone).date())

    def instant(self, instant: datetime) -> str:
        """Return the local date and time of an instant."""
        return f"{self.day(instant)} {self._language.time(instant, self._zone)}"

    def deadline(self, end: datetime, now: datetime) -> str:
        """Return by when something is due; the date only where it is another day."""
        _, time = self._language.gettext, self._language.time(end, self._zone)
        day = end.astimezone(self._zone).date()
        if day == now.astimezone(self._zone).date():
            return _("by {time}").format(time=time)
        return _("by {weekday} {date}, {time}").format(
            weekday=self._language.weekday(day), date=self._language.date(day), time=time
        )

    def left(self, end: datetime, now: datetime) -> str:
        """Return how long is left until ``end``, or how long it has passed."""
        _, ms = self._language.gettext, ms_between(now, end)
        if -1000 < ms <= 0:
            return _("due now")
        form = _("{duration} left") if ms > 0 else _("overdue by {duration}")
        return form.format(duration=self.length(abs(ms)))

    def length(self, ms: int) -> str:
        """Return a length of time: ``45 s``, ``12 min``, ``1 h 05 min``, ``6 days``."""
        days = ms // DAY_MS
        if days < LONG:
            return self._language.duration(ms)
        return self._language.ngettext("{count} day", "{count} days", days).format(count=days)
