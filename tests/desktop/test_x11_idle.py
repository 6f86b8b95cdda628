"""Idle and return on a real X server, with real input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.contracts.watcher_contract import turn_for
from tests.desktop.x11_scene import SLACK, MakeScene, scenes
from tools.desktop import VirtualDesktop
from tools.xclient import Input, XClient
from tracker.facts import Active, Idle
from tracker.model import MILLISECOND

make_scene = pytest.fixture(scenes, name="make_scene")


def test_idle_and_return_are_reported_when_input_stops_and_comes(
    desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(desktop.display, idle_after_ms=500)
    with XClient(desktop.display) as client:
        hands = Input(client)
        acts: list[Callable[[], None]] = [
            lambda: hands.move(300, 300),
            lambda: hands.press(ord("x")),
        ]
        for act in acts:
            act()
            last_input = scene.clock.now()
            scene.watcher.start(scene.told.host)
            assert isinstance(scene.told.facts[-1], Active)
            scene.told.forget()
            scene.until(lambda: scene.told.facts, "idleness")
            idle = scene.told.facts[0]
            assert isinstance(idle, Idle)
            assert abs(idle.since - last_input) < SLACK
            assert timedelta(milliseconds=500) <= idle.at - idle.since < SLACK * 3
            back = scene.clock.now()
            act()
            scene.until(lambda: len(scene.told.facts) > 1, "the return")
            active = scene.told.facts[1]
            assert isinstance(active, Active)
            assert back - 5 * MILLISECOND <= active.at < back + SLACK
            idle_ms = scene.watcher.idle_ms()
            assert idle_ms is not None
            assert idle_ms < SLACK / MILLISECOND
            scene.watcher.stop()
            scene.told.forget()


def test_idleness_is_known_at_once_when_nobody_was_there_before(
    desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(desktop.display, idle_after_ms=1)
    turn_for(scene.loop, 30)
    scene.watcher.start(scene.told.host)
    assert isinstance(scene.told.facts[-1], Idle)


def test_alarms_follow_when_the_threshold_changes(
    desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(desktop.display)
    with XClient(desktop.display) as client:
        Input(client).move(310, 310)
        scene.start()
        scene.told.idle_after_ms = 400
        scene.watcher.confirm()
        assert scene.told.facts == []
        scene.until(lambda: scene.told.facts, "idleness")
        assert isinstance(scene.told.facts[0], Idle)
        Input(client).move(300, 300)
        scene.until(lambda: len(scene.told.facts) > 1, "the return")
        assert isinstance(scene.told.facts[1], Active)


def test_key_counts_as_input_when_it_is_pressed(
    desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(desktop.display, idle_after_ms=300)
    turn_for(scene.loop, 350)
    scene.start()
    with XClient(desktop.display) as client:
        Input(client).press(ord("x"))
        scene.until(lambda: scene.told.facts, "the return")
    assert isinstance(scene.told.facts[0], Active)
