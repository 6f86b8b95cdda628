"""``crisis``: the plan and what is open, with and without a running app."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desk import POLICY, Desk
from tests.tracker.cli.conftest import Shell
from tests.tracker.test_crisis import CRISES, LINK
from tracker.crisis import OpenCrisis
from tracker.errors import ErrorCode
from tracker.lock import ProcessLock

PLAN = """\
  criticism  A customer complains
  storm  The press calls
"""


@pytest.fixture(params=[True, False], ids=["running", "stopped"])
def desk(
    request: pytest.FixtureRequest,
    make_desk: Callable[..., Desk],
    answer_from: Callable[[Desk], list[str]],
) -> Desk:
    made = make_desk(POLICY + CRISES)
    if request.param:
        made.wait(3600)  # so that both are at the same time
        answer_from(made)
    else:
        made.service.stop()
    return made


@pytest.mark.usefixtures("desk")
def test_plan_is_listed_when_nothing_is_open(shell: Shell) -> None:
    assert shell("crisis").out == PLAN
    assert shell("crisis", "--json").json == {
        "levels": [
            {"id": "criticism", "trigger": {"en": "A customer complains"}},
            {"id": "storm", "trigger": {"en": "The press calls"}},
        ],
        "open": None,
    }


@pytest.mark.usefixtures("desk")
def test_level_is_opened_worked_through_and_closed(shell: Shell) -> None:
    said = shell("crisis", "criticism", "--link", LINK)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "* criticism  A customer complains",
        "  storm  The press calls",
        "",
        "Open since 23 November 2026 10:00",
        f"It is about: {LINK}",
        "  [ ] 0  Give the first reply. (by 23 November 2026 10:30)",
        "  [ ] 1  Delete nothing.",
        "  [ ] 2  Answer. (by 23 November 2026 11:00)",
    ]
    shell("crisis", "--done", "0")
    lines = shell("crisis", "--done", "2").out.splitlines()
    assert lines[-3:] == [
        "  [x] 0  Give the first reply.",
        "  [ ] 1  Delete nothing.",
        "  [x] 2  Answer.",
    ]
    assert shell("crisis", "--json").json["open"] == {
        "level": "criticism",
        "opened": "2026-11-23T10:00:00.000+01:00",
        "link": LINK,
        "steps": [
            {"number": 0, "text": {}, "by": "2026-11-23T10:30:00.000+01:00", "done": True},
            {"number": 1, "text": {"en": "Delete nothing."}, "by": None, "done": False},
            {
                "number": 2,
                "text": {"en": "Answer."},
                "by": "2026-11-23T11:00:00.000+01:00",
                "done": True,
            },
        ],
    }
    assert shell("crisis", "--close").out == PLAN
    assert shell("crisis", "--close").code == 0


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("flood",), "The policy's crisis plan has no level “flood”."),
        (("--done", "1"), "There is nothing to work on or to evaluate."),
        (("storm", "--done", "2"), "The level “storm” of the crisis plan has no step 2."),
        (("storm", "--done", "0"), "The level “storm” of the crisis plan has no step 0."),
    ],
)
def test_what_the_plan_does_not_have_is_refused(
    shell: Shell, arguments: tuple[str, ...], says: str
) -> None:
    said = shell("crisis", *arguments)
    assert said.code == 1
    assert says in said.err


@pytest.mark.parametrize(
    "arguments",
    [("storm", "--close"), ("--close", "--done", "1"), ("--link", LINK), ("--done", "-1")],
)
def test_usage_is_told_when_the_wishes_do_not_go_together(
    shell: Shell, arguments: tuple[str, ...]
) -> None:
    assert shell("crisis", *arguments).code == 2


def test_level_holds_for_the_app_when_it_was_opened_while_it_did_not_run(
    shell: Shell, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk(POLICY + CRISES)
    desk.service.stop()
    assert shell("crisis", "storm").code == 0
    desk.open()
    desk.start()
    assert desk.service.crisis() == OpenCrisis("storm", shell.now)


def test_nothing_is_written_when_nothing_was_ever_measured(shell: Shell) -> None:
    said = shell("crisis", "criticism")
    assert said.code == 1
    assert not shell.paths.data.exists()
    assert "criticism" in shell("crisis").out  # the starter's plan can be read


def test_store_is_left_alone_when_another_process_measures(
    shell: Shell, make_desk: Callable[..., Desk]
) -> None:
    make_desk(POLICY + CRISES).service.stop()
    lock = ProcessLock(shell.paths.lock)
    try:
        assert shell("crisis", "storm").code == 1
    finally:
        lock.release()
    assert shell("crisis", "--json").json["open"] is None


def test_plan_is_said_to_be_missing_when_the_policy_has_none(
    shell: Shell, make_desk: Callable[..., Desk]
) -> None:
    make_desk(POLICY).service.stop()
    assert shell("crisis").out == "The policy has no crisis plan.\n"


@pytest.mark.parametrize(
    "wish",
    [{"level": 5}, {"level": "x" * 201}, {"level": "storm", "link": "x" * 2001},
     {"done": "1"}, {"done": True}, {"done": 1.0}],
)  # fmt: skip
def test_request_is_refused_when_it_is_malformed(
    shell: Shell,
    make_desk: Callable[..., Desk],
    answer_from: Callable[[Desk], list[str]],
    wish: dict[str, object],
) -> None:
    from tracker.cli.context import Context
    from tracker.errors import OutsideError

    desk = make_desk(POLICY + CRISES)
    answer_from(desk)
    context = Context({"KANALTID_HOME": str(shell.paths.data.parent)})
    with pytest.raises(OutsideError) as refused:
        context.ask("crisis", **wish)
    assert refused.value.code is ErrorCode.CONTROL_REFUSED
    assert desk.service.crisis() is None
