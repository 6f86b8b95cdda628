"""Past days are judged under another policy beside the measuring."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from tools.made_up_desk import MadeUpDesk
from tracker import comparing
from tracker.comparing import PastTrial
from tracker.errors import ErrorCode
from tracker.limits.types import Level
from tracker.reports.what_if_plan import LimitChange, WhatIfPlan, WhatIfProgress

FIRST, LAST = date(2026, 10, 26), date(2026, 11, 22)


@pytest.fixture(scope="module")
def desk() -> Iterator[MadeUpDesk]:
    made = MadeUpDesk()
    yield made
    made.service.stop()


def run(desk: MadeUpDesk, plan: WhatIfPlan) -> list[WhatIfProgress]:
    told: list[WhatIfProgress] = []
    threads: set[threading.Thread] = set()

    def tell(progress: WhatIfProgress) -> None:
        told.append(progress)
        threads.add(threading.current_thread())

    trial = desk.service.what_if(plan, tell)
    assert isinstance(trial, PastTrial)
    trial.join()
    desk.loop.settle()
    assert threads == {threading.main_thread()}
    return told


def filled(end: WhatIfProgress) -> tuple[int, int]:
    assert end.answer is not None
    days = end.answer[1].days
    reached = {Level.REACHED, Level.OVER}
    return (
        sum(any(row.level in reached and row.used_ms for row in each.then.limits) for each in days),
        sum(
            any(row.level in reached and row.used_ms for row in each.would_be.limits)
            for each in days
        ),
    )


def test_nothing_differs_under_the_present_policy(desk: MadeUpDesk) -> None:
    (end,) = run(desk, WhatIfPlan(FIRST, LAST))
    assert end.done
    assert end.days == end.of_days == 20
    was, would_be = filled(end)
    assert was == would_be


def test_more_days_are_reached_when_a_limit_is_lower(
    desk: MadeUpDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "EACH_DAYS", 5)
    change = LimitChange("arbete", day=20)
    told = run(desk, WhatIfPlan(FIRST, LAST, change=change))
    assert [each.days for each in told] == [5, 10, 15, 20]
    assert [each.done for each in told] == [False] * 3 + [True]
    was, would_be = filled(told[-1])
    assert would_be > was


def test_another_file_is_judged_by(desk: MadeUpDesk) -> None:
    file = Path(str(resources.files("resources") / "policies" / "harrow.toml"))
    (end,) = run(desk, WhatIfPlan(FIRST, LAST, file))
    assert end.answer is not None
    assert end.answer[1].policy.id == "harrow"


def test_errors_of_the_file_are_told(desk: MadeUpDesk, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("schema = 1\n[policy]\n", encoding="utf-8")
    (end,) = run(desk, WhatIfPlan(FIRST, LAST, file))
    assert end.refused is not None
    assert {problem.key for problem in end.refused.errors} >= {"policy.id", "policy.title"}


def test_a_file_that_is_not_there_is_an_error(desk: MadeUpDesk, tmp_path: Path) -> None:
    (end,) = run(desk, WhatIfPlan(FIRST, LAST, tmp_path / "none.toml"))
    assert end.error is not None
    assert end.error.code is ErrorCode.POLICY_UNREADABLE


def test_nothing_is_told_when_it_is_called_off_or_another_is_asked_for(desk: MadeUpDesk) -> None:
    told: list[WhatIfProgress] = []
    desk.service.what_if(WhatIfPlan(FIRST, LAST), told.append)
    desk.service.what_if(WhatIfPlan(FIRST, LAST), told.append).cancel()
    desk.service.cancel_what_if()
    desk.loop.settle()
    assert told == []
    assert len(run(desk, WhatIfPlan(FIRST, LAST))) == 1


def test_nothing_is_told_when_it_is_called_off_after_its_end(desk: MadeUpDesk) -> None:
    told: list[WhatIfProgress] = []
    trial = desk.service.what_if(WhatIfPlan(FIRST, LAST), told.append)
    assert isinstance(trial, PastTrial)
    trial.join()
    trial.cancel()
    desk.loop.settle()
    assert told == []


def test_a_bug_is_told_and_logged(
    desk: MadeUpDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(comparing, "read_past", fail)
    (end,) = run(desk, WhatIfPlan(FIRST, LAST))
    assert end.error is not None
    assert end.error.code is ErrorCode.INTERNAL
    assert "judging past days failed" in caplog.text
    caplog.clear()
