"""Steps that stay in the tray while the person presents or is in a call, and come after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import POLICY, Desk
from tests.tracker.quiet.fake_probe import FakeProbe
from tracker import facts
from tracker.notice import LimitNotice
from tracker.policy.types import StepKind
from tracker.quiet.base import Reason
from tracker.service import CHECK

MINUTE = 60
STEPS = POLICY.replace(
    '{ at = "100%", do = "ask" }',
    '{ at = "100%", do = "ask" }, { at = "+1m", do = "overlay" }, { at = "+3m", do = "minimise" }',
)
"""An allowance of ten minutes: notify at 8, ask at 10, overlay at 11, minimise at 13."""

CHECK_S = CHECK.total_seconds()
A_CHECK_LATER = CHECK_S + 0.5
LINKEDIN = "linkedin"


@pytest.fixture
def probe() -> FakeProbe:
    return FakeProbe()


@pytest.fixture
def desk(tmp_path: Path, probe: FakeProbe) -> Desk:
    policy = STEPS.replace('id = "linkedin"', 'id = "linkedin"\nmatch = [{ app = "linkedin" }]')
    desk = Desk(tmp_path, policy, quiet=probe).start()
    desk.front(LINKEDIN)
    return desk


def taken(desk: Desk) -> list[StepKind]:
    return [notice.step.do for notice in desk.notices if isinstance(notice, LimitNotice)]


def waiting(desk: Desk) -> list[StepKind]:
    return [notice.step.do for notice in desk.service.waiting()]


def held(desk: Desk) -> list[StepKind]:
    return [notice.step.do for notice in desk.service.held()]


def test_step_is_taken_at_once_when_nothing_stands_against_it(desk: Desk, probe: FakeProbe) -> None:
    desk.wait(8 * MINUTE)
    assert taken(desk) == [StepKind.NOTIFY]
    assert probe.asked == [LINKEDIN]
    assert waiting(desk) == []


def test_nothing_is_asked_when_no_step_is_due(desk: Desk, probe: FakeProbe) -> None:
    probe.reasons = frozenset({Reason.CALL})
    desk.wait(7 * MINUTE)
    assert probe.asked == []
    assert desk.service.status().quiet == frozenset()


@pytest.mark.parametrize("reason", Reason)
def test_step_stays_in_the_tray_when_it_is_quiet(
    desk: Desk, probe: FakeProbe, reason: Reason
) -> None:
    probe.reasons = frozenset({reason})
    changes = desk.changes
    desk.wait(8 * MINUTE)
    assert taken(desk) == []
    assert waiting(desk) == [StepKind.NOTIFY]
    assert desk.service.status().quiet == {reason}
    assert desk.changes > changes
    asked = len(probe.asked)
    desk.wait(10 * CHECK_S)
    assert len(probe.asked) - asked == 10


def test_waiting_step_comes_when_the_call_is_over(desk: Desk, probe: FakeProbe) -> None:
    probe.reasons = frozenset({Reason.CALL})
    desk.wait(9 * MINUTE)
    probe.reasons = frozenset()
    changes = desk.changes
    desk.wait(A_CHECK_LATER)
    assert taken(desk) == [StepKind.NOTIFY]
    assert waiting(desk) == []
    assert desk.service.status().quiet == frozenset()
    assert desk.changes > changes
    asked = len(probe.asked)
    desk.wait(50)
    assert len(probe.asked) == asked
    assert taken(desk) == [StepKind.NOTIFY]


def test_only_the_latest_of_the_steps_comes_when_several_waited(
    desk: Desk, probe: FakeProbe
) -> None:
    probe.reasons = frozenset({Reason.PRESENTING})
    desk.wait(10.5 * MINUTE)
    assert waiting(desk) == [StepKind.ASK]
    probe.reasons = frozenset()
    desk.wait(A_CHECK_LATER)
    assert taken(desk) == [StepKind.ASK]


def test_no_step_comes_when_the_channel_was_left_in_the_call(desk: Desk, probe: FakeProbe) -> None:
    probe.reasons = frozenset({Reason.CALL})
    desk.wait(9 * MINUTE)
    desk.front("libreoffice")
    probe.reasons = frozenset()
    desk.wait(20 * MINUTE)
    assert taken(desk) == []
    assert waiting(desk) == []
    assert desk.service.status().quiet == frozenset()
    desk.front(LINKEDIN)
    desk.wait(1)
    assert taken(desk) == [StepKind.NOTIFY]


def test_step_comes_once_a_day_when_the_program_started_anew_in_a_call(
    desk: Desk, probe: FakeProbe
) -> None:
    probe.reasons = frozenset({Reason.CALL})
    desk.wait(9 * MINUTE)
    desk.service.stop()
    desk.open()
    desk.start()
    desk.front(LINKEDIN)
    desk.wait(1)
    assert waiting(desk) == [StepKind.NOTIFY]
    probe.reasons = frozenset()
    desk.wait(30)
    assert taken(desk) == [StepKind.NOTIFY]


def test_step_is_late_but_taken_when_the_answer_takes_its_time(
    desk: Desk, probe: FakeProbe
) -> None:
    probe.patient = True
    desk.wait(8 * MINUTE)
    assert taken(desk) == []
    assert waiting(desk) == []
    desk.wait(0.5)
    probe.answer()
    desk.loop.settle()
    (notice,) = desk.notices
    assert isinstance(notice, LimitNotice)
    assert notice.step.standing.used_ms == (8 * MINUTE + 0.5) * 1000


def test_step_is_not_taken_when_the_channel_was_left_before_the_answer(
    desk: Desk, probe: FakeProbe
) -> None:
    probe.patient = True
    desk.wait(8 * MINUTE)
    desk.front("libreoffice")
    probe.answer()
    desk.wait(60)
    assert taken(desk) == []


@pytest.mark.parametrize(
    ("minutes", "step"),
    [(10.5, StepKind.ASK), (11.5, StepKind.OVERLAY), (13.5, StepKind.MINIMISE)],
)
def test_what_is_on_the_screen_goes_when_a_call_begins(
    desk: Desk, probe: FakeProbe, minutes: float, step: StepKind
) -> None:
    desk.wait(minutes * MINUTE)
    assert step in held(desk)
    probe.reasons = frozenset({Reason.CALL})
    changes = desk.changes
    desk.wait(A_CHECK_LATER)
    assert held(desk) == []
    assert desk.service.status().quiet == {Reason.CALL}
    assert desk.changes > changes
    probe.reasons = frozenset()
    desk.wait(A_CHECK_LATER)
    assert step in held(desk)


def test_notice_that_the_person_wants_earlier_waits_too_when_it_is_quiet(
    desk: Desk, probe: FakeProbe
) -> None:
    desk.earlier_min = 2
    probe.reasons = frozenset({Reason.CALL})
    desk.wait(7 * MINUTE)
    assert desk.notices == []
    assert len(desk.service.waiting()) == 1
    probe.reasons = frozenset()
    desk.wait(A_CHECK_LATER)
    assert taken(desk) == [StepKind.NOTIFY]


@pytest.mark.parametrize("reason", [None, Reason.CALL])
@pytest.mark.parametrize(
    ("minutes", "step"),
    [(10, StepKind.ASK), (11, StepKind.OVERLAY), (13, StepKind.MINIMISE)],
)
def test_nothing_acts_when_the_time_is_taken_back_as_idle(
    desk: Desk, probe: FakeProbe, minutes: int, step: StepKind, reason: Reason | None
) -> None:
    """Input stopped 15 s before the mark; 40 s after it the watcher says so."""
    desk.wait(minutes * MINUTE - 15)
    before = taken(desk)
    assert step not in before
    since = desk.clock.now()
    probe.reasons = frozenset({reason} if reason else ())
    for _ in range(5):
        desk.watcher.idle = int((desk.clock.now() - since).total_seconds() * 1000)
        desk.wait(1)
    # From here on every look of the service finds the input older than 10 s.
    desk.watcher.idle = 11_000
    desk.wait(50)
    assert taken(desk) == before
    assert step not in held(desk)
    desk.watcher.tell(facts.Idle(desk.clock.now(), since))
    desk.wait(5 * MINUTE)
    assert taken(desk) == before
    assert desk.used()[LINKEDIN] == (minutes * MINUTE - 15) * 1000
    probe.reasons = frozenset()
    desk.watcher.idle = 0
    desk.watcher.tell(facts.Active(desk.clock.now()))
    desk.wait(10)
    assert step not in taken(desk)[len(before) :]
    desk.wait(10)
    assert step in taken(desk)[len(before) :]
