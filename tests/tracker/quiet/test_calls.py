"""Who has the microphone open."""

from __future__ import annotations

import json
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.desk import catalogue
from tracker.clock import LedgerClock, SystemTime
from tracker.quiet.base import Answer, Obstacle
from tracker.quiet.calls import Calls, ask_sound_server
from tracker.quiet.known import Known, shipped_known
from tracker.selector_loop import SelectorLoop
from tracker.virtual_loop import VirtualLoop, VirtualTime

KNOWN = shipped_known(catalogue())


def recording(corked: bool = False, **properties: str) -> dict[str, Any]:
    return {
        "index": 0,
        "corked": corked,
        "mute": False,
        "properties": {name.replace("_", "."): value for name, value in properties.items()},
    }


def answer_to(printed: bytes | Obstacle, known: Known = KNOWN) -> Answer:
    loop = VirtualLoop(VirtualTime(datetime(2026, 11, 23, 8, tzinfo=UTC)))
    told: list[Answer] = []
    before = set(threading.enumerate())
    Calls(loop, {}, known, lambda: printed).ask("chromium", told.append)
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert told == []
    loop.settle()
    (answer,) = told
    return answer


@pytest.mark.parametrize(
    "row",
    [
        recording(application_process_binary="zoom", application_name="ZOOM VoiceEngine"),
        recording(application_process_binary="Discord", application_name="WEBRTC VoiceEngine"),
        recording(application_process_binary="/usr/share/teams/teams"),
        recording(application_process_binary="firefox-bin", application_name="Firefox"),
        recording(application_process_binary="chrome", application_name="Google Chrome input"),
        recording(application_process_binary="bwrap", application_id="com.slack.Slack"),
        recording(application_name="ZOOM VoiceEngine"),
    ],
)
def test_it_is_a_call_when_a_known_program_records(row: dict[str, Any]) -> None:
    assert answer_to(json.dumps([row]).encode()) == Answer(holds=True)


@pytest.mark.parametrize(
    "row",
    [
        recording(application_process_binary="zoom", corked=True),
        recording(application_process_binary="pavucontrol", application_name="PulseAudio Volume"),
        recording(application_process_binary="electron", application_name="Chromium"),
        recording(media_name="monitor"),
        {"index": 1},
        "zoom",
    ],
)
def test_it_is_no_call_when_another_records_or_a_known_one_does_not(row: object) -> None:
    assert answer_to(json.dumps([row]).encode()) == Answer()


@pytest.mark.parametrize("printed", [b"[]", b"{}", b"null"])
def test_it_is_no_call_when_nobody_records(printed: bytes) -> None:
    assert answer_to(printed) == Answer()


def test_it_can_not_be_told_when_the_program_writes_no_json() -> None:
    assert answer_to(b"Source Output #1") == Answer(obstacle=Obstacle.NO_PACTL)
    assert answer_to(Obstacle.NO_ANSWER) == Answer(obstacle=Obstacle.NO_ANSWER)


def test_answer_is_dropped_when_the_loop_has_ended() -> None:
    loop = SelectorLoop(LedgerClock(SystemTime()))
    loop.close()
    before = set(threading.enumerate())
    told: list[Answer] = []
    Calls(loop, {}, KNOWN, lambda: b"[]").ask("chromium", told.append)
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert told == []


def program(folder: Path, script: str) -> dict[str, str]:
    file = folder / "pactl"
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return {"PATH": f"{folder}:/usr/bin:/bin", "PULSE_SERVER": "unix:/nowhere", "LC_ALL": "sv_SE"}


def test_what_is_printed_is_returned_when_the_server_answers(tmp_path: Path) -> None:
    environ = program(tmp_path, 'echo "$LC_ALL $*"')
    assert ask_sound_server(environ) == b"C --format=json list source-outputs\n"


@pytest.mark.parametrize(
    ("script", "obstacle"),
    [
        ("echo 'Connection failure: Connection refused' >&2; exit 1", Obstacle.NO_SOUND_SERVER),
        ("echo \"pactl: unrecognized option '--format=json'\" >&2; exit 1", Obstacle.NO_PACTL),
        ("exec sleep 30", Obstacle.NO_ANSWER),
    ],
)
def test_obstacle_is_named_when_the_server_does_not_answer(
    tmp_path: Path, script: str, obstacle: Obstacle
) -> None:
    assert ask_sound_server(program(tmp_path, script)) is obstacle


def test_obstacle_is_named_when_the_program_is_missing(tmp_path: Path) -> None:
    assert ask_sound_server({"PATH": str(tmp_path)}) is Obstacle.NO_PACTL


@pytest.mark.parametrize("places", [{}, {"XDG_RUNTIME_DIR": "{0}"}, {"PULSE_RUNTIME_PATH": "{0}"}])
def test_nothing_is_started_when_there_is_no_sound_server(
    tmp_path: Path, places: dict[str, str]
) -> None:
    environ = program(tmp_path, f"touch {tmp_path}/asked")
    del environ["PULSE_SERVER"]
    environ |= {name: place.format(tmp_path) for name, place in places.items()}
    assert ask_sound_server(environ) is Obstacle.NO_SOUND_SERVER
    assert not (tmp_path / "asked").exists()


def test_server_is_found_when_its_socket_is_there(tmp_path: Path) -> None:
    environ = program(tmp_path, "echo []")
    del environ["PULSE_SERVER"]
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "native").touch()
    assert ask_sound_server(environ | {"XDG_RUNTIME_DIR": str(tmp_path)}) == b"[]\n"
