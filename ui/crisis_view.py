"""The crisis plan in words and figures: levels, deadlines, who does what. No Qt here."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tracker.crisis import FIRST_REPLY, OpenCrisis, steps_of
from tracker.i18n import Language
from tracker.model import ms_between
from tracker.notices.names import Names
from tracker.policy.person import groups_of
from tracker.policy.types import ANY, Contact, CrisisLevel, Person, Policy
from tracker.storage.base import Evaluation
from ui.crisis_times import Times


@dataclass(frozen=True, slots=True)
class ContactView:
    """Somebody to turn to, and whom to try otherwise."""

    role: str
    email: str = ""
    phone: str = ""
    backup: ContactView | None = None

    @property
    def mail_url(self) -> str:
        """What opens a mail to them."""
        return f"mailto:{quote(self.email, safe='@')}" if self.email else ""

    @property
    def phone_url(self) -> str:
        """What calls them."""
        number = "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
        return f"tel:{number}" if number else ""


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level to choose, by what triggers it."""

    id: str
    trigger: str
    facts: tuple[str, ...]
    """Within which time the first reply is due, and who owns it."""


class Due(enum.Enum):
    """How a task stands to its deadline."""

    DONE = enum.auto()
    FREE = enum.auto()
    """It has no deadline."""

    AHEAD = enum.auto()
    OVERDUE = enum.auto()


@dataclass(frozen=True, slots=True)
class TaskView:
    """A step of the open level, or its first reply."""

    index: int
    text: str
    due: Due
    deadline: str
    """By when: it changes with the day at most, so that a screen reader is left in peace."""

    left: str
    """How long is left; it counts along."""

    who: ContactView | None


@dataclass(frozen=True, slots=True)
class MailView:
    """A mail that tells somebody of the crisis; the person sends it, or does not."""

    to: ContactView | None
    subject: str
    body: str

    @property
    def url(self) -> str:
        """What opens it in the person's mail program (RFC 6068)."""
        address = quote(self.to.email, safe="@") if self.to else ""
        body = quote(self.body.replace("\n", "\r\n"), safe="")
        return f"mailto:{address}?subject={quote(self.subject, safe='')}&body={body}"


@dataclass(frozen=True, slots=True)
class OpenView:
    """The level that is open."""

    level: str
    trigger: str
    since: str
    number: str
    """The one figure that matters: what is left until the next deadline."""

    spoken: str
    """What is said in the figure's place: a time of day, which does not count along."""

    words: str
    lifts: str
    link: str
    tasks: tuple[TaskView, ...]
    reply: str
    mail: MailView
    others: tuple[LevelView, ...]


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """What was written down after a crisis."""

    title: str
    facts: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    """Each question with its answer."""


@dataclass(frozen=True, slots=True)
class CrisisView:
    """The page: what to choose from, or what is open."""

    levels: tuple[LevelView, ...]
    open: OpenView | None
    closed: str
    """The sentence on the crisis that is closed and not evaluated; empty where there is none."""


def questions(language: Language) -> tuple[str, str, str]:
    """Return what an evaluation asks."""
    _ = language.gettext
    return _("What happened?"), _("What was at fault?"), _("What did we learn?")


class CrisisWords:
    """Says a policy's crisis plan to one person.

    Args:
        policy: The one in force.
        person: Whose limits are lifted.
        language: Of the words.
        measured: Whether time is measured at all; else no limit is spoken of.
    """

    def __init__(
        self, policy: Policy, person: Person, language: Language, *, measured: bool = True
    ) -> None:
        self._policy = policy
        self._language = language
        self._times = Times(language, ZoneInfo(policy.timezone))
        self._contacts = {contact.id: contact for contact in policy.contacts}
        self._levels = {level.id: level for level in policy.crisis_levels}
        groups = groups_of(policy, person) | {ANY}
        self._limits = [
            limit.id for limit in policy.limits if measured and groups & {*limit.groups}
        ]

    def view(
        self, open_: OpenCrisis | None, closed: OpenCrisis | None, now: datetime
    ) -> CrisisView:
        """Return the page as it is at ``now``."""
        _ = self._language.gettext
        asked = ""
        if closed is not None and open_ is None:
            asked = _("“{trigger}” is closed. It was opened on {time}.").format(
                trigger=self.trigger(closed.level), time=self._times.instant(closed.opened)
            )
        return CrisisView(
            tuple(map(self.level, self._policy.crisis_levels)),
            self._open(open_, now) if open_ is not None else None,
            asked,
        )

    def trigger(self, level: str) -> str:
        """Return what a level is called: what triggers it."""
        found = self._levels.get(level)
        return found.trigger.in_language(self._language.code) if found else level

    def level(self, level: CrisisLevel) -> LevelView:
        """Return a level to choose."""
        return LevelView(level.id, self.trigger(level.id), tuple(self._facts(level)))

    def _facts(self, level: CrisisLevel) -> Iterator[str]:
        if level.first_reply is not None:
            yield self._times.reply_within(level.first_reply)
        if (owner := self.contact(level.owner)) is not None:
            yield owner.role

    def contact(self, id_: str | None) -> ContactView | None:
        """Return a contact, with the one to try otherwise."""
        found = self._contacts.get(id_ or "")
        if found is None:
            return None
        backup = self._contacts.get(found.backup or "")
        return self._contact(found, self._contact(backup) if backup else None)

    def _contact(self, contact: Contact, backup: ContactView | None = None) -> ContactView:
        role = contact.role.in_language(self._language.code)
        return ContactView(role, contact.email or "", contact.phone or "", backup)

    def lifts(self, level: CrisisLevel) -> str:
        """Return the sentence on the person's limits that the level lifts; empty for none."""
        names = Names(self._policy, self._language)
        quoted = self._language.gettext("“{name}”")
        lifted = [
            quoted.format(name=names.limit_by_id(id_)) for id_ in self._limits if id_ in level.lifts
        ]
        if not lifted:
            return ""
        return self._language.ngettext(
            "While this level is open, the limit {limits} takes no step. It counts on.",
            "While this level is open, the limits {limits} take no step. They count on.",
            len(lifted),
        ).format(limits=", ".join(lifted))

    # What is open

    def _open(self, crisis: OpenCrisis, now: datetime) -> OpenView:
        _ = self._language.gettext
        level = self._levels.get(crisis.level)
        tasks = tuple(self._tasks(crisis, level, now)) if level else ()
        number, spoken, words = self._headline(crisis, level, tasks, now)
        since = _("Open since {time}").format(time=self._times.instant(crisis.opened))
        if level is None:
            words = _("The policy has this level no more. Close it, or open another one.")
        return OpenView(
            crisis.level,
            self.trigger(crisis.level),
            since,
            number,
            spoken,
            words,
            self.lifts(level) if level else "",
            crisis.link,
            tasks,
            level.reply.in_language(self._language.code) if level and level.reply else "",
            self._mail(crisis, level),
            tuple(self.level(each) for each in self._policy.crisis_levels if each != level),
        )

    def _deadlines(self, level: CrisisLevel) -> Iterator[tuple[int, str, int | None, str | None]]:
        """Yield each task's index, text, minutes and contact, the first reply first."""
        if level.first_reply is not None:
            text = self._language.gettext("Give the first reply.")
            yield FIRST_REPLY, text, level.first_reply, level.owner
        for index, step in enumerate(steps_of(self._policy, level.id)):
            text = step.text.in_language(self._language.code)
            yield index, text, step.within, step.who

    def _tasks(self, crisis: OpenCrisis, level: CrisisLevel, now: datetime) -> Iterator[TaskView]:
        for index, text, within, who in self._deadlines(level):
            deadline = left = ""
            due = Due.FREE
            if within is not None:
                end = crisis.opened + timedelta(minutes=within)
                deadline, left = self._times.deadline(end, now), self._times.left(end, now)
                due = Due.AHEAD if end > now else Due.OVERDUE
            if index in crisis.done:
                due, left = Due.DONE, self._language.gettext("done")
            yield TaskView(index, text, due, deadline, left, self.contact(who))

    def _headline(
        self,
        crisis: OpenCrisis,
        level: CrisisLevel | None,
        tasks: Sequence[TaskView],
        now: datetime,
    ) -> tuple[str, str, str]:
        """Return the figure, what is said in its place, and what it speaks of."""
        _ = self._language.gettext
        if level is None:
            return "", "", ""
        next_ = min(
            (
                (within, text)
                for index, text, within, _who in self._deadlines(level)
                if within is not None and index not in crisis.done
            ),
            default=None,
            key=lambda task: task[0],
        )
        if next_ is not None:
            end = crisis.opened + timedelta(minutes=next_[0])
            ms = ms_between(now, end)
            form = _("{duration} left") if ms > 0 else _("{duration} overdue")
            number = form.format(duration=self._times.length(abs(ms)))
            spoken = self._times.deadline(end, now) if ms > 0 else _("overdue")
            return number, spoken, next_[1]
        done = sum(task.due is Due.DONE for task in tasks)
        number = _("{done} of {count}").format(done=done, count=len(tasks))
        if done == len(tasks):
            number = number if tasks else ""
            return number, number, _("All is done. Close the level when it is over.")
        return number, number, _("done; the rest has no deadline")

    def _mail(self, crisis: OpenCrisis, level: CrisisLevel | None) -> MailView:
        _ = self._language.gettext
        trigger, instant = self.trigger(crisis.level), self._times.instant
        lines = [
            _("Crisis plan, level: {trigger}").format(trigger=trigger),
            _("Opened: {time}").format(time=instant(crisis.opened)),
        ]
        if crisis.link:
            lines.append(_("It is about: {link}").format(link=crisis.link))
        if level is not None and level.first_reply is not None:
            end = crisis.opened + timedelta(minutes=level.first_reply)
            lines.append(_("First reply: {deadline}").format(deadline=instant(end)))
        # A subject is one line, whatever the policy's text is.
        subject = " ".join(_("Crisis: {trigger}").format(trigger=trigger).split())
        return MailView(self._told(level), subject, "\n".join(lines) + "\n")

    def _told(self, level: CrisisLevel | None) -> ContactView | None:
        """Return who is told by mail: the owner, else whom the policy says to ask."""
        owner = self.contact(level.owner) if level else None
        asked = self.contact(self._policy.monitoring.contact)
        known = (self._contact(contact) for contact in self._policy.contacts)
        first = (owner, owner.backup if owner else None, asked, *known)
        return next((each for each in first if each is not None and each.email), None)

    # What was learnt

    def evaluations(self, written: Iterable[Evaluation]) -> tuple[EvaluationView, ...]:
        """Return what was written down, the latest first."""
        return tuple(map(self.evaluation, reversed([*written])))

    def evaluation(self, written: Evaluation) -> EvaluationView:
        """Return what was written down after one crisis."""
        _, instant = self._language.gettext, self._times.instant
        facts = [
            _("Opened: {time}").format(time=instant(written.opened)),
            _("Written down: {time}").format(time=instant(written.at)),
        ]
        if written.link:
            facts.insert(0, _("It is about: {link}").format(link=written.link))
        answers = (written.happened, written.fault, written.learnt)
        return EvaluationView(
            _("{trigger}, {date}").format(
                trigger=self.trigger(written.level), date=self._times.day(written.opened)
            ),
            tuple(facts),
            tuple(zip(questions(self._language), answers, strict=True)),
        )

    def kept(self) -> str:
        """Return the sentence on where and for how long evaluations are kept."""
        days = self._policy.monitoring.keep_days.totals
        return self._language.ngettext(
            "It stays on this computer, for {days} day, and nobody is sent it.",
            "It stays on this computer, for {days} days, and nobody is sent it.",
            days,
        ).format(days=days)
