"""``doctor``: what can be seen on this desktop, what can't, and what helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import POLICY, Desk
from tests.tracker.cli.conftest import Shell

SENSES = ["focus", "title", "pid", "idle", "lock", "sleep", "sound"]


def test_remedy_is_told_when_there_is_no_display(shell: Shell) -> None:
    found = shell("doctor", "--json").json
    assert list(found)[:3] == ["backend", "sees", "refused"]
    assert found["backend"] is None
    assert found["sees"] == dict.fromkeys(SENSES, False)
    assert {"backend": "x11", "reason": "no_display", "remedy": "start_in_session"} in found[
        "refused"
    ]
    assert found["running"] is False
    text = shell("doctor").out
    assert text.startswith("Kanaltid can't see which window is in front.\n")
    assert "x11: There is no graphical session here.\n" in text
    assert "  Start Kanaltid from within your graphical session.\n" in text
    assert text.endswith("Kanaltid is not running.\n")
    assert not shell.paths.data.exists()


def test_backend_is_refused_when_the_display_is_gone(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":9999")
    found = shell("doctor", "--json").json
    assert found["backend"] is None
    assert found["refused"][0]["reason"] == "display_lost"
    assert "x11: The connection to the display is lost.\n" in shell("doctor").out


def test_running_app_answers_when_there_is_one(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    answer_from(morning)
    found = shell("doctor", "--json").json
    assert found["backend"] == "scripted"
    assert [sense for sense in SENSES if found["sees"][sense]] == ["focus", "title", "idle"]
    assert (found["running"], found["measuring"], found["state"]) == (True, True, "other")
    text = shell("doctor").out
    assert text.startswith("Watches through: scripted\n  Which window is in front: sees\n")


def test_trouble_is_told_when_the_policy_has_broken(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    answer_from(morning)
    morning.policy_file.write_text(POLICY.replace("day = 10", "day = ten"), "utf-8")
    morning.wait(4)
    (trouble,) = shell("doctor", "--json").json["trouble"]
    assert trouble["code"] == "policy_invalid"
    assert trouble["fields"]["line"] == "23"
    assert f"{morning.policy_file} has an error in line 23. " in shell("doctor").out


def test_quiet_moments_are_told_of_when_nothing_is_there_to_tell(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = shell("doctor", "--json").json
    assert found["quiet"] == dict.fromkeys(["presenting", "inhibited", "call", "sharing"], False)
    assert found["quiet_obstacles"] == [
        {"what": "presenting", "reason": "no_display"},
        {"what": "inhibited", "reason": "no_session_manager"},
        {"what": "call", "reason": "no_pactl"},
        {"what": "sharing", "reason": "never_told"},
    ]
    assert (
        "Whether a call has the microphone open:\n"
        "  The program pactl is missing, or it is too old. "
        "Install the package pulseaudio-utils, version 16 or later.\n"
    ) in shell("doctor").out


def test_call_can_be_told_when_the_sound_server_answers(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pactl").write_text("#!/bin/sh\necho []\n", "utf-8")
    (tmp_path / "pactl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    found = shell("doctor", "--json").json
    assert found["quiet"]["call"] is True
    assert "call" not in [each["what"] for each in found["quiet_obstacles"]]
    assert "  Whether a call has the microphone open: sees\n" in shell("doctor").out


def test_every_sense_has_words_in_both_languages(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = shell("doctor").out.splitlines()
    monkeypatch.setenv("LANGUAGE", "sv")
    swedish = shell("doctor").out.splitlines()
    # A line for each sense and each kind of quiet moment, and two for each that is not told.
    quiet = 4 + 2 * 4
    assert len(english) == len(swedish) == 1 + len(SENSES) + quiet + 3


def test_settings_that_do_not_fit_are_told(shell: Shell) -> None:
    shell.paths.settings.parent.mkdir(parents=True)
    shell.paths.settings.write_text('{"theme": "blue"}', "utf-8")
    found = shell("doctor", "--json").json
    assert [each["code"] for each in found["trouble"]] == ["setting_invalid"]
    assert "“theme”" in shell("doctor").out
