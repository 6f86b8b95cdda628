"""``pause``, ``resume``, ``purpose``, ``extend`` and ``break``, with and without a running app."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.desk import MONDAY, Desk
from tests.tracker.cli.conftest import Shell
from tracker.cli.act import parse_duration
from tracker.errors import ErrorCode, OutsideError
from tracker.lock import ProcessLock


@pytest.mark.parametrize(
    ("text", "minutes"), [("15m", 15), ("1h", 60), ("1h30m", 90), (" 2H ", 120), ("90min", 90)]
)
def test_duration_is_understood_when_it_is_written_as_people_do(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "15", "m", "h", "0m", "0h0m", "-5m", "1.5h", "1m1h", "5x"])
def test_duration_is_refused_when_it_is_none(shell: Shell, text: str) -> None:
    with pytest.raises(OutsideError) as refused:
        parse_duration(text)
    assert refused.value.code is ErrorCode.BAD_DURATION
    if not text.startswith("-"):
        said = shell("pause", text)
        assert said.code == 1
        assert said.err == f"“{text}” is no duration. Write it as 15m, 1h or tomorrow.\n"


@pytest.mark.parametrize(
    ("length", "until", "says"),
    [
        ((), None, "Paused.\n"),
        (("15m",), MONDAY + timedelta(hours=1, minutes=15), "Paused until 10:15\n"),
        (("20h",), MONDAY + timedelta(hours=21), "Paused until 24 November 2026 06:00\n"),
        (
            ("tomorrow",),
            datetime(2026, 11, 24, 3, tzinfo=UTC),
            "Paused until 24 November 2026 04:00\n",
        ),
    ],
)
def test_running_app_pauses_when_told(
    shell: Shell,
    morning: Desk,
    answer_from: Callable[[Desk], list[str]],
    *,
    length: tuple[str, ...],
    until: datetime | None,
    says: str,
) -> None:
    answer_from(morning)
    said = shell("pause", *length)
    assert (said.code, said.out, said.err) == (0, says, "")
    assert morning.service.status().paused
    assert morning.service.status().paused_until == until
    assert shell("resume").out == "Measuring again.\n"
    assert not morning.service.status().paused


def test_pause_holds_at_the_next_start_when_nothing_runs(shell: Shell, morning: Desk) -> None:
    morning.service.stop()
    assert shell("pause", "1h").out == "Paused until 11:00\n"
    morning.open()
    morning.start()
    assert morning.service.status().paused_until == MONDAY + timedelta(hours=2)
    morning.service.stop()
    assert shell("resume").code == 0
    morning.open()
    morning.start()
    assert not morning.service.status().paused


def test_pause_is_refused_when_one_measures_and_does_not_answer(
    shell: Shell, morning: Desk
) -> None:
    lock = ProcessLock(shell.paths.lock)
    said = shell("pause")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Another Kanaltid measures already.")
    lock.release()
    assert morning.service.status().paused is False


def test_purpose_is_chosen_when_the_policy_has_it(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    answer_from(morning)
    assert shell("purpose", "brand").code == 0
    morning.front("discord")
    morning.wait(5)
    discord = shell("today", "--json").json["channels"][1]
    assert discord["purposes"] == {"private": 312.480, "brand": 5}
    assert shell("purpose", "private", "--channel", "discord").code == 0
    morning.wait(2)
    discord = shell("today", "--json").json["channels"][1]
    assert discord["purposes"] == {"private": 314.480, "brand": 5}
    said = shell("purpose", "nonsense")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("The policy has no purpose “nonsense” for you there.")
    said = shell("purpose", "brand", "--channel", "orkut")
    assert said.err.startswith("The policy has no channel “orkut”.")


def test_purpose_ends_by_itself_when_it_is_chosen_until_then(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    answer_from(morning)
    morning.front("discord")
    said = shell("purpose", "brand", "--until", "10:01")
    assert (said.code, said.out, said.err) == (0, "", "")
    seconds = (MONDAY + timedelta(hours=1, minutes=1) - morning.clock.now()).total_seconds()
    morning.wait(seconds + 5)
    discord = shell("today", "--json").json["channels"][1]
    assert discord["purposes"]["brand"] == seconds
    said = shell("purpose", "brand", "--until", "9:59")
    assert (said.code, said.out) == (1, "")
    assert said.err == "“9:59” has passed already. Name a later time of today.\n"
    said = shell("purpose", "brand", "--until", "2026-11-24T10:00")
    assert said.err.startswith("“2026-11-24T10:00” lies beyond this day.")
    assert shell("purpose", "brand", "--until", "soon").err.startswith("“soon” is no time.")


def test_extension_is_taken_when_the_limit_is_near(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    answer_from(morning)
    said = shell("extend", "private")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("There is still plenty left under “private”.")
    morning.front("discord")
    morning.wait(170)
    assert shell("extend", "private").out == "5 more minutes.\n"
    row = shell("today", "--json").json["limits"][0]
    assert (row["extended_s"], row["left_s"]) == (300, 417.520)
    assert shell("extend", "private").code == 1
    assert shell("extend", "each").err.startswith("Under “each” each channel has time of its own.")
    assert shell("extend", "nonsense").err.startswith("You have no limit “nonsense”.")


def test_extension_wants_a_reason_when_the_policy_does(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    text = morning.policy_file.read_text("utf-8")
    morning.policy_file.write_text(text.replace('reason = "none"', 'reason = "required"'), "utf-8")
    answer_from(morning)
    morning.front("discord")
    morning.wait(170)
    said = shell("extend", "private")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "The policy wants a reason for more time under “private”."
        " Say why you need it; on the command line with --reason.\n"
    )
    said = shell("extend", "private", "--reason", "x" * 201)
    assert said.err.endswith("is too long. Say it in 200 characters at most.\n")
    assert shell("extend", "private", "--reason", "A customer called").out == "5 more minutes.\n"


def test_break_begins_and_ends_when_told(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    asked = answer_from(morning)
    assert shell("break").code == 0
    assert shell("break", "--end").code == 0
    assert asked == ["break", "break"]
