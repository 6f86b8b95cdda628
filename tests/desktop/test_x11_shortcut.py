"""A shortcut that is heard whatever window has the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tools.desktop import VirtualDesktop
from tools.waiting import now_ns
from tools.xclient import Input, XClient
from tracker.clock import LedgerClock, SystemTime
from tracker.selector_loop import SelectorLoop
from ui.x11_shortcut import X11Shortcut

CTRL, ALT, CAPS_LOCK, NUM_LOCK, K = 0xFFE3, 0xFFE9, 0xFFE5, 0xFF7F, ord("k")


@pytest.fixture
def loop() -> Iterator[SelectorLoop]:
    made = SelectorLoop(LedgerClock(SystemTime()))
    yield made
    made.close()


@pytest.fixture
def client(desktop: VirtualDesktop) -> Iterator[XClient]:
    with XClient(desktop.display) as made:
        yield made


def heard(loop: SelectorLoop, presses: list[int], count: int) -> bool:
    """Let the loop turn until so many presses were heard, or none comes any more."""
    deadline = now_ns() + 2_000_000_000
    while len(presses) < count and now_ns() < deadline:
        loop.turn(0.1)
    return len(presses) == count


def test_shortcut_is_heard_until_it_is_given_back(
    desktop: VirtualDesktop, loop: SelectorLoop, client: XClient
) -> None:
    hands, presses = Input(client), list[int]()
    shortcut = X11Shortcut(desktop.display, loop)
    assert shortcut.take(lambda: presses.append(1))
    hands.press(CTRL, ALT, K)
    assert heard(loop, presses, 1)
    hands.press(K)
    hands.press(CTRL, K)
    loop.turn(0.2)
    assert len(presses) == 1, "only the whole shortcut"
    shortcut.release()
    hands.press(CTRL, ALT, K)
    loop.turn(0.2)
    assert len(presses) == 1


@pytest.mark.parametrize("lock", [CAPS_LOCK, NUM_LOCK])
def test_shortcut_is_heard_when_a_lock_key_is_on(
    desktop: VirtualDesktop, loop: SelectorLoop, client: XClient, lock: int
) -> None:
    hands, presses = Input(client), list[int]()
    shortcut = X11Shortcut(desktop.display, loop)
    assert shortcut.take(lambda: presses.append(1))
    hands.press(lock)
    try:
        hands.press(CTRL, ALT, K)
        assert heard(loop, presses, 1)
    finally:
        hands.press(lock)
        shortcut.release()


def test_shortcut_cannot_be_had_when_another_program_has_it(
    desktop: VirtualDesktop, loop: SelectorLoop
) -> None:
    first, second = (X11Shortcut(desktop.display, loop) for _ in range(2))
    assert first.take(lambda: None)
    assert not second.take(lambda: None)
    first.release()
    assert second.take(lambda: None)
    second.release()


def test_shortcut_cannot_be_had_without_a_display(loop: SelectorLoop) -> None:
    assert not X11Shortcut(":9999", loop).take(lambda: None)
