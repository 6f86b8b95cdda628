"""What holds of due steps and crossings under any policy, at any point of a day."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.limits.making import AT, KARIN, MONDAY, may_extend
from tests.tracker.limits.random_weeks import random_key, random_policy
from tracker.limits.engine import Rules, due, next_crossing, standings, taken
from tracker.limits.types import Book
from tracker.model import TotalKey
from tracker.policy.types import StepKind
from tracker.storage.base import Extension

HOUR = 3_600_000
seeds = st.integers(0, 2**32)


def random_moment(random: Random) -> tuple[Rules, Book, TotalKey]:
    rules = Rules(random_policy(random), KARIN)
    limits = [each.limit for each in rules.takers]
    extensions = []
    for _ in range(random.randint(0, 2) if limits else 0):
        extended = random.choice(limits)
        channel = None if extended.shared else "x"
        extensions.append(Extension(MONDAY, extended.id, channel, AT, random.randint(1, 5)))
    key = random_key(random)
    totals = {random_key(random): random.randint(0, HOUR // 10) for _ in range(4)}
    lifted = random.sample([each.id for each in limits], min(len(limits), random.randint(0, 1)))
    book = Book(MONDAY, {**totals, key: 0}, totals, tuple(extensions), (), frozenset(lifted))
    return rules, go_on(book, key, random.randint(0, HOUR // 4)), key


def go_on(book: Book, key: TotalKey, ms: int) -> Book:
    return Book(
        book.day,
        {**book.totals, key: book.totals.get(key, 0) + ms},
        {**book.week_totals, key: book.week_totals.get(key, 0) + ms},
        book.extensions,
        book.taken,
        book.lifted,
    )


def take_all(rules: Rules, book: Book, key: TotalKey) -> Book:
    records = tuple(taken(step, book, AT) for step in due(rules, book, key))
    return Book(
        book.day,
        book.totals,
        book.week_totals,
        book.extensions,
        (*book.taken, *records),
        book.lifted,
    )


def outlook(rules: Rules, book: Book, key: TotalKey) -> object:
    levels = [
        (each.limit, each.channel, each.period, each.level) for each in standings(rules, book)
    ]
    steps = [
        (each.standing.limit, each.standing.period, each.mark, each.do)
        for each in due(rules, book, key)
    ]
    return levels, steps


@given(seeds)
def test_nothing_changes_before_the_next_crossing_when_time_goes_on(seed: int) -> None:
    random = Random(seed)
    rules, book, key = random_moment(random)
    if random.random() < 0.7:
        book = take_all(rules, book, key)
    before = outlook(rules, book, key)

    crossing = next_crossing(rules, book, key)

    if crossing is None:
        assert outlook(rules, go_on(book, key, 100 * HOUR), key) == before
        return
    assert crossing > 0
    probe = random.randrange(crossing)
    assert outlook(rules, go_on(book, key, probe), key) == before
    assert outlook(rules, go_on(book, key, crossing - 1), key) == before
    assert outlook(rules, go_on(book, key, crossing), key) != before


@given(seeds)
def test_only_what_holds_is_due_again_when_all_was_taken(seed: int) -> None:
    rules, book, key = random_moment(Random(seed))
    held = [step for step in due(rules, book, key) if step.do in {"overlay", "minimise"}]

    again = due(rules, take_all(rules, book, key), key)

    assert list(again) == held


@given(seeds)
def test_nothing_comes_twice_when_time_is_taken_back_and_spent_again(seed: int) -> None:
    random = Random(seed)
    rules, book, key = random_moment(random)
    later = take_all(rules, go_on(book, key, random.randint(0, HOUR // 6)), key)

    again = Book(book.day, book.totals, book.week_totals, book.extensions, later.taken, book.lifted)

    once = {StepKind.NOTIFY, StepKind.ASK}
    given_later = {(each.period, each.limit, each.channel) for each in later.taken}
    for step in due(rules, again, key):
        record = taken(step, again, AT)
        assert (
            step.do not in once or (record.period, record.limit, record.channel) not in given_later
        )


@given(seeds)
def test_more_is_left_when_an_extension_is_given(seed: int) -> None:
    random = Random(seed)
    rules, book, _ = random_moment(random)

    for standing in standings(rules, book):
        minutes = may_extend(rules, book, standing.limit, standing.channel)
        if not isinstance(minutes, int) or standing.period.value == "week":
            continue
        more = Extension(MONDAY, standing.limit, standing.channel, AT, minutes)
        extended = Book(book.day, book.totals, book.week_totals, (*book.extensions, more))
        (after,) = [
            each
            for each in standings(rules, extended)
            if (each.limit, each.channel, each.period)
            == (standing.limit, standing.channel, standing.period)
        ]
        assert standing.left_ms is not None
        assert after.left_ms == standing.left_ms + minutes * 60_000
