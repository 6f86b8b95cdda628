"""Presentations and calls on a real screen, real buses and a real sound server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contracts.watcher_contract import turn_until
from tests.desk import POLICY, catalogue
from tests.desktop.fake_login1 import FakeLogin1
from tests.desktop.sound_server import SoundServer
from tests.desktop.tracking import Tracker
from tools import processes
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until
from tools.xclient import XClient
from tracker.clock import LedgerClock, SystemTime
from tracker.quiet.base import Findings, Obstacle, Reason
from tracker.quiet.desktop_probe import PATIENCE, make_probe
from tracker.selector_loop import SelectorLoop

NOBODY = 2**22 + 1
"""No process of this number."""


class Asker:
    """The probe of a desktop, on a loop of its own."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.loop = SelectorLoop(LedgerClock(SystemTime()))
        self.probe = make_probe(self.loop, environ, catalogue(), os.getpid())
        self.took = timedelta(0)

    def ask(self, app: str = "chromium") -> Findings:
        told: list[Findings] = []
        began = self.loop.clock.now()
        self.probe.ask(app, told.append)
        turn_until(self.loop, lambda: told, "the findings")
        self.took = self.loop.clock.now() - began
        return told[0]


MakeAsker = Callable[[Mapping[str, str]], Asker]


@pytest.fixture
def make_asker() -> Iterator[MakeAsker]:
    made: list[Asker] = []

    def make(environ: Mapping[str, str]) -> Asker:
        made.append(Asker(environ))
        return made[-1]

    yield make
    for asker in made:
        asker.loop.close()


@pytest.fixture
def wide_desktop() -> Iterator[VirtualDesktop]:
    """A desktop of two monitors side by side."""
    with VirtualDesktop(size=(1600, 600), parts=("screen", "bus", "wm")) as desktop:
        with XClient(desktop.display) as client:
            client.split_screen((0, 0, 800, 600), (800, 0, 800, 600))
        yield desktop


def test_presentation_is_found_when_the_other_monitor_is_full(
    wide_desktop: VirtualDesktop, make_asker: MakeAsker
) -> None:
    asker = make_asker(wide_desktop.env)
    slides = wide_desktop.open_windows().open("impress", "Slides", (900, 60, 300, 200)).window
    browser = wide_desktop.open_windows()
    feed = browser.open("chromium", "Feed", (80, 60, 400, 300)).window
    with XClient(wide_desktop.display) as client:
        assert asker.ask().reasons == frozenset()
        client.make_full_screen(slides)
        browser.focus(feed)
        assert asker.ask().reasons == {Reason.PRESENTING}
        browser.hide(feed)
        browser.focus(feed)
        assert asker.ask().reasons == {Reason.PRESENTING}
        client.make_full_screen(slides, full=False)
        browser.focus(feed)
        assert asker.ask().reasons == frozenset()
        # A film over the whole of the monitor that is in front is the channel itself.
        client.make_full_screen(feed)
        assert asker.ask().reasons == frozenset()


def test_presentation_is_over_when_its_window_is_minimised_or_closed(
    wide_desktop: VirtualDesktop, make_asker: MakeAsker
) -> None:
    asker = make_asker(wide_desktop.env)
    office, browser = wide_desktop.open_windows(), wide_desktop.open_windows()
    slides = office.open("impress", "Slides", (900, 60, 300, 200)).window
    with XClient(wide_desktop.display) as client:
        client.make_full_screen(slides)
        feed = browser.open("chromium", "Feed", (80, 60, 400, 300)).window
        assert asker.ask().reasons == {Reason.PRESENTING}
        office.focus(slides)
        office.hide(slides)
        browser.focus(feed)
        assert asker.ask().reasons == frozenset()
    office.close(slides)
    assert asker.ask().reasons == frozenset()


def test_inhibitor_is_found_when_a_program_holds_it_with_the_login_manager(
    login1: FakeLogin1, make_asker: MakeAsker
) -> None:
    asker = make_asker({"DBUS_SYSTEM_BUS_ADDRESS": login1.address, "PATH": "/nowhere"})
    assert asker.ask().reasons == frozenset()
    assert Reason.INHIBITED not in dict(asker.ask().obstacles)
    login1.hold_awake("Firefox", NOBODY)
    assert asker.ask().reasons == frozenset()
    login1.hold_awake("LibreOffice Impress", NOBODY)
    assert asker.ask().reasons == {Reason.INHIBITED}
    assert asker.ask("LibreOffice Impress").reasons == frozenset()
    login1.let_go()
    assert asker.ask().reasons == frozenset()
    login1.leave()
    assert (Reason.INHIBITED, Obstacle.NO_SESSION_MANAGER) in asker.ask().obstacles


def test_call_is_found_when_a_known_program_has_the_microphone_open(
    sound: SoundServer, make_asker: MakeAsker
) -> None:
    asker = make_asker(sound.env)
    assert asker.ask().reasons == frozenset()
    assert Reason.CALL not in dict(asker.ask().obstacles)
    recorder = sound.record("arecord", "Dictation")
    assert asker.ask().reasons == frozenset()
    call = sound.record("zoom", "ZOOM VoiceEngine")
    assert asker.ask().reasons == {Reason.CALL}
    assert asker.took < PATIENCE
    processes.stop(call)
    turn_until(asker.loop, lambda: sound.records() == 1, "the call to end")
    assert asker.ask().reasons == frozenset()
    processes.stop(recorder)


def test_call_is_found_when_the_program_is_known_by_its_file_alone(
    sound: SoundServer, make_asker: MakeAsker, tmp_path: Path
) -> None:
    asker = make_asker(sound.env)
    program = shutil.which("parec")
    assert program is not None
    copy = tmp_path / "bin" / "slack"
    copy.parent.mkdir()
    shutil.copy2(Path(program).resolve(), copy)
    process = processes.start(
        [str(copy), "--record", "--device=microphone"], env=sound.env, log=tmp_path / "log"
    )
    turn_until(asker.loop, lambda: sound.records() == 1, "the recording")
    assert asker.ask().reasons == {Reason.CALL}
    processes.stop(process)


def test_nothing_can_be_told_when_the_session_has_nothing(make_asker: MakeAsker) -> None:
    findings = make_asker({"PATH": "/nowhere"}).ask()
    assert findings == Findings(
        obstacles=(
            (Reason.PRESENTING, Obstacle.NO_DISPLAY),
            (Reason.INHIBITED, Obstacle.NO_SESSION_MANAGER),
            (Reason.CALL, Obstacle.NO_PACTL),
        )
    )


def test_notice_comes_after_the_call_when_its_step_fell_due_in_it(
    own_desktop: VirtualDesktop, sound: SoundServer
) -> None:
    policy = POLICY.replace("day = 10", "day = 1").replace('"80%"', '"1%"')
    tracker = Tracker(
        own_desktop, policy, {"LANGUAGE": "en", "PULSE_SERVER": sound.env["PULSE_SERVER"]}
    )
    call = sound.record("zoom", "ZOOM VoiceEngine")
    tracker.start()
    own_desktop.notices.wait_for("Kanaltid measures your time")
    own_desktop.open_windows().open("discord", "allmänt")
    wait_until(lambda: tracker.today()["limits"][0]["used_s"] > 2, "time well past the mark")
    told = [notice.summary for notice in own_desktop.notices.received()]
    assert len(told) == 1, told
    processes.stop(call)
    limit = own_desktop.notices.wait_for("left")
    assert limit.summary.startswith("Private time: ")
    assert tracker.stop() == 0
    kept = [file.read_bytes() for file in tracker.home.rglob("*") if file.is_file()]
    assert kept
    assert not any(b"VoiceEngine" in content or b"zoom" in content for content in kept)
