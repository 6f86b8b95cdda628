"""Notices in words: what is, then what the person can do. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.error_texts import describe_code
from tracker.errors import ErrorCode
from tracker.i18n import Language
from tracker.limits.types import Level, Period
from tracker.model import PRIVATE
from tracker.notice import GuidelineNotice, LimitNotice, Notice, StatusNotice
from tracker.notices.amounts import used_of
from tracker.notices.names import Names
from tracker.policy.types import ANY, Limit, Policy
from tracker.reports.day import DayReport


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice as it is shown."""

    title: str
    body: str


def notice_text(
    notice: Notice, policy: Policy, report: DayReport, language: Language
) -> NoticeText:
    """Return a notice in the language.

    Args:
        notice: What to tell.
        policy: Gives the names.
        report: The day so far; tells which purposes a limit's time went to.
        language: The person's.
    """
    if isinstance(notice, StatusNotice) and notice.code == ErrorCode.POLICY_INVALID:
        _ = language.gettext
        title = _("The new policy has an error in line {line}.")
        return NoticeText(
            title.format(**dict(notice.fields)),
            _("The old one stays in force. The policy's page says what is wrong."),
        )
    if isinstance(notice, StatusNotice):
        text = describe_code(notice.code, dict(notice.fields), language)
        return NoticeText(text.title, f"{text.text} {text.remedy}")
    if isinstance(notice, GuidelineNotice):
        return _guideline_text(notice, policy, language)
    return _LimitWords(notice, policy, report, language).text()


def _guideline_text(notice: GuidelineNotice, policy: Policy, language: Language) -> NoticeText:
    found = next((each for each in policy.guidelines if each.id == notice.guideline), None)
    channel = Names(policy, language).channel(notice.channel)
    title = language.gettext("{channel}: from the policy's guidelines")
    body = found.text.in_language(language.code) if found is not None else ""
    return NoticeText(title.format(channel=channel), body)


class _LimitWords:
    """The words for one step of a limit's ladder."""

    def __init__(
        self, notice: LimitNotice, policy: Policy, report: DayReport, language: Language
    ) -> None:
        self._notice = notice
        self._standing = notice.step.standing
        self._names = Names(policy, language)
        self._limit = self._names.limit_of(self._standing)
        self._report = report
        self._language = language
        self._private = self._limit is not None and set(self._limit.purposes) == {PRIVATE}
        self._week = self._standing.period is Period.WEEK

    def text(self) -> NoticeText:
        left = self._standing.left_ms
        if left is None:
            return NoticeText(self._subject(), self._used())
        if not self._standing.allowed_ms and not self._standing.extended_ms:
            return self._not_allowed()
        match self._standing.level:
            case Level.OVER:
                return NoticeText(self._over(-left), self._used())
            case Level.REACHED:
                return NoticeText(self._reached(), self._bare_used())
            case _:
                return NoticeText(self._left(left), self._used())

    def _subject(self) -> str:
        if self._private and self._standing.channel is None:
            return self._language.gettext("Private time")
        return self._names.limit(self._standing)

    def _left(self, left_ms: int) -> str:
        return self._language.gettext("{limit}: {time} left.").format(
            limit=self._subject(), time=self._language.duration(left_ms)
        )

    def _over(self, over_ms: int) -> str:
        return self._language.gettext("{limit}: {time} over the limit.").format(
            limit=self._subject(), time=self._language.duration(over_ms)
        )

    def _reached(self) -> str:
        _ = self._language.gettext
        own = self._standing.channel is not None
        if self._private and not own:
            text = (
                _("Private time is used up for this week.")
                if self._week
                else _("Private time is used up for today.")
            )
        elif self._private:
            text = (
                _("{limit}: private time is used up for this week.")
                if self._week
                else _("{limit}: private time is used up for today.")
            )
        else:
            text = (
                _("{limit}: the time is used up for this week.")
                if self._week
                else _("{limit}: the time is used up for today.")
            )
        return text.format(limit=self._subject())

    def _not_allowed(self) -> NoticeText:
        _ = self._language.gettext
        channel = self._names.channel(self._notice.channel)
        title = (
            _("{channel}: the policy allows no private time here.")
            if self._private
            else _("{channel}: the policy allows no time here.")
        )
        body = _("{time} so far this week.") if self._week else _("{time} so far today.")
        time = self._language.duration(self._standing.used_ms)
        return NoticeText(title.format(channel=channel), body.format(time=time))

    def _bare_used(self) -> str:
        return self._language.gettext("{used}.").format(used=self._used_of())

    def _used_of(self) -> str:
        allowed = (self._standing.allowed_ms or 0) + self._standing.extended_ms
        bound = None if self._standing.allowed_ms is None else allowed
        return used_of(self._language, self._standing.used_ms, bound)

    def _used(self) -> str:
        _ = self._language.gettext
        purpose = self._purpose()
        if purpose:
            text = (
                _("{used} for {purpose} this week.")
                if self._week
                else _("{used} for {purpose} today.")
            )
        elif self._private and self._standing.channel is not None:
            text = (
                _("{used} of private time this week.")
                if self._week
                else _("{used} of private time today.")
            )
        else:
            text = _("{used} this week.") if self._week else _("{used} today.")
        return text.format(used=self._used_of(), purpose=purpose)

    def _purpose(self) -> str:
        """Return what the time was for, as a noun; empty where the policy gives no noun.

        A purpose's name may be any phrase, such as *Win leads*; its ``result`` is a noun.
        Time that also went to other purposes of the limit is not said to be for this one.
        """
        purpose = self._names.purpose_of(self._notice.purpose)
        if purpose is None or not purpose.result or self._limit is None:
            return ""
        if set(self._limit.purposes) == {purpose.id}:
            return purpose.result
        # The week's purposes are not known here; the day's are.
        alone = not self._week and self._purposes_used(self._limit) == {purpose.id}
        return purpose.result if alone else ""

    def _purposes_used(self, limit: Limit) -> set[str]:
        channel = self._standing.channel
        return {
            purpose
            for time in self._report.channels
            if channel is None or time.channel == channel
            for purpose, ms in time.purposes.items()
            if ms > 0 and (purpose in limit.purposes or ANY in limit.purposes)
        }
