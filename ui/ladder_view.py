"""What the ladder's windows say: what was used, the policy's words, the ways out. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tracker.i18n import Language
from tracker.limits.extending import ExtendRefusal, ExtensionOffer
from tracker.limits.types import Period
from tracker.model import PRIVATE
from tracker.notice import LimitNotice
from tracker.notices.names import Names
from tracker.notices.texts import notice_text
from tracker.policy.types import NO_REASON, StepKind
from tracker.policy.words import PolicyWords
from tracker.status import Overview
from ui.purpose_choice import PurposeOption, purpose_options

_USED_UP = frozenset({ExtendRefusal.USED_UP_TODAY, ExtendRefusal.USED_UP_THIS_WEEK})


@dataclass(frozen=True, slots=True)
class WorkWay:
    """What else the time may be for.

    Attributes:
        question: Heads the choice.
        options: The purposes, without the one that the time counts for now.
        visit: Names the first choice of what is covered: the visit from its start.
        later: Names the second: from now on.
        note: What asks for a few words; empty where no purpose takes any.
        note_only: Says with which purposes they go; empty where that is all of them.
    """

    question: str
    options: tuple[PurposeOption, ...]
    visit: str
    later: str
    note: str
    note_only: str = ""


@dataclass(frozen=True, slots=True)
class MoreWay:
    """More time, as the policy gives it.

    Attributes:
        label: Of the button.
        words: What is left of the extensions.
        possible: Whether one may be taken now.
        reason: What asks for a reason; empty where the policy wants none.
        reason_needed: Whether nothing is given without one.
    """

    label: str
    words: str
    possible: bool
    reason: str
    reason_needed: bool


@dataclass(frozen=True, slots=True)
class LadderView:
    """One of the ladder's steps as its window shows it."""

    channel: str
    title: str
    used: str
    policy: str
    """The policy's own paragraph about the limit, as it is today; empty where it has none."""

    stop: str
    """What stopping does, in words."""

    minimise: str
    """What minimising is called."""

    work: WorkWay | None
    more: MoreWay | None

    @property
    def ways(self) -> tuple[object, ...]:
        """What tells whether the ways out are other ones than before."""
        work = self.work
        return (work.question, work.options) if work is not None else (), self.more

    @property
    def announcement(self) -> str:
        """What a screen reader says once."""
        return f"{self.title} {self.used}"


def view_step(notice: LimitNotice, overview: Overview, language: Language) -> LadderView:
    """Return what is to be said about a step that holds.

    Args:
        notice: The step, with its standing of now.
        overview: The running service.
        language: The person's.
    """
    _ = language.gettext
    report = overview.today()
    text = notice_text(notice, overview.policy, report, language)
    channel = Names(overview.policy, language).channel(notice.channel)
    stop = _("Nothing is closed for you. What you were writing in {channel} stays as it is.")
    if notice.step.do is StepKind.ASK:
        stop = _(
            "Closes this question. Leave {channel} when you are ready: nothing is closed for"
            " you, and what you were writing stays."
        )
    return LadderView(
        channel=channel,
        title=text.title,
        used=text.body,
        policy=_policy(notice, overview, language),
        stop=stop.format(channel=channel),
        minimise=_("Minimise {channel}").format(channel=channel),
        work=_work(notice, overview, language),
        more=_more(notice, overview, language),
    )


def _policy(notice: LimitNotice, overview: Overview, language: Language) -> str:
    policy, limit = overview.policy, notice.step.standing.limit
    found = next((each for each in policy.limits if each.id == limit), None)
    if found is None:
        return ""
    words = PolicyWords(policy, frozenset(), language)
    line = words.limit_on(found, overview.today().day)
    return language.gettext("The policy today: {line}.").format(line=line)


def _work(notice: LimitNotice, overview: Overview, language: Language) -> WorkWay | None:
    _ = language.gettext
    every = purpose_options(overview, notice.channel, language)
    options = tuple(each for each in every if not each.chosen)
    if not options:
        return None
    private = any(each.chosen and each.id == PRIVATE for each in every)
    visit = overview.visit()
    zone = ZoneInfo(overview.policy.timezone)
    noted = [each.name for each in options if each.note]
    some = ", ".join(noted) if len(noted) < len(options) else ""
    note, only = _("Note, if you like"), ""
    if some:
        note = _("Note for {purposes}, if you like").format(purposes=some)
        only = _("The note goes with: {purposes}.").format(purposes=some)
    return WorkWay(
        question=_("Is it work?") if private else _("Is it for something else?"),
        options=options,
        visit=(
            _("This visit, since {time}").format(time=language.time(visit.since, zone))
            if visit is not None
            else _("This visit from its start")
        ),
        later=_("From now on"),
        note=note if noted else "",
        note_only=only,
    )


def _more(notice: LimitNotice, overview: Overview, language: Language) -> MoreWay | None:
    _ = language.gettext
    standing = notice.step.standing
    if standing.period is Period.WEEK:
        return None  # a week is not extended
    offer = overview.offer(standing.limit, standing.channel)
    if offer.refusal is not None and offer.refusal not in _USED_UP:
        return None
    label = language.ngettext("{n} more minute", "{n} more minutes", offer.minutes)
    needed = offer.needs_reason
    reason = ""
    if offer.refusal is None and offer.reason != NO_REASON:
        reason = _("Why you need it") if needed else _("Why, if you like")
    return MoreWay(
        label=label.format(n=offer.minutes),
        words=_left(offer, language),
        possible=offer.refusal is None,
        reason=reason,
        reason_needed=needed,
    )


def _left(offer: ExtensionOffer, language: Language) -> str:
    _, ngettext = language.gettext, language.ngettext
    if offer.refusal is ExtendRefusal.USED_UP_TODAY:
        return _("All extra time of today is taken.")
    if offer.refusal is ExtendRefusal.USED_UP_THIS_WEEK:
        return _("All extra time of this week is taken.")
    today, week = offer.left_today, offer.left_week
    parts = []
    if today is not None:
        parts.append(ngettext("{n} time left today", "{n} times left today", today).format(n=today))
    if week is not None:
        parts.append(
            ngettext("{n} time left this week", "{n} times left this week", week).format(n=week)
        )
    return ", ".join(parts)
