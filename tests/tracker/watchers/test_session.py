"""Locked and unlocked, asleep and awake, as login1 and the screen savers tell it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import HeaderFields, Message, MessageFlag, new_method_return

from tests.contracts.watcher_contract import Recorder
from tests.tracker.watchers.fake_bus import Answer, FakeDaemon, SocketLoop, at
from tracker.facts import Fact, Lock, Sleep, Unlock, Wake
from tracker.watchers.base import Sense, WatchHost
from tracker.watchers.login1 import MANAGER, NAME, PROPERTIES, SESSION, Self
from tracker.watchers.screen_savers import SAVERS
from tracker.watchers.session import SENSES, SessionWatcher

PATH = "/org/freedesktop/login1/session/c1"
FREEDESKTOP = SAVERS[0]
GNOME = SAVERS[2]


class Scene:
    """A system bus with login1, a session bus with nobody, and the watcher on both."""

    def __init__(self, folder: Path) -> None:
        self.loop = SocketLoop()
        self.told = Recorder(self.loop)
        for name in ("system", "session"):
            (folder / name).mkdir()
        self.system = FakeDaemon(self.loop, folder / "system")
        self.session = FakeDaemon(self.loop, folder / "session")
        self.properties: dict[str, object] = {"LockedHint": False, "Active": True}
        self.owner = ":1.2"
        self.readers: list[int] = []
        self.lookups: dict[str, Answer] = {"GetSession": ("o", (PATH,))}
        self.savers: dict[str, str] = {}
        self.active: dict[str, bool] = {}
        self.system.answers |= {
            "GetNameOwner": lambda _: ("s", (self.owner,)) if self.owner else "no.Owner",
            "Get": self.property,
            "Inhibit": self.inhibit,
            **dict.fromkeys(("GetSession", "GetSessionByPID", "GetUser"), self.look_up),
        }
        self.session.answers |= {
            "GetNameOwner": lambda call: (
                ("s", (self.savers[call.body[0]],)) if call.body[0] in self.savers else "no.Owner"
            ),
            "GetActive": self.is_active,
        }
        self.environ = {
            "DBUS_SYSTEM_BUS_ADDRESS": self.system.address,
            "DBUS_SESSION_BUS_ADDRESS": self.session.address,
        }
        self.watcher = SessionWatcher(self.environ, Self("3", 4711, 1000))

    def look_up(self, call: Message) -> Answer:
        return self.lookups.get(call.header.fields[HeaderFields.member], "no.Session")

    def property(self, call: Message) -> Answer:
        value = self.properties.get(call.body[1])
        if isinstance(value, bool):
            return "v", (("b", value),)
        return ("v", (("(so)", value),)) if value is not None else "no.Property"

    def inhibit(self, call: Message) -> Answer:
        reader, writer = os.pipe()
        self.readers.append(reader)
        self.system.send(new_method_return(call, "h", (writer,)), (writer,))
        os.close(writer)
        return None

    def is_active(self, call: Message) -> Answer:
        active = self.active.get(call.header.fields[HeaderFields.destination])
        return ("b", (active,)) if active is not None else "no.Method"

    def held(self) -> list[bool]:
        """Whether each inhibitor that was given is still held."""
        os.set_blocking(self.readers[-1], False)
        found = []
        for reader in self.readers:
            os.set_blocking(reader, False)
            try:
                found.append(os.read(reader, 1) != b"")
            except BlockingIOError:
                found.append(True)
        return found

    def start(self) -> None:
        self.watcher.start(self.told.host)
        self.loop.pump()

    def sleep(self, asleep: bool) -> None:
        self.system.emit(MANAGER.path, MANAGER.interface, "PrepareForSleep", "b", asleep)

    def session_signal(self, member: str) -> None:
        self.system.emit(PATH, SESSION, member)

    def change(self, **properties: bool) -> None:
        self.properties |= properties
        told = {name: ("b", value) for name, value in properties.items()}
        body: tuple[object, ...] = (SESSION, told, [])
        self.system.emit(PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", *body)

    def login1_owner(self, before: str, after: str) -> None:
        self.owner = after
        self.system.owner_changed(NAME, before, after)

    def saver(self, interface: str, active: bool, sender: str, path: str = "/any") -> None:
        self.session.emit(path, interface, "ActiveChanged", "b", active, sender=sender)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    scene.watcher.stop()
    for daemon in (scene.system, scene.session):
        daemon.shut()
    if scene.readers:
        assert scene.held() == [False] * len(scene.readers)
    for reader in scene.readers:
        os.close(reader)
    assert scene.loop._watched == {}


def test_nothing_is_reported_when_started_unlocked(scene: Scene) -> None:
    scene.start()
    assert scene.told.facts == []
    assert scene.watcher.senses == SENSES


def test_lock_is_reported_when_started_locked(scene: Scene) -> None:
    scene.properties["LockedHint"] = True
    scene.start()
    assert scene.told.facts == [Lock(at(0))]


def test_sleep_and_wake_are_reported_when_the_machine_does(scene: Scene) -> None:
    scene.start()
    scene.loop.run_to(1000)
    scene.sleep(True)
    scene.sleep(True)
    scene.loop.run_to(9000)
    scene.sleep(False)
    assert scene.told.facts == [Sleep(at(1000)), Wake(at(9000))]


def test_sleep_is_held_back_until_all_that_it_posted_is_done(scene: Scene) -> None:
    order: list[str] = []

    def report(fact: Fact) -> None:
        if isinstance(fact, Sleep):
            scene.loop.post(lambda: order.append(f"flushed, held: {scene.held()}"))

    scene.watcher.start(WatchHost(scene.loop, report, lambda: 300_000))
    scene.loop.pump()
    assert scene.held() == [True]
    scene.sleep(True)
    assert order == ["flushed, held: [True]"]
    assert scene.held() == [False]
    scene.sleep(False)
    assert scene.held() == [False, True]


def test_sleep_is_held_back_once_when_waking_is_told_twice(scene: Scene) -> None:
    scene.start()
    scene.sleep(False)
    scene.sleep(False)
    assert scene.held() == [True, False, False]
    assert scene.told.facts == []


def test_sleep_is_reported_when_it_can_not_be_held_back(scene: Scene) -> None:
    scene.system.answers["Inhibit"] = lambda _: "not.Allowed"
    scene.start()
    scene.sleep(True)
    assert scene.told.facts == [Sleep(at(0))]


def test_lock_follows_the_hint_when_the_locker_gives_one(scene: Scene) -> None:
    scene.start()
    scene.loop.run_to(1000)
    scene.change(LockedHint=True)
    scene.change(LockedHint=True)
    scene.loop.run_to(5000)
    scene.change(LockedHint=False)
    assert scene.told.facts == [Lock(at(1000)), Unlock(at(5000))]


def test_session_counts_as_locked_when_another_has_the_screen(scene: Scene) -> None:
    scene.start()
    scene.change(Active=False)
    scene.loop.run_to(5000)
    scene.change(Active=True)
    assert scene.told.facts == [Lock(at(0)), Unlock(at(5000))]


def test_hint_is_read_when_its_value_is_not_sent_along(scene: Scene) -> None:
    scene.start()
    scene.properties["LockedHint"] = True
    body: tuple[object, ...] = (SESSION, {"IdleHint": ("b", True)}, ["LockedHint"])
    scene.system.emit(PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", *body)
    assert scene.told.facts == [Lock(at(0))]


def test_request_to_lock_counts_for_a_while_when_no_locker_says_anything(scene: Scene) -> None:
    scene.start()
    scene.loop.run_to(1000)
    scene.session_signal("Lock")
    scene.loop.run_to(60_000)
    assert scene.told.facts == [Lock(at(1000)), Unlock(at(11_000))]


def test_request_to_lock_ends_when_unlocking_is_requested(scene: Scene) -> None:
    scene.start()
    scene.session_signal("Lock")
    scene.loop.run_to(3000)
    scene.session_signal("Unlock")
    scene.loop.run_to(60_000)
    assert scene.told.facts == [Lock(at(0)), Unlock(at(3000))]


def test_lock_lasts_when_a_locker_confirmed_the_request(scene: Scene) -> None:
    scene.start()
    scene.session_signal("Lock")
    scene.change(LockedHint=True)
    scene.session_signal("Unlock")
    scene.loop.run_to(60_000)
    assert scene.told.facts == [Lock(at(0))]


@pytest.mark.parametrize("locker", ["hint", "saver"])
def test_request_to_lock_is_over_when_the_locker_opened(scene: Scene, locker: str) -> None:
    scene.savers = {FREEDESKTOP.name: ":1.30"}
    scene.start()
    scene.session_signal("Lock")
    for ms, locked in ((1000, True), (4000, False)):
        scene.loop.run_to(ms)
        if locker == "hint":
            scene.change(LockedHint=locked)
        else:
            scene.saver(FREEDESKTOP.interface, locked, ":1.30")
    scene.loop.run_to(60_000)
    assert scene.told.facts == [Lock(at(0)), Unlock(at(4000))]


@pytest.mark.parametrize(
    ("lookups", "asked"),
    [
        ({"GetSession": ("o", (PATH,))}, ["GetSession"]),
        ({"GetSessionByPID": ("o", (PATH,))}, ["GetSession", "GetSessionByPID"]),
        (
            {"GetUser": ("o", ("/org/freedesktop/login1/user/_1000",))},
            ["GetSession", "GetSessionByPID", "GetUser"],
        ),
    ],
)
def test_session_is_found_when_only_one_way_leads_to_it(
    scene: Scene, lookups: dict[str, Answer], asked: list[str]
) -> None:
    scene.lookups = lookups
    scene.properties |= {"Display": ("c1", PATH), "LockedHint": True}
    scene.start()
    assert [name for name in scene.system.members() if name.startswith("GetSes")] == asked[:2]
    assert scene.told.facts == [Lock(at(0))]
    assert Sense.LOCK in scene.watcher.senses


@pytest.mark.parametrize("display", [None, ("", "/")])
def test_sleep_alone_is_told_when_there_is_no_session(scene: Scene, display: object) -> None:
    scene.lookups = {"GetUser": ("o", ("/org/freedesktop/login1/user/_1000",))}
    scene.properties |= {"Display": display}
    scene.start()
    scene.sleep(True)
    assert scene.watcher.senses == {Sense.SLEEP}
    assert scene.told.facts == [Sleep(at(0))]


def test_session_is_looked_up_by_process_when_its_id_is_not_known(scene: Scene) -> None:
    scene.lookups = {"GetSessionByPID": ("o", (PATH,))}
    scene.watcher = SessionWatcher(scene.environ, Self("", 4711, 1000))
    scene.start()
    assert "GetSession" not in scene.system.members()
    asked = next(
        call
        for call in scene.system.calls
        if call.header.fields[HeaderFields.member] == "GetSessionByPID"
    )
    assert asked.body == (4711,)


def test_senses_are_lost_and_found_when_login1_restarts(scene: Scene) -> None:
    scene.start()
    scene.change(LockedHint=True)
    scene.loop.run_to(1000)
    scene.login1_owner(":1.2", "")
    assert scene.watcher.senses == frozenset()
    scene.loop.run_to(2000)
    scene.login1_owner("", ":1.8")
    assert scene.watcher.senses == SENSES
    assert scene.told.facts == [Lock(at(0)), Unlock(at(1000)), Lock(at(2000))]
    scene.change(LockedHint=False)
    assert len(scene.told.facts) == 4


def test_machine_is_awake_when_login1_went_without_saying_so(scene: Scene) -> None:
    scene.start()
    scene.sleep(True)
    scene.loop.run_to(1000)
    scene.login1_owner(":1.2", "")
    assert scene.told.facts == [Sleep(at(0)), Wake(at(1000))]


def test_old_answers_count_for_nothing_when_login1_restarted_meanwhile(scene: Scene) -> None:
    held: list[Message] = []
    scene.system.answers["GetSession"] = held.append
    scene.start()
    scene.login1_owner(":1.2", "")
    scene.system.send(new_method_return(held[0], "o", (PATH,)))
    scene.loop.pump()
    assert scene.watcher.senses == frozenset()
    assert "Get" not in scene.system.members()


def test_lock_follows_a_screen_saver_when_it_covers_the_screen(scene: Scene) -> None:
    scene.savers = {GNOME.name: ":1.30"}
    scene.active = {":1.30": False}
    scene.owner = ""
    scene.start()
    assert scene.watcher.senses == {Sense.LOCK}
    scene.loop.run_to(1000)
    scene.saver(GNOME.interface, True, ":1.30")
    scene.loop.run_to(5000)
    scene.saver(GNOME.interface, False, ":1.30")
    assert scene.told.facts == [Lock(at(1000)), Unlock(at(5000))]


def test_lock_is_reported_when_a_screen_saver_was_active_before(scene: Scene) -> None:
    scene.savers = {GNOME.name: ":1.30"}
    scene.active = {":1.30": True}
    scene.start()
    assert scene.told.facts == [Lock(at(0))]


def test_screen_saver_has_one_vote_when_it_tells_on_two_paths(scene: Scene) -> None:
    scene.savers = {FREEDESKTOP.name: ":1.30", "org.kde.screensaver": ":1.30"}
    scene.start()
    for path in ("/ScreenSaver", "/org/freedesktop/ScreenSaver"):
        scene.saver(FREEDESKTOP.interface, True, ":1.30", path)
    for path in ("/ScreenSaver", "/org/freedesktop/ScreenSaver"):
        scene.saver(FREEDESKTOP.interface, False, ":1.30", path)
    assert scene.told.facts == [Lock(at(0)), Unlock(at(0))]


def test_session_is_locked_until_all_agree_when_several_say_so(scene: Scene) -> None:
    scene.savers = {FREEDESKTOP.name: ":1.30", GNOME.name: ":1.31"}
    scene.start()
    scene.saver(FREEDESKTOP.interface, True, ":1.30")
    scene.saver(GNOME.interface, True, ":1.31")
    scene.change(LockedHint=True)
    scene.saver(FREEDESKTOP.interface, False, ":1.30")
    scene.change(LockedHint=False)
    assert scene.told.facts == [Lock(at(0))]
    scene.saver(GNOME.interface, False, ":1.31")
    assert scene.told.facts == [Lock(at(0)), Unlock(at(0))]


def test_vote_is_void_when_the_screen_saver_ends(scene: Scene) -> None:
    scene.savers = {GNOME.name: ":1.30"}
    scene.owner = ""
    scene.start()
    scene.saver(GNOME.interface, True, ":1.30")
    scene.loop.run_to(1000)
    scene.session.owner_changed(GNOME.name, ":1.30", "")
    assert scene.told.facts == [Lock(at(0)), Unlock(at(1000))]
    assert scene.watcher.senses == frozenset()


def test_signal_counts_for_nothing_when_a_stranger_sends_it(scene: Scene) -> None:
    scene.start()
    scene.saver(GNOME.interface, True, ":1.66")
    assert scene.told.facts == []


def test_screen_saver_is_not_started_when_it_is_asked(scene: Scene) -> None:
    scene.savers = {GNOME.name: ":1.30"}
    scene.start()
    asked = [
        call
        for call in scene.session.calls
        if call.header.fields[HeaderFields.member] == "GetActive"
    ]
    assert len(asked) == 1
    assert asked[0].header.flags == MessageFlag.no_auto_start


@pytest.mark.parametrize("body", [("s", "yes"), ("",), ("bb", True, True), ("u", 1)])
def test_signal_counts_for_nothing_when_its_shape_is_wrong(
    scene: Scene, body: tuple[object, ...]
) -> None:
    scene.savers = {GNOME.name: ":1.30"}
    scene.start()
    scene.session.emit("/any", GNOME.interface, "ActiveChanged", *body, sender=":1.30")
    scene.system.emit(MANAGER.path, MANAGER.interface, "PrepareForSleep", *body)
    scene.system.emit(PATH, PROPERTIES, "PropertiesChanged", *body)
    changed = {"LockedHint": ("s", "yes"), "Active": ("u", 0)}
    scene.system.emit(PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", SESSION, changed, [])
    assert scene.told.facts == []


def test_bus_is_found_again_when_it_died(scene: Scene) -> None:
    scene.start()
    scene.change(LockedHint=True)
    scene.loop.run_to(1000)
    scene.system.shut()
    scene.loop.run_to(1000)
    assert scene.watcher.senses == frozenset()
    assert scene.told.facts == [Lock(at(0)), Unlock(at(1000))]
    scene.loop.run_to(6000)
    scene.system.open()
    scene.loop.run_to(8000)
    assert scene.watcher.senses == SENSES
    assert scene.told.facts[2:] == [Lock(at(8000))]


def test_other_bus_goes_on_when_one_died(scene: Scene) -> None:
    scene.savers = {GNOME.name: ":1.30"}
    scene.active = {":1.30": False}
    scene.start()
    scene.system.shut()
    scene.loop.pump()
    assert scene.watcher.senses == {Sense.LOCK}
    scene.saver(GNOME.interface, True, ":1.30")
    assert scene.told.facts == [Lock(at(0))]


@pytest.mark.parametrize(
    "environ",
    [
        {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"},
        {
            "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere",
            "DBUS_SESSION_BUS_ADDRESS": "autolaunch:",
        },
    ],
)
def test_nothing_is_claimed_when_no_bus_is_there(scene: Scene, environ: dict[str, str]) -> None:
    scene.watcher = SessionWatcher(environ, Self("", 1, 1))
    scene.start()
    scene.loop.run_to(120_000)
    assert scene.watcher.senses == frozenset()
    assert scene.told.facts == []


def test_nothing_is_reported_when_stopped_while_locked(scene: Scene) -> None:
    scene.start()
    scene.change(LockedHint=True)
    scene.told.forget()
    scene.watcher.stop()
    scene.loop.run_to(60_000)
    assert scene.told.facts == []
    assert scene.watcher.senses == frozenset()


def test_present_facts_are_reported_again_when_started_again(scene: Scene) -> None:
    scene.start()
    scene.change(LockedHint=True)
    scene.watcher.stop()
    scene.loop.run_to(5000)
    scene.start()
    assert scene.told.facts == [Lock(at(0)), Lock(at(5000))]


def test_nothing_is_done_when_asked_to_confirm(scene: Scene) -> None:
    scene.start()
    calls = len(scene.system.calls)
    scene.watcher.confirm()
    scene.loop.pump()
    assert len(scene.system.calls) == calls
    assert scene.watcher.idle_ms() is None
