"""Which backend serves in which desktop situation."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tests.contracts.watcher_contract import Recorder
from tracker.errors import OutsideError
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.base import Backend, Refusal, Sense
from tracker.watchers.null import NullWatcher
from tracker.watchers.select import BACKENDS, Reason, Remedy, choose

START = datetime(2026, 11, 23, 8, tzinfo=UTC)

X11 = {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0", "XDG_SESSION_TYPE": "wayland"}

SITUATIONS: dict[str, tuple[dict[str, str], str | None, Reason | None, Remedy | None]] = {
    "openbox": (X11, "x11", None, None),
    "GNOME on X11": (X11 | {"XDG_CURRENT_DESKTOP": "GNOME"}, "x11", None, None),
    "KDE on X11": (X11 | {"XDG_CURRENT_DESKTOP": "KDE"}, "x11", None, None),
    "X11 without a session type": ({"DISPLAY": ":0"}, "x11", None, None),
    "X11 over ssh": ({"DISPLAY": "localhost:10.0"}, "x11", None, None),
    "X11 with an empty Wayland name": (X11 | {"WAYLAND_DISPLAY": ""}, "x11", None, None),
    "a nested X server under Wayland": (
        {"DISPLAY": ":9", "XDG_SESSION_TYPE": "wayland"},
        "x11",
        None,
        None,
    ),
    "GNOME on Wayland with XWayland": (
        WAYLAND | {"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "GNOME"},
        None,
        Reason.WAYLAND,
        Remedy.X11_SESSION,
    ),
    "KDE on Wayland with XWayland": (
        WAYLAND | {"DISPLAY": ":1", "XDG_CURRENT_DESKTOP": "KDE"},
        None,
        Reason.WAYLAND,
        Remedy.X11_SESSION,
    ),
    "sway without XWayland": (
        WAYLAND | {"XDG_CURRENT_DESKTOP": "sway", "SWAYSOCK": "/run/user/1000/sway.sock"},
        None,
        Reason.WAYLAND,
        Remedy.X11_SESSION,
    ),
    "a Wayland connection that was handed down": (
        {"WAYLAND_SOCKET": "7", "DISPLAY": ":0"},
        None,
        Reason.WAYLAND,
        Remedy.X11_SESSION,
    ),
    "a console": ({"XDG_SESSION_TYPE": "tty"}, None, Reason.NO_DISPLAY, Remedy.START_IN_SESSION),
    "ssh": (
        {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"},
        None,
        Reason.NO_DISPLAY,
        Remedy.START_IN_SESSION,
    ),
    "an empty display": ({"DISPLAY": ""}, None, Reason.NO_DISPLAY, Remedy.START_IN_SESSION),
    "nothing at all": ({}, None, Reason.NO_DISPLAY, Remedy.START_IN_SESSION),
}


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.skipif(sys.platform != "linux", reason="the situations are those of Linux")
def test_backend_fits_when_the_desktop_is(situation: str) -> None:
    environ, backend, reason, remedy = SITUATIONS[situation]
    choice = choose(environ)
    assert (choice.backend.id if choice.backend else None) == backend
    refused = tuple(Refusal("x11", reason, remedy) for _ in [1] if reason and remedy)
    assert choice.refused == refused


def test_x11_is_refused_when_the_system_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    choice = choose({"DISPLAY": ":0"})
    assert choice.backend is None
    assert choice.refused == (Refusal("x11", Reason.OTHER_SYSTEM, Remedy.NONE),)


def backend(name: str, refusal: Refusal | None) -> Backend:
    return Backend(name, frozenset(), lambda _: refusal, lambda _: NullWatcher())


def test_first_that_serves_is_chosen_when_several_do() -> None:
    no = Refusal("first", "because", "nothing")
    backends = [backend("first", no), backend("second", None), backend("third", None)]
    choice = choose({}, backends)
    assert choice.backend is backends[1]
    assert choice.refused == (no,)


def test_every_refusal_is_told_when_none_serves() -> None:
    refusals = tuple(Refusal(name, "because", "nothing") for name in ("first", "second"))
    choice = choose({}, [backend(refusal.backend, refusal) for refusal in refusals])
    assert choice.backend is None
    assert choice.refused == refusals


def test_display_that_does_not_answer_is_found_when_started() -> None:
    (x11,) = BACKENDS
    watcher = x11.make({"DISPLAY": ":59999", "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"})
    told = Recorder(VirtualLoop(VirtualTime(START)))
    with pytest.raises(OutsideError):
        watcher.start(told.host)
    assert told.facts == []
    assert watcher.senses == frozenset()


def test_all_that_the_desktop_tells_is_claimed_when_x11_serves() -> None:
    (x11,) = BACKENDS
    assert x11.senses == frozenset(Sense) - {Sense.SOUND}


def test_nothing_is_seen_and_nothing_fails_when_the_library_of_x11_is_missing() -> None:
    code = (
        "import sys; sys.modules['xcffib'] = None;"
        "from tracker.watchers.select import BACKENDS;"
        "watcher = BACKENDS[0].make({'DISPLAY': ':0'});"
        "sys.exit(watcher.id != 'null' or watcher.senses != frozenset())"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_of_x11_is_imported_when_a_backend_is_chosen() -> None:
    code = (
        "import sys; from tracker.watchers.select import choose; choose({'DISPLAY': ':0'});"
        "sys.exit(any(name in sys.modules for name in ('xcffib', 'jeepney')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
