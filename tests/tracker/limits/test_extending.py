import pytest

from tests.tracker.limits.making import (
    FRIDAY,
    KARIN,
    MINUTE,
    MONDAY,
    book,
    extension,
    key,
    ladder,
    limit,
    may_extend,
    policy,
)
from tracker.limits.engine import ExtendRefusal, ExtensionOffer, Rules
from tracker.limits.extending import LONGEST_REASON, checked_reason
from tracker.limits.types import Book
from tracker.policy.types import Extend, Limit

TUESDAY = MONDAY.replace(day=24)


def rules(*limits: Limit, extend: Extend | None = Extend(5), steps: str = "80% notify") -> Rules:  # noqa: B008
    return Rules(policy(*limits, ladders=[ladder(steps, extend=extend)]), KARIN)


def after(minutes: float, **more: object) -> Book:
    return book({key(): round(minutes * MINUTE)}, **more)  # type: ignore[arg-type]


HOUR = limit("hour", day=60, shared=True)


@pytest.mark.parametrize(
    ("steps", "minutes", "expected"),
    [
        ("80% notify", 47.999, ExtendRefusal.TOO_EARLY),
        ("80% notify", 48, 5),
        ("-20m notify", 40, 5),
        ("100% ask", 59.999, ExtendRefusal.TOO_EARLY),
        ("100% ask", 60, 5),
        ("+5m ask", 64.999, ExtendRefusal.TOO_EARLY),
        ("+5m ask", 65, 5),
    ],
)
def test_extension_is_given_when_the_first_mark_is_reached(
    steps: str, minutes: float, expected: int | ExtendRefusal
) -> None:
    assert may_extend(rules(HOUR, steps=steps), after(minutes), "hour", None) == expected


def test_extension_waits_for_the_first_mark_again_when_one_was_taken() -> None:
    some = rules(HOUR)

    assert may_extend(some, after(52.9, extensions=[extension("hour")]), "hour", None) == (
        ExtendRefusal.TOO_EARLY
    )
    assert may_extend(some, after(53, extensions=[extension("hour")]), "hour", None) == 5


def test_extension_is_given_from_the_limit_when_the_ladder_has_no_steps() -> None:
    some = Rules(policy(HOUR, ladders=[ladder(extend=Extend(5))]), KARIN)

    assert may_extend(some, after(59), "hour", None) is ExtendRefusal.TOO_EARLY
    assert may_extend(some, after(60), "hour", None) == 5


def test_extension_is_given_when_nothing_is_allowed() -> None:
    some = rules(limit("none", day=0, shared=True))

    assert may_extend(some, after(0.1), "none", None) == 5
    extended = after(0.1, extensions=[extension("none")])
    assert may_extend(some, extended, "none", None) is ExtendRefusal.TOO_EARLY


@pytest.mark.parametrize(
    ("extend", "days", "expected"),
    [
        (Extend(5, per_day=2), [FRIDAY], 5),
        (Extend(5, per_day=2), [FRIDAY, FRIDAY], ExtendRefusal.USED_UP_TODAY),
        (Extend(5, per_day=2), [MONDAY, MONDAY], 5),
        (Extend(5, per_week=2), [MONDAY], 5),
        (Extend(5, per_week=2), [MONDAY, TUESDAY], ExtendRefusal.USED_UP_THIS_WEEK),
        (Extend(5, per_day=1, per_week=1), [FRIDAY], ExtendRefusal.USED_UP_TODAY),
        (Extend(5, per_day=0), [], ExtendRefusal.USED_UP_TODAY),
        (Extend(7), [MONDAY, FRIDAY, FRIDAY], 7),
    ],
)
def test_extensions_are_counted_when_the_ladder_bounds_them(
    extend: Extend, days: list[object], expected: int | ExtendRefusal
) -> None:
    extensions = [
        *(extension("hour", day=day) for day in days),  # type: ignore[arg-type]
        extension("other", day=FRIDAY),
        extension("hour", "linkedin", day=FRIDAY),
    ]
    full = book({key(): 100 * MINUTE}, day=FRIDAY, extensions=extensions)

    assert may_extend(rules(HOUR, extend=extend), full, "hour", None) == expected


def test_each_channel_is_extended_by_itself_when_it_has_its_own() -> None:
    some = rules(limit("own", day=60, channels="linkedin x"), extend=Extend(5, per_day=1))
    full = after(60, extensions=[extension("own", "x")])

    assert may_extend(some, full, "own", "linkedin") == 5
    assert may_extend(some, full, "own", "x") is ExtendRefusal.TOO_EARLY
    assert may_extend(some, full, "own", None) is ExtendRefusal.CHANNEL_NEEDED
    assert may_extend(some, full, "own", "youtube") is ExtendRefusal.NO_SUCH_CHANNEL


@pytest.mark.parametrize(
    ("refused", "name", "channel", "why"),
    [
        (HOUR, "day", None, ExtendRefusal.NO_SUCH_LIMIT),
        (limit("hr", day=0, groups="hr"), "hr", "x", ExtendRefusal.NO_SUCH_LIMIT),
        (HOUR, "hour", "linkedin", ExtendRefusal.NO_SUCH_CHANNEL),
        (limit("any", unlimited=True, shared=True), "any", None, ExtendRefusal.NOT_EXTENDABLE),
        (limit("week", week=0, shared=True), "week", None, ExtendRefusal.NOT_EXTENDABLE),
        (limit("fri", day={4: 0}, shared=True), "fri", None, ExtendRefusal.NOT_EXTENDABLE),
        (
            limit("bare", day=0, shared=True, ladder="no"),
            "bare",
            None,
            ExtendRefusal.NOT_EXTENDABLE,
        ),
    ],
)
def test_extension_is_refused_when_there_is_nothing_to_extend(
    refused: Limit, name: str, channel: str | None, why: ExtendRefusal
) -> None:
    assert may_extend(rules(refused), after(100), name, channel) is why


def test_extension_is_refused_when_the_ladder_gives_none() -> None:
    found = may_extend(rules(HOUR, extend=None), after(100), "hour", None)

    assert found is ExtendRefusal.NOT_EXTENDABLE


@pytest.mark.parametrize(
    ("asked", "given", "kept"),
    [
        ("none", "A customer called", ""),
        ("optional", "", ""),
        ("optional", "  A customer\n called ", "A customer called"),
        ("required", "", ExtendRefusal.REASON_NEEDED),
        ("required", " \t ", ExtendRefusal.REASON_NEEDED),
        ("required", "A customer called", "A customer called"),
        ("required", "x" * LONGEST_REASON, "x" * LONGEST_REASON),
        ("required", "x" * (LONGEST_REASON + 1), ExtendRefusal.REASON_TOO_LONG),
        ("optional", "x" * (LONGEST_REASON + 1), ExtendRefusal.REASON_TOO_LONG),
        ("none", "x" * (LONGEST_REASON + 1), ""),
    ],
)
def test_reason_is_kept_when_the_policy_asks_for_one_and_it_is_one(
    asked: str, given: str, kept: str | ExtendRefusal
) -> None:
    assert checked_reason(ExtensionOffer(5, reason=asked), given) == kept
