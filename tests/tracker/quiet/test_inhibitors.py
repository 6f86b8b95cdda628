"""What programs on the session asked it to stay awake for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import HeaderFields, Message

from tests.tracker.watchers.fake_bus import Answer, FakeDaemon, SocketLoop
from tracker.quiet.base import Answer as Told
from tracker.quiet.base import Obstacle
from tracker.quiet.inhibitors import Inhibitors
from tracker.quiet.known import Known

KNOWN = Known(frozenset(), frozenset({"firefox", "mozilla firefox"}), frozenset({"powerd"}))
OWN_PID, UID = 4711, 1000
NOBODY = 2**22 + 1
"""No process of this number."""

Row = tuple[str, str, str, str, int, int]
SLIDES: Row = ("idle", "Impress", "Slides", "block", UID, NOBODY)


class Scene:
    """login1 on one bus and session managers on the other, and who holds what with each."""

    def __init__(self, folder: Path) -> None:
        self.loop = SocketLoop()
        for name in ("system", "session"):
            (folder / name).mkdir()
        self.system = FakeDaemon(self.loop, folder / "system")
        self.session = FakeDaemon(self.loop, folder / "session")
        self.rows: list[Row] | None = []
        self.gnome: list[tuple[str, int]] = []
        self.kde: list[tuple[str, str]] = []
        self.power: list[str] = []
        self.system.answers["ListInhibitors"] = self.list_rows
        self.session.answers |= {
            "IsInhibited": lambda call: ("b", (any(f & call.body[0] for _, f in self.gnome),)),
            "GetInhibitors": self.list_inhibitors,
            "GetAppId": lambda call: ("s", (self.gnome[self.number(call)][0],)),
            "GetFlags": lambda call: ("u", (self.gnome[self.number(call)][1],)),
            "HasInhibition": lambda call: ("b", (bool(self.kde) and call.body == (4,),)),
            "ListInhibitions": lambda _: ("a(ss)", (self.kde,)),
        }
        self.environ = {
            "DBUS_SYSTEM_BUS_ADDRESS": self.system.address,
            "DBUS_SESSION_BUS_ADDRESS": self.session.address,
        }
        self.told: list[Told] = []

    def list_rows(self, _call: Message) -> Answer:
        return ("a(ssssuu)", (self.rows,)) if self.rows is not None else None

    def list_inhibitors(self, call: Message) -> Answer:
        if call.header.fields[HeaderFields.interface] == "org.gnome.SessionManager":
            return "ao", ([f"/inhibitor/{number}" for number in range(len(self.gnome))],)
        return ("as", (self.power,)) if self.power else "org.freedesktop.DBus.Error.ServiceUnknown"

    @staticmethod
    def number(call: Message) -> int:
        return int(call.header.fields[HeaderFields.path].rpartition("/")[2])

    def ask(self, app: str = "chromium") -> Told | None:
        self.told.clear()
        source = Inhibitors(self.loop, self.environ, KNOWN, OWN_PID, UID)
        source.ask(app, self.told.append)
        self.loop.pump()
        assert len(self.told) <= 1
        return self.told[0] if self.told else None

    def close(self) -> None:
        self.system.shut()
        self.session.shut()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    scene.close()


def test_nothing_holds_when_nobody_asked_for_it(scene: Scene) -> None:
    assert scene.ask() == Told()


def test_it_holds_when_a_program_keeps_the_session_awake(scene: Scene) -> None:
    scene.rows = [SLIDES]
    assert scene.ask() == Told(holds=True)


@pytest.mark.parametrize(
    "row",
    [
        ("sleep:shutdown", "apt", "Upgrade", "block", UID, NOBODY),
        ("idle", "Impress", "Slides", "delay", UID, NOBODY),
        ("idle", "Impress", "Slides", "block", UID + 1, NOBODY),
        ("idle", "Kanaltid", "", "block", UID, OWN_PID),
        ("sleep:idle", "PowerD", "On behalf of others", "block", UID, NOBODY),
        ("idle", "firefox", "video-playing", "block", UID, NOBODY),
    ],
)
def test_it_does_not_hold_when_the_inhibitor_says_nothing_of_presenting(
    scene: Scene, row: Row
) -> None:
    scene.rows = [row]
    assert scene.ask() == Told()


def test_the_program_is_known_by_its_process_when_it_gives_another_name(scene: Scene) -> None:
    scene.rows = [("idle", "User", "", "block", UID, os.getpid())]
    known = Known(frozenset(), frozenset(), frozenset({"python", "python3", "pytest"}))
    source = Inhibitors(scene.loop, scene.environ, known, OWN_PID, UID)
    source.ask("chromium", scene.told.append)
    scene.loop.pump()
    assert scene.told == [Told()]


def test_it_holds_when_a_program_asked_the_session_manager(scene: Scene) -> None:
    scene.gnome = [("org.gnome.Software", 4), ("libreoffice-impress", 8 | 4)]
    assert scene.ask() == Told(holds=True)


@pytest.mark.parametrize(
    "inhibitor",
    [("org.gnome.Software", 4), ("org.mozilla.firefox", 8), ("/usr/bin/firefox", 12), ("", 8)],
)
def test_session_manager_holds_nothing_when_it_is_a_browser_or_no_idleness(
    scene: Scene, inhibitor: tuple[str, int]
) -> None:
    scene.gnome = [inhibitor, ("firefox", 8)]
    assert scene.ask() == Told()


@pytest.mark.parametrize(("app", "holds"), [("okular", True), ("Mozilla Firefox", False)])
def test_kde_and_xfce_are_asked_for_names_when_they_have_inhibitions(
    scene: Scene, app: str, holds: bool
) -> None:
    scene.kde = [(app, "Presentation")]
    assert scene.ask() == Told(holds)
    scene.kde, scene.power = [], [app]
    assert scene.ask() == Told(holds)


def test_own_inhibitor_does_not_hold_when_its_app_is_in_front(scene: Scene) -> None:
    scene.gnome = [("com.discordapp.Discord", 8)]
    assert scene.ask("discord") == Told()
    assert scene.ask("libreoffice") == Told(holds=True)


def test_it_can_not_be_told_when_nobody_keeps_inhibitors(scene: Scene) -> None:
    scene.system.answers.clear()
    scene.session.answers.clear()
    assert scene.ask() == Told(obstacle=Obstacle.NO_SESSION_MANAGER)
    scene.close()
    assert scene.ask() == Told(obstacle=Obstacle.NO_SESSION_MANAGER)
    scene.system.open()
    scene.session.open()


def test_the_others_decide_when_one_is_silent(scene: Scene) -> None:
    scene.rows = None
    assert scene.ask() is None
    scene.loop.run_to(900)
    assert scene.told == [Told()]


def test_connections_end_when_the_answer_is_there(scene: Scene) -> None:
    scene.rows = [SLIDES]
    scene.ask()
    scene.loop.pump()
    with pytest.raises(AssertionError):
        _ = scene.system.peer
    with pytest.raises(AssertionError):
        _ = scene.session.peer


def test_odd_answers_hold_nothing_when_programs_send_them(scene: Scene) -> None:
    scene.system.answers["ListInhibitors"] = lambda _: ("s", ("all",))
    scene.session.answers |= {
        "IsInhibited": lambda _: ("s", ("yes",)),
        "HasInhibition": lambda _: ("b", (True,)),
        "ListInhibitions": lambda _: ("a(us)", ([(1, "x")],)),
    }
    assert scene.ask() == Told()
