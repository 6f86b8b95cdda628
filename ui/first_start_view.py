"""What is said before anything is measured, page by page. No Qt here."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass
from datetime import date

from tracker.i18n import Language
from tracker.model import PRIVATE
from tracker.person_rules import PersonRules
from tracker.policy.extent import Extent, Widening, extent_of, widenings
from tracker.policy.person import groups_of
from tracker.policy.types import ANY, Limit, LimitWindow, Person, Policy
from tracker.policy.words import PolicyWords
from ui.first_page_view import Topic, first_page
from ui.widening_view import widening_words

SENTENCES = 3


class Sheet(enum.Enum):
    """What a page is about."""

    ABOUT = enum.auto()
    MEASURED = enum.auto()
    POLICY = enum.auto()
    TRAY = enum.auto()


@dataclass(frozen=True, slots=True)
class SheetView:
    """One page."""

    sheet: Sheet
    title: str
    lead: str
    """The sentence that matters most; may be empty."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class FirstStart:
    """All pages, in their order; the last is the one on which the person may accept."""

    source: str
    """Which policy it is about."""

    sheets: tuple[SheetView, ...]


def first_start(
    policy: Policy, person: Person, accepted: Extent | None, today: date, language: Language
) -> FirstStart:
    """Return what is to be read before the person accepts.

    At the first start that is four pages. Who accepted another version reads what is
    measured anew, with what was added first; and the policy in three sentences where there
    is more of it.

    Args:
        policy: What is asked for.
        person: Whose limits and purposes are told.
        accepted: How much of this policy the person accepted last.
        today: The day key.
        language: The person's.
    """
    if accepted is None:
        sheets = [
            _about(language),
            _measured(policy, language),
            _policy(policy, person, language),
            _tray(policy, person, language),
        ]
    else:
        more = widenings(accepted, extent_of(policy), today)
        sheets = [_measured_anew(policy, accepted, more, language)]
        sheets += [_policy(policy, person, language)] if more else []
    source = language.gettext("{title}, version {version}").format(
        title=policy.title.in_language(language.code), version=policy.version
    )
    return FirstStart(source, tuple(sheets))


def _about(language: Language) -> SheetView:
    _ = language.gettext
    return SheetView(
        Sheet.ABOUT,
        _("This is Kanaltid"),
        _(
            "Kanaltid shows how long you are in social media at work, and tells you in good"
            " time before you reach a limit of your company's policy."
        ),
        (
            Topic(
                _("It is yours"),
                (
                    _(
                        "Everything stays on your computer. You see every stored row, and you"
                        " can delete it."
                    ),
                    _(
                        "It helps to keep a policy and guards nobody: you can pause it with one"
                        " click, and it does not see phones."
                    ),
                ),
            ),
            Topic(
                _("What comes now"),
                (
                    _(
                        "Three short pages: what is measured and what your employer sees, what"
                        " the policy allows you, and where you find Kanaltid."
                    ),
                ),
            ),
        ),
    )


def _measured(policy: Policy, language: Language) -> SheetView:
    page = first_page(policy, language)
    return SheetView(Sheet.MEASURED, page.title, page.promise, page.topics)


def _measured_anew(
    policy: Policy, accepted: Extent, more: tuple[Widening, ...], language: Language
) -> SheetView:
    _ = language.gettext
    page = first_page(policy, language)
    if more:
        title = _("The policy measures more than you accepted")
        added = widening_words(more, policy, language)
    else:
        title = _("The policy has a new version")
        added = (_("It measures no more than what you accepted."),)
    until = _("You accepted version {version}. Until you accept this one, nothing is measured.")
    what = Topic(_("What is new"), (*added, until.format(version=accepted.version)))
    return SheetView(Sheet.MEASURED, title, page.promise, (what, *page.topics))


def _policy(policy: Policy, person: Person, language: Language) -> SheetView:
    _ = language.gettext
    groups = groups_of(policy, person)
    lines = PolicyWords(policy, groups, language).in_general()
    limits = [each for each in policy.limits if ANY in each.groups or groups & {*each.groups}]
    told, left = _three(lines, limits, groups)
    topics = [Topic(_("What is allowed for you"), told)]
    if left:
        text = language.ngettext(
            "The policy says {number} thing more on what is allowed.",
            "The policy says {number} things more on what is allowed.",
            left,
        )
        topics.append(Topic("", (text.format(number=left),)))
    scope = policy.scope.in_language(language.code) if policy.scope is not None else ""
    return SheetView(Sheet.POLICY, _("The policy in three sentences"), scope, tuple(topics))


def _three(
    lines: list[str], limits: list[Limit], groups: frozenset[str]
) -> tuple[tuple[str, ...], int]:
    """Return the lines that bear on the person most, in their order, and how many are left.

    Those are the private time, what was made for the person's own groups, and how to get
    more; else what comes first.
    """

    def distance(place: int) -> tuple[int, int]:
        if place >= len(limits):
            # Behind the limits: first what is said of the rest, then how to get more.
            return (1 if place > len(limits) else 4), place
        limit = limits[place]
        if limit.unlimited:
            return 5, place
        if limit.purposes == (PRIVATE,) and limit.window is not LimitWindow.BREAKS:
            return 0, place
        return (2 if groups & {*limit.groups} else 3), place

    nearest = sorted(sorted(range(len(lines)), key=distance)[:SENTENCES])
    return tuple(lines[place] for place in nearest), len(lines) - len(nearest)


def _tray(policy: Policy, person: Person, language: Language) -> SheetView:
    _ = language.gettext
    return SheetView(
        Sheet.TRAY,
        _("What the time is for, and where Kanaltid is"),
        "",
        (
            Topic(_("What the time is for"), _purposes(policy, person, language)),
            Topic(
                _("Where you find it"),
                (
                    _(
                        "This icon is in the tray whenever Kanaltid measures, and fills like the"
                        " limit that is nearest. A click shows the day."
                    ),
                    _("Where the desktop has no tray, a small window takes its place."),
                ),
            ),
        ),
    )


def _purposes(policy: Policy, person: Person, language: Language) -> tuple[str, ...]:
    """Say what time counts for until the person says something else."""
    _ = language.gettext
    rules = PersonRules(policy, person)
    names = {each.id: each.name.in_language(language.code) for each in policy.purposes}
    by_channel = {each: rules.default_purpose(each.id) for each in policy.channels}
    usual = Counter(by_channel.values()).most_common(1)[0][0] if by_channel else PRIVATE
    others = [
        _("{channel}: {purpose}").format(
            channel=channel.name.in_language(language.code) or channel.id,
            purpose=names.get(purpose, _("private")),
        )
        for channel, purpose in by_channel.items()
        if purpose != usual
    ]
    if others:
        rest = _("{channel}: {purpose}")
        others.append(rest.format(channel=_("all else"), purpose=names.get(usual, _("private"))))
        begin = _("To begin with, time counts like this. {list}.").format(list="; ".join(others))
    elif usual == PRIVATE:
        begin = _("To begin with, all time counts as private.")
    else:
        begin = _("To begin with, all time counts for “{purpose}”.").format(purpose=names[usual])
    if not policy.purposes:
        return (begin,)
    return begin, _("Is it for something else? Say so in the icon's menu, with one click.")
