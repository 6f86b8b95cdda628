"""A day's report in words and order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made_up import MINUTE_MS, made_up_policy, made_up_report, made_up_standing
from tracker.i18n import Language
from tracker.limits.types import Level, Standing
from tracker.notices.amounts import used_of
from tracker.reports.day import ChannelTime
from ui.day_view import DayView, left_words, near_from_ms, view_day


def day(*limits: Standing, language: str = "en", channels: bool = True) -> DayView:
    changes = {} if channels else {"channels": ()}
    return view_day(made_up_report(limits=limits, **changes), made_up_policy(), Language(language))


NEAR = made_up_standing()
PRIVATE = made_up_standing("privat", 3, 15, Level.OK, None)
FORBIDDEN = made_up_standing("privat", 0, 0, Level.REACHED, None)
UNLIMITED = made_up_standing("rast", 100, None, Level.OK, None)


def test_headline_is_the_limit_of_which_least_is_left() -> None:
    headline = day(PRIVATE, UNLIMITED, NEAR).headline
    assert headline.number == "12 min left"
    both = day(made_up_standing("privat", 14, 15, Level.NEAR, None), NEAR).headline
    assert (both.number, both.words) == (
        "1 min left", "Private during working hours: 14 of 15 min",
    )  # fmt: skip


def test_what_is_not_allowed_is_no_headline_before_it_was_used() -> None:
    assert day(FORBIDDEN, NEAR).headline.number == "12 min left"
    used = made_up_standing("privat", 0.5, 0, Level.REACHED, None)
    assert day(used, NEAR).headline.number == "Used up"


def test_headline_is_the_days_sum_when_nothing_is_limited() -> None:
    headline = day(UNLIMITED).headline
    assert (headline.number, headline.words) == (
        "1 h 42 min",
        "in the policy's channels today",
    )


def test_headline_says_so_when_there_is_nothing_yet() -> None:
    assert day(channels=False).headline.number == "Nothing yet"


def test_channels_come_most_time_first_and_only_those_with_time() -> None:
    report = made_up_report()
    idle = ChannelTime("instagram", 0, 0, {})
    view = view_day(
        made_up_report(channels=(idle, *reversed(report.channels))),
        made_up_policy(),
        Language("en"),
    )
    assert [channel.channel for channel in view.channels] == [
        "linkedin", "youtube", "x", "branschforum",
    ]  # fmt: skip


def test_limits_are_named_by_channel_name_or_what_they_take() -> None:
    names = [(view.name, view.detail) for view in day(NEAR, PRIVATE, UNLIMITED).limits]
    assert names == [
        ("LinkedIn", "Win leads, Build the brand"),
        ("Private during working hours", ""),
        ("Private in breaks", ""),
    ]


def test_words_are_swedish_when_the_language_is() -> None:
    view = day(NEAR, UNLIMITED, language="sv")
    assert view.title == "Måndag 23 november 2026"
    assert view.headline.number == "12 min kvar"
    assert view.limits[0].used_text == "48 av 60 min"
    assert view.limits[1].name == "Privat på rasten"
    assert view.limits[1].left_text == "ingen gräns"


def test_used_is_told_in_hours_when_there_are_many() -> None:
    english = Language("en")
    assert used_of(english, 48 * MINUTE_MS, 60 * MINUTE_MS) == "48 of 60 min"
    assert used_of(english, 30 * MINUTE_MS, 180 * MINUTE_MS) == "30 min of 3 h 00 min"
    assert used_of(english, 9 * MINUTE_MS, None) == "9 min"


@pytest.mark.parametrize(
    ("left_ms", "allowed_ms", "words"),
    [
        (12 * MINUTE_MS, 15 * MINUTE_MS, "12 min left"),
        (29_000, 15 * MINUTE_MS, "29 s left"),
        (0, 15 * MINUTE_MS, "used up"),
        (-59_999, 15 * MINUTE_MS, "used up"),
        (-60_000, 15 * MINUTE_MS, "1 min over"),
        (0, 0, "not allowed"),
        (None, None, "no limit"),
    ],
)
def test_what_is_left_is_told_in_words(
    left_ms: int | None, allowed_ms: int | None, words: str
) -> None:
    assert left_words(Language("en"), left_ms, allowed_ms) == words


def test_near_begins_where_the_ladder_does_and_an_extension_moves_it() -> None:
    policy = made_up_policy()
    limit = policy.limits[0]
    assert near_from_ms(made_up_standing(), limit, policy) == 48 * MINUTE_MS
    extended = made_up_standing(extended_min=5)
    assert near_from_ms(extended, limit, policy) == 53 * MINUTE_MS
    assert near_from_ms(FORBIDDEN, limit, policy) is None


@given(used_ms=st.integers(0, 120 * MINUTE_MS))
def test_used_and_left_add_up_to_what_is_allowed(used_ms: int) -> None:
    allowed = 60 * MINUTE_MS
    standing = made_up_standing(used_min=used_ms / MINUTE_MS, level=Level.OK)
    (view,) = day(standing).limits
    if view.left_text.endswith("min left") and "h" not in view.left_text:
        used = int(view.used_text.split()[0])
        left = int(view.left_text.split()[0])
        # Half a minute on both sides is rounded up twice.
        assert used + left in (allowed // MINUTE_MS, allowed // MINUTE_MS + 1)


def test_short_allowance_is_told_in_seconds_when_minutes_say_too_little() -> None:
    english = Language("en")
    assert used_of(english, 33_000, MINUTE_MS) == "33 s of 1 min"
    assert used_of(english, 5 * MINUTE_MS, 5 * MINUTE_MS) == "5 of 5 min"


def test_a_limit_says_when_a_crisis_lifted_it() -> None:
    report = made_up_report(lifted=("salj-linkedin",))
    first, second, *_rest = view_day(report, made_up_policy(), Language("en")).limits
    assert first.detail == "Win leads, Build the brand · lifted in a crisis"
    assert "lifted" not in second.detail
