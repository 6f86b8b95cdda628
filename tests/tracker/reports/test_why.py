"""Any moment is explained: from memory while it reaches back, then from what is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.desk import HOURS, MONDAY, POLICY, TODAY, Desk
from tracker import facts
from tracker.errors import ErrorCode, OutsideError
from tracker.limits.types import Period
from tracker.model import Source, StateKind, Window
from tracker.reports.why import Kept, Origin, Why
from tracker.storage.base import Batch

SECOND = 1000
MORE = """
[[purpose]]
id = "brand"
name = { en = "Build the brand" }
[[limit]]
id = "each"
purposes = ["brand"]
day = 60
[[limit]]
id = "weekly"
purposes = ["*"]
shared = true
week = 240
"""
SECRET = "Zq7 LinkedIn planted secret"


def after(seconds: float) -> datetime:
    return MONDAY + timedelta(seconds=seconds)


def desk(folder: Path, policy: str = POLICY + MORE) -> Desk:
    return Desk(folder, policy).start()


def stood(why: Why) -> list[tuple[str, str | None, Period, int]]:
    return [(each.limit, each.channel, each.period, each.used_ms) for each in why.standings]


def test_rule_purpose_and_limits_are_told_when_a_channel_counted(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(30)
    at.service.choose_purpose("brand", "linkedin")
    at.wait(5)
    at.front("firefox", f"{SECRET} | LinkedIn — Mozilla Firefox")
    at.wait(40)
    at.front("gedit")
    at.wait(60)
    first = at.service.why(after(10))
    assert first.kept is Kept.MEMORY
    assert first.state is not None
    assert (first.state.channel, first.state.purpose) == ("discord", "private")
    assert first.verdict is not None
    assert (first.verdict.via, first.verdict.rule) == ("app", "app Discord")
    assert first.purposed is not None
    assert first.purposed.origin is Origin.DEFAULT
    assert stood(first) == [
        ("private", None, Period.DAY, 10 * SECOND),
        ("weekly", None, Period.WEEK, 10 * SECOND),
    ]
    then = at.service.why(after(45))
    assert then.state is not None
    assert (then.state.source, then.state.certain) == (Source.TITLE, False)
    assert then.verdict is not None
    assert then.verdict.via == "title"
    assert then.purposed is not None
    assert (then.purposed.origin, then.purposed.chosen_at) == (Origin.CHOSEN, after(30))
    assert stood(then) == [
        ("each", "linkedin", Period.DAY, 10 * SECOND),
        ("weekly", None, Period.WEEK, 45 * SECOND),
    ]
    assert (then.policy.id, then.policy.version) == ("test", "1")
    assert SECRET not in repr((first, then))
    assert at.service.why().at == after(135)


def test_standings_are_todays_when_the_present_is_asked_for(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(590)
    at.service.extend("private")
    at.wait(33)
    why = at.service.why()
    today = {each.limit: each for each in at.service.today().limits}
    assert why.standings[0] == today["private"]
    assert why.standings[0].extended_ms == 300 * SECOND
    assert at.service.why(after(580)).standings[0].extended_ms == 0


@pytest.mark.parametrize(
    ("what", "kind", "reason", "judged"),
    [
        (lambda d: d.front(None), StateKind.OTHER, "nothing_in_front", False),
        (lambda d: d.front("gedit"), StateKind.OTHER, "no_channel", True),
        (lambda d: d.front("kanaltid"), StateKind.OTHER, "own_window", False),
        (
            lambda d: d.front("firefox", "LinkedIn — Mozilla Firefox Private Browsing"),
            StateKind.OTHER, "private_window", True,
        ),
        (lambda d: d.watcher.tell(facts.Lock(d.clock.now())), StateKind.LOCKED, "", False),
        (lambda d: d.watcher.tell(facts.Sleep(d.clock.now())), StateKind.ASLEEP, "", False),
        (lambda d: d.service.pause(), StateKind.PAUSED, "", False),
        (
            lambda d: d.watcher.tell(facts.Idle(d.clock.now(), d.clock.now())),
            StateKind.IDLE, "", True,
        ),
        (
            lambda d: d.watcher.tell(facts.Blind(d.clock.now(), "display_lost")),
            StateKind.NOT_MEASURED, "display_lost", False,
        ),
        (lambda d: d.stand_still(60), StateKind.NOT_MEASURED, "stall", False),
        (lambda d: d.time.suspend(60 * SECOND), StateKind.ASLEEP, "", False),
    ],
)  # fmt: skip
def test_reason_is_told_when_nothing_counted(
    tmp_path: Path, what: object, kind: StateKind, reason: str, judged: bool
) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(20)
    what(at)  # type: ignore[operator]
    at.wait(2)
    why = at.service.why(after(21))
    assert why.state is not None
    assert (why.state.kind, why.state.reason) == (kind, reason)
    assert (why.verdict is not None) is judged
    assert (why.purposed, why.standings) == (None, ())


def test_audible_video_is_the_reason_when_it_counts_while_idle(tmp_path: Path) -> None:
    at = desk(tmp_path)
    now = at.clock.now()
    at.watcher.tell(facts.Tab(now, "firefox", "https://www.linkedin.com/feed", audible=True))
    at.front("firefox", "LinkedIn — Mozilla Firefox")
    at.wait(10)
    at.watcher.tell(facts.Idle(at.clock.now(), at.clock.now()))
    at.wait(10)
    why = at.service.why()
    assert why.state is not None
    assert (why.state.kind, why.state.reason) == (StateKind.CHANNEL, "audible")
    assert why.verdict is not None
    assert why.verdict.rule == "host linkedin.com"


def test_break_and_end_of_hours_are_told_when_they_were(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + MORE.replace("week = 240", 'week = 240\nwindow = "work"') + HOURS)
    at.front("discord")
    at.service.choose_purpose("brand")
    at.wait(10 * 3600)
    noon = at.service.why(after(4.5 * 3600 - 3600))
    assert noon.state is not None
    assert (noon.state.kind, noon.state.window) == (StateKind.CHANNEL, Window.BREAKS)
    assert stood(noon)[0][0] == "each"
    evening = at.service.why()
    assert evening.state is not None
    assert (evening.state.kind, evening.state.within_hours) == (StateKind.OFF_HOURS, False)
    assert evening.verdict is None


def test_policy_of_the_moment_is_told_when_another_judges_the_day(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(30)
    changed = (POLICY + MORE).replace('version = "1"', 'version = "2"').replace(
        'purposes = ["private"]', 'channels = ["linkedin"]'
    )  # fmt: skip
    at.policy_file.write_text(changed, "utf-8")
    at.wait(30)
    why = at.service.why(after(10))
    assert why.policy_then is not None
    assert (why.policy_then.version, why.policy.version) == ("1", "2")
    assert [each.limit for each in why.standings] == ["weekly"]


def test_row_answers_when_the_program_was_started_anew(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.choose_purpose("brand", "discord")
    at.front("discord")
    at.wait(30)
    at.service.pause()
    at.wait(30)
    at.service.resume()
    at.front("gedit")
    at.wait(30)
    at.service.stop()
    at.wait(30)
    at.open()
    at.start()
    span = at.service.why(after(10))
    assert span.kept is Kept.SPAN
    assert (span.verdict, span.policy_then) == (None, None)
    assert span.purposed is not None
    assert (span.purposed.origin, span.purposed.chosen_at) == (Origin.CHOSEN, MONDAY)
    assert stood(span)[0] == ("each", "discord", Period.DAY, 10 * SECOND)
    paused = at.service.why(after(45))
    assert (paused.kept, paused.state and paused.state.kind) == (Kept.GAP, StateKind.PAUSED)
    stopped = at.service.why(after(100))
    assert (stopped.kept, stopped.state and stopped.state.kind) == (
        Kept.GAP, StateKind.NOT_MEASURED,
    )  # fmt: skip
    nothing = at.service.why(after(75))
    assert (nothing.kept, nothing.state, nothing.standings) == (Kept.NOTHING, None, ())


def test_choice_of_the_moment_is_told_when_another_followed(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(10)
    at.service.choose_purpose("brand", "discord")
    at.wait(20)
    at.service.choose_purpose("private", "discord")
    at.wait(20)
    for started_anew in (False, True):
        if started_anew:
            at.service.stop()
            at.open()
        found = [at.service.why(after(second)).purposed for second in (5, 20, 40)]
        assert [each and (each.purpose, each.origin, each.chosen_at) for each in found] == [
            ("private", Origin.DEFAULT, None),
            ("brand", Origin.CHOSEN, after(10)),
            ("private", Origin.CHOSEN, after(30)),
        ]


def test_default_is_the_origin_when_a_stored_choice_lapsed_or_is_missing(tmp_path: Path) -> None:
    policy = POLICY + MORE.replace('name = { en = "Build the brand" }',
        'name = { en = "Build the brand" }\nreset_after = 1')  # fmt: skip
    at = desk(tmp_path, policy)
    at.service.choose_purpose("brand", "discord")
    at.front("gedit")
    at.wait(90)
    at.front("discord")
    at.wait(30)
    at.service.stop()
    at.open()
    why = at.service.why(after(100))
    assert why.purposed is not None
    assert (why.purposed.purpose, why.purposed.origin) == ("private", Origin.DEFAULT)


def test_correction_is_the_origin_when_the_person_corrected_the_row(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(30)
    at.service.stop()
    (span,) = at.storage.spans(TODAY, TODAY)
    corrected = replace(span, purpose="brand", corrected=True)
    at.storage.write(Batch(rows={span.seq: corrected}, days={TODAY}))
    at.open()
    why = at.service.why(after(10))
    assert why.purposed is not None
    assert (why.purposed.purpose, why.purposed.origin) == ("brand", Origin.CORRECTED)
    assert why.corrected


def test_memory_reaches_to_yesterday_when_days_have_passed(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(60)
    at.front("gedit")
    at.wait(3 * 86_400)
    assert at.service.why(after(30)).kept is Kept.SPAN
    assert at.service.why(after(90)).kept is Kept.NOTHING
    assert at.service.why(after(2 * 86_400)).kept is Kept.MEMORY


def test_moment_is_refused_when_it_has_not_come(tmp_path: Path) -> None:
    at = desk(tmp_path)
    with pytest.raises(OutsideError) as refused:
        at.service.why(after(1))
    assert refused.value.code is ErrorCode.BAD_TIME
    assert refused.value.fields["reason"] == "future"
