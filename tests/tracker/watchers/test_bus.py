"""Calls with late answers, signals, and who owns a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import HeaderFields, Message, MessageFlag, MessageType, new_method_return

from tests.tracker.watchers.fake_bus import FakeDaemon, SocketLoop
from tracker.watchers.bus import Bus
from tracker.watchers.bus_message import DISCONNECTED, NO_REPLY, BusObject, Reply, Signal

THING = BusObject("any.Thing", "/any/thing", "any.Thing")


class Scene:
    """A bus on a fake daemon, and what comes of it."""

    def __init__(self, folder: Path) -> None:
        self.loop = SocketLoop()
        self.daemon = FakeDaemon(self.loop, folder)
        self.events: list[str] = []
        self.replies: list[Reply] = []
        self.signals: list[Signal] = []
        self.owners: list[str] = []
        self.bus = Bus(
            self.loop,
            self.daemon.address,
            lambda: self.events.append("lost"),
            opened=lambda: self.events.append("opened"),
        )
        self.loop.pump()

    @property
    def last_call(self) -> Message:
        return self.daemon.calls[-1]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    scene.bus.close()
    scene.daemon.shut()
    assert scene.loop._watched == {}


def test_name_is_known_when_the_daemon_has_greeted(scene: Scene) -> None:
    assert scene.bus.unique_name == ":1.7"
    assert scene.events == ["opened"]


def test_connection_is_lost_when_the_daemon_does_not_greet(tmp_path: Path) -> None:
    loop, lost = SocketLoop(), list[int]()
    daemon = FakeDaemon(loop, tmp_path)
    daemon.greets = False
    Bus(loop, daemon.address, lambda: lost.append(1))
    loop.run_to(4000)
    assert lost == []
    loop.run_to(6000)
    assert lost == [1]
    daemon.shut()


def test_answer_is_given_when_it_comes(scene: Scene) -> None:
    scene.daemon.answers["Add"] = lambda call: ("u", (call.body[0] + call.body[1],))
    scene.bus.call(THING, "Add", "uu", (40, 2), scene.replies.append)
    assert scene.replies == []
    scene.loop.pump()
    assert scene.replies == [Reply((42,))]
    fields = scene.last_call.header.fields
    assert fields[HeaderFields.destination] == "any.Thing"
    assert fields[HeaderFields.path] == "/any/thing"
    assert fields[HeaderFields.interface] == "any.Thing"


def test_each_answer_goes_to_its_call_when_they_come_in_another_order(scene: Scene) -> None:
    held: list[Message] = []
    scene.daemon.answers["Slow"] = held.append
    scene.daemon.answers["Fast"] = lambda _: ("s", ("fast",))
    order: list[object] = []
    scene.bus.call(THING, "Slow", done=lambda reply: order.append(reply.body))
    scene.bus.call(THING, "Fast", done=lambda reply: order.append(reply.body))
    scene.loop.pump()
    scene.daemon.send(new_method_return(held[0], "s", ("slow",)))
    scene.loop.pump()
    assert order == [("fast",), ("slow",)]


def test_error_is_given_when_the_call_fails(scene: Scene) -> None:
    scene.daemon.answers["Fail"] = lambda _: "any.Thing.Failed"
    scene.bus.call(THING, "Fail", done=scene.replies.append)
    scene.loop.pump()
    assert scene.replies == [Reply((), "any.Thing.Failed")]


def test_error_is_given_once_when_no_answer_comes_in_time(scene: Scene) -> None:
    held: list[Message] = []
    scene.daemon.answers["Slow"] = held.append
    scene.bus.call(THING, "Slow", done=scene.replies.append, timeout_ms=700)
    scene.loop.run_to(699)
    assert scene.replies == []
    scene.loop.run_to(700)
    assert scene.replies == [Reply(error=NO_REPLY)]
    scene.daemon.send(new_method_return(held[0]))
    scene.loop.run_to(60_000)
    assert len(scene.replies) == 1


def test_no_answer_is_asked_for_when_nobody_takes_it(scene: Scene) -> None:
    scene.bus.call(THING, "Close", "u", (7,))
    scene.loop.pump()
    assert scene.last_call.header.flags & MessageFlag.no_reply_expected


@pytest.mark.parametrize("wanted", [True, False])
def test_service_is_started_only_when_wanted(scene: Scene, wanted: bool) -> None:
    scene.bus.call(THING, "Ask", done=scene.replies.append, auto_start=wanted)
    scene.loop.pump()
    assert bool(scene.last_call.header.flags & MessageFlag.no_auto_start) != wanted


def test_notice_arrives_as_it_was_meant_when_its_types_are_mixed(scene: Scene) -> None:
    hints = {"urgency": ("y", 2), "resident": ("b", True), "desktop-entry": ("s", "kanaltid")}
    notice = ("Kanaltid", 2**31, "", "Titel å", "<b>", ["stop", "Sluta"], hints, -1)
    scene.bus.call(THING, "Notify", "susssasa{sv}i", notice)
    scene.loop.pump()
    assert scene.last_call.body == notice


def test_texts_are_mended_when_no_daemon_would_take_them(scene: Scene) -> None:
    scene.bus.call(THING, "Say", "sasa{sv}", ("a\0b", ["c\0"], {"d": ("s", "\0\udc80e")}))
    scene.loop.pump()
    assert scene.last_call.body == ("ab", ["c"], {"d": ("s", "?e")})
    assert scene.events == ["opened"]


def test_property_is_read_when_it_is_there(scene: Scene) -> None:
    scene.daemon.answers["Get"] = lambda call: ("v", (("b", call.body == (THING.name, "Locked")),))
    told: list[object] = []
    scene.bus.get(THING, "Locked", told.append)
    scene.bus.get(THING, "Nothing", told.append)
    scene.loop.pump()
    assert told == [True, False]
    assert scene.last_call.header.flags & MessageFlag.no_auto_start


def test_property_is_none_when_it_can_not_be_read(scene: Scene) -> None:
    told: list[object] = []
    scene.bus.get(THING, "Locked", told.append)
    scene.loop.pump()
    assert told == [None]


def test_signal_is_heard_when_subscribed(scene: Scene) -> None:
    scene.bus.subscribe(scene.signals.append, interface="any.Thing", member="Fired")
    scene.loop.pump()
    scene.daemon.emit("/a", "any.Thing", "Fired", "us", 7, "x")
    assert scene.daemon.matches == ["type='signal',interface='any.Thing',member='Fired'"]
    assert scene.signals == [Signal(":1.2", "/a", "any.Thing", "Fired", (7, "x"))]


def test_signal_is_heard_by_those_only_whom_it_concerns(scene: Scene) -> None:
    heard: list[str] = []

    def subscribe(name: str, interface: str, member: str, **more: str) -> None:
        scene.bus.subscribe(
            lambda _: heard.append(name), interface=interface, member=member, **more
        )

    subscribe("both", "any.Thing", "Fired")
    subscribe("path", "any.Thing", "Fired", path="/a")
    subscribe("other path", "any.Thing", "Fired", path="/b")
    subscribe("argument", "any.Thing", "Fired", arg0="x")
    subscribe("other argument", "any.Thing", "Fired", arg0="y")
    subscribe("member", "any.Thing", "Ceased")
    subscribe("interface", "other.Thing", "Fired")
    scene.daemon.emit("/a", "any.Thing", "Fired", "s", "x")
    assert heard == ["both", "path", "argument"]
    scene.daemon.emit("/a", "any.Thing", "Fired")
    assert heard[3:] == ["both", "path"]


def test_daemon_is_told_all_conditions_when_subscribed(scene: Scene) -> None:
    scene.bus.subscribe(
        scene.signals.append,
        interface="any.Thing",
        member="Fired",
        path="/a",
        sender="any.Sender",
        arg0="x",
    )
    scene.loop.pump()
    assert scene.daemon.matches == [
        "type='signal',interface='any.Thing',member='Fired',path='/a',sender='any.Sender',arg0='x'"
    ]


def test_signal_is_heard_no_more_when_cancelled(scene: Scene) -> None:
    listener = scene.bus.subscribe(scene.signals.append, interface="any.Thing", member="Fired")
    scene.loop.pump()
    listener.cancel()
    listener.cancel()
    scene.daemon.emit("/a", "any.Thing", "Fired")
    assert scene.signals == []
    assert scene.daemon.matches == []


def test_later_listener_hears_nothing_when_an_earlier_cancels_it(scene: Scene) -> None:
    scene.bus.subscribe(lambda _: second.cancel(), interface="any.Thing", member="Fired")
    second = scene.bus.subscribe(scene.signals.append, interface="any.Thing", member="Fired")
    scene.daemon.emit("/a", "any.Thing", "Fired")
    assert scene.signals == []


def test_owner_is_told_now_and_at_each_change_when_watched(scene: Scene) -> None:
    scene.daemon.answers["GetNameOwner"] = lambda _: ("s", (":1.3",))
    scene.bus.watch_owner("any.Thing", scene.owners.append)
    scene.loop.pump()
    assert scene.owners == [":1.3"]
    scene.daemon.owner_changed("any.Thing", ":1.3", "")
    scene.daemon.owner_changed("any.Thing", "", ":1.4")
    scene.daemon.owner_changed("other.Thing", "", ":1.5")
    assert scene.owners == [":1.3", "", ":1.4"]


def test_nobody_is_told_when_a_name_has_no_owner(scene: Scene) -> None:
    scene.daemon.answers["GetNameOwner"] = lambda _: "org.freedesktop.DBus.Error.NameHasNoOwner"
    scene.bus.watch_owner("any.Thing", scene.owners.append)
    scene.loop.pump()
    assert scene.owners == [""]
    scene.daemon.owner_changed("any.Thing", "", ":1.4")
    assert scene.owners == ["", ":1.4"]


def test_owner_is_told_once_when_signal_and_answer_agree(scene: Scene) -> None:
    def answer(_: Message) -> tuple[str, tuple[object, ...]]:
        scene.daemon.owner_changed("any.Thing", "", ":1.4")
        return "s", (":1.4",)

    scene.daemon.answers["GetNameOwner"] = answer
    scene.bus.watch_owner("any.Thing", scene.owners.append)
    scene.loop.pump()
    assert scene.owners == [":1.4"]


def test_owner_is_told_no_more_when_cancelled(scene: Scene) -> None:
    scene.daemon.answers["GetNameOwner"] = lambda _: ("s", (":1.3",))
    scene.bus.watch_owner("any.Thing", scene.owners.append).cancel()
    scene.loop.pump()
    scene.daemon.owner_changed("any.Thing", ":1.3", "")
    assert scene.owners == []


def test_calls_end_before_the_loss_is_told_when_the_daemon_dies(scene: Scene) -> None:
    scene.daemon.answers["Slow"] = lambda _: None
    for _ in range(2):
        scene.bus.call(THING, "Slow", done=lambda reply: scene.events.append(reply.error))
    scene.loop.pump()
    scene.daemon.hang_up()
    scene.loop.run_to(60_000)
    assert scene.events == ["opened", DISCONNECTED, DISCONNECTED, "lost"]


def test_nothing_fails_when_used_after_the_loss(scene: Scene) -> None:
    scene.daemon.hang_up()
    scene.loop.pump()
    scene.bus.call(THING, "Late", done=scene.replies.append)
    listener = scene.bus.subscribe(scene.signals.append, interface="any.Thing", member="Fired")
    listener.cancel()
    scene.bus.close()
    scene.loop.run_to(60_000)
    assert scene.events == ["opened", "lost"]


def test_nothing_is_told_when_closed(scene: Scene) -> None:
    scene.daemon.answers["Slow"] = lambda _: None
    scene.bus.call(THING, "Slow", done=scene.replies.append)
    scene.bus.subscribe(scene.signals.append, interface="any.Thing", member="Fired")
    scene.loop.pump()
    scene.bus.close()
    scene.loop.run_to(60_000)
    assert scene.replies == []
    assert scene.events == ["opened"]


@pytest.mark.parametrize(
    ("interface", "member", "kind"),
    [
        ("org.freedesktop.DBus.Peer", "Ping", MessageType.method_return),
        ("org.freedesktop.DBus.Peer", "Pong", MessageType.error),
        ("any.Thing", "Ping", MessageType.error),
    ],
)
def test_caller_is_answered_when_it_asks_us(
    scene: Scene, interface: str, member: str, kind: MessageType
) -> None:
    scene.daemon.send(scene.daemon.ask(interface, member))
    scene.loop.pump()
    assert scene.last_call.header.message_type is kind


def test_caller_is_not_answered_when_it_wants_no_answer(scene: Scene) -> None:
    question = scene.daemon.ask("any.Thing", "Do")
    question.header.flags |= MessageFlag.no_reply_expected
    scene.daemon.send(question)
    scene.loop.pump()
    assert scene.daemon.calls == []


def test_wrong_arguments_are_refused_when_calling(scene: Scene) -> None:
    with pytest.raises((TypeError, ValueError)):
        scene.bus.call(THING, "Add", "uu", (1,))
    with pytest.raises(TypeError):
        scene.bus.call(THING, "Say", "s", (1,))
