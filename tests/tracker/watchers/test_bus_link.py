"""The wire to a D-Bus daemon."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import HeaderFields, Message
from jeepney.fds import FileDescriptor

from tests.tracker.watchers.fake_bus import FakeDaemon, SocketLoop
from tracker.watchers import bus_link
from tracker.watchers.bus_link import BusLink, session_bus_address, system_bus_address


class Scene:
    """A daemon, and what comes of it."""

    def __init__(self, folder: Path) -> None:
        self.loop = SocketLoop()
        self.daemon = FakeDaemon(self.loop, folder)
        self.received: list[Message] = []
        self.lost = 0
        self.links: list[BusLink] = []

    def connect(self, address: str = "", *, descriptors: bool = False) -> BusLink:
        link = BusLink(
            self.loop,
            address or self.daemon.address,
            self.received.append,
            self.lose,
            descriptors=descriptors,
        )
        self.links.append(link)
        self.loop.pump()
        return link

    def lose(self) -> None:
        self.lost += 1

    def bodies(self) -> list[tuple[object, ...]]:
        return [message.body for message in self.received]

    def say(self, text: str) -> Message:
        return self.daemon.signal("/any", "any.Thing", "Said", "s", text)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    for link in scene.links:
        link.close()
    scene.daemon.shut()
    assert scene.loop._watched == {}


def call(daemon: FakeDaemon, member: str) -> bytes:
    return bytes(daemon.ask("any.Thing", member).serialise(serial=1))


def test_messages_arrive_when_sent_after_the_login(scene: Scene) -> None:
    link = scene.connect()
    link.send(call(scene.daemon, "First"))
    scene.loop.pump()
    scene.daemon.send(scene.say("hello"))
    scene.loop.pump()
    assert scene.daemon.members() == ["First"]
    assert scene.bodies()[-1] == ("hello",)


def test_messages_wait_for_the_login_when_sent_at_once(scene: Scene) -> None:
    link = BusLink(scene.loop, scene.daemon.address, scene.received.append, scene.lose)
    scene.links.append(link)
    link.send(call(scene.daemon, "First"))
    link.send(call(scene.daemon, "Second"))
    scene.loop.pump()
    assert scene.daemon.members() == ["First", "Second"]


def test_message_is_whole_when_it_comes_byte_by_byte(scene: Scene) -> None:
    scene.connect()
    for byte in scene.daemon.bytes_of(scene.say("Räksmörgås")):
        scene.daemon.peer.sendall(bytes([byte]))
        scene.loop.pump()
    assert scene.bodies() == [("Räksmörgås",)]


def test_messages_come_in_order_when_many_come_at_once(scene: Scene) -> None:
    scene.connect()
    texts = [f"text {number}" for number in range(500)]
    data = b"".join(scene.daemon.bytes_of(scene.say(text)) for text in texts)
    scene.daemon.peer.setblocking(True)
    scene.daemon.peer.sendall(data)
    scene.loop.pump()
    assert scene.bodies() == [(text,) for text in texts]


def test_message_is_whole_when_it_is_large(scene: Scene) -> None:
    scene.connect()
    text = "å" * 3_000_000
    data = memoryview(scene.daemon.bytes_of(scene.say(text)))
    scene.daemon.peer.setblocking(False)
    while data:
        data = data[scene.daemon.peer.send(data) :]
        scene.loop.pump()
    assert scene.bodies() == [(text,)]


def test_large_message_goes_out_when_the_daemon_reads_slowly(scene: Scene) -> None:
    link = scene.connect()
    message = scene.say("å" * 2_000_000)
    link.send(bytes(message.serialise(serial=1)))
    for ms in range(10, 20_000, 10):
        scene.loop.run_to(ms)
        if scene.daemon.calls:
            break
    assert [call.body for call in scene.daemon.calls] == [message.body]
    assert scene.lost == 0


def test_connection_is_given_up_when_the_daemon_reads_no_more(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_link, "UNSENT_BYTES", 1_000_000)
    link = scene.connect()
    scene.daemon.reads = False
    for _ in range(20):
        link.send(bytes(200_000))
    assert scene.lost == 0
    scene.loop.run_to(1000)
    assert scene.lost == 1


def test_what_came_before_is_delivered_when_the_daemon_dies(scene: Scene) -> None:
    scene.connect()
    scene.daemon.send(scene.say("last words"))
    scene.daemon.hang_up()
    scene.loop.pump()
    assert scene.bodies() == [("last words",)]
    assert scene.lost == 1


@pytest.mark.parametrize(
    "rubbish",
    [
        pytest.param(b"x" * 64, id="no byte order"),
        pytest.param(b"l\1\0\1" + b"\xff" * 60, id="too large"),
        pytest.param(b"l\1\0\1" + bytes(8) + b"\x20\0\0\0" + b"c" * 48, id="wrong fields"),
    ],
)
def test_connection_is_over_when_the_daemon_sends_rubbish(scene: Scene, rubbish: bytes) -> None:
    scene.connect()
    good = scene.daemon.bytes_of(scene.say("good"))
    scene.daemon.peer.sendall(good + rubbish)
    scene.loop.pump()
    assert scene.bodies() == [("good",)]
    assert scene.lost == 1


def test_connection_is_over_when_the_login_is_refused(scene: Scene) -> None:
    scene.daemon.takes = b"REJECTED KERBEROS\r\n"
    scene.connect()
    assert scene.lost == 1


def test_connection_is_over_when_the_login_is_never_answered(scene: Scene) -> None:
    scene.daemon.takes = b""
    scene.connect()
    scene.loop.run_to(4999)
    assert scene.lost == 0
    scene.loop.run_to(5001)
    assert scene.lost == 1


def test_connection_lasts_when_the_login_was_answered_in_time(scene: Scene) -> None:
    scene.connect()
    scene.loop.run_to(60_000)
    assert scene.lost == 0


def test_loss_is_told_once_and_later_when_sending_finds_it(scene: Scene) -> None:
    link = scene.connect()
    scene.daemon.hang_up()
    link.send(call(scene.daemon, "First"))
    link.send(call(scene.daemon, "Second"))
    assert scene.lost == 0
    scene.loop.pump()
    assert scene.lost == 1


def test_nothing_is_told_when_closed(scene: Scene) -> None:
    link = scene.connect()
    scene.daemon.send(scene.say("too late"))
    link.close()
    link.close()
    link.send(b"nothing")
    scene.loop.run_to(10_000)
    assert scene.received == []
    assert scene.lost == 0


def test_rest_is_not_delivered_when_a_receiver_closes(scene: Scene) -> None:
    def receive(message: Message) -> None:
        scene.received.append(message)
        link.close()

    link = BusLink(scene.loop, scene.daemon.address, receive, scene.lose)
    scene.loop.pump()
    data = scene.daemon.bytes_of(scene.say("one")) + scene.daemon.bytes_of(scene.say("two"))
    scene.daemon.peer.sendall(data)
    scene.loop.pump()
    assert scene.bodies() == [("one",)]


def test_rest_is_delivered_when_a_receiver_fails(scene: Scene) -> None:
    def receive(message: Message) -> None:
        scene.received.append(message)
        if message.body == ("one",):
            raise ZeroDivisionError

    link = BusLink(scene.loop, scene.daemon.address, receive, scene.lose)
    scene.links.append(link)
    scene.loop.pump()
    texts = ["one", "two", "three"]
    scene.daemon.peer.sendall(b"".join(scene.daemon.bytes_of(scene.say(t)) for t in texts))
    with pytest.raises(ZeroDivisionError):
        scene.loop.pump()
    scene.loop.pump()
    assert scene.bodies() == [(text,) for text in texts]


def test_open_files_arrive_with_their_message_when_asked_for(scene: Scene) -> None:
    scene.connect(descriptors=True)
    reader, writer = os.pipe()
    for text in ("before", "after"):
        scene.daemon.send(scene.say(text))
        if text == "before":
            message = scene.daemon.signal("/any", "any.Thing", "Gave", "h", writer)
            scene.daemon.send(message, (writer,))
            os.close(writer)
    scene.loop.pump()
    members = [message.header.fields[HeaderFields.member] for message in scene.received]
    assert members == ["Said", "Gave", "Said"]
    (given,) = scene.received[1].body
    assert isinstance(given, FileDescriptor)
    os.write(given.fileno(), b"through")
    given.close()
    assert os.read(reader, 20) == b"through"
    os.close(reader)


def test_second_address_is_taken_when_the_first_is_dead(scene: Scene, tmp_path: Path) -> None:
    scene.connect(f"unix:path={tmp_path}/dead;tcp:host=localhost,port=1;{scene.daemon.address}")
    assert scene.daemon.connections == 1


def test_abstract_socket_is_reached_when_the_address_names_one(scene: Scene) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"\0kanaltid-test-{os.getpid()}")
        listener.listen()
        scene.connect(f"unix:abstract=kanaltid-test-{os.getpid()},guid=1")
        peer, _ = listener.accept()
        assert peer.recv(5) == b"\0AUTH"
        peer.close()


@pytest.mark.parametrize(
    "address", ["unix:path=/nowhere/bus", "tcp:host=localhost,port=1", "rubbish", "", "unix:x"]
)
def test_connecting_fails_when_nobody_listens(scene: Scene, address: str) -> None:
    with pytest.raises(ConnectionError):
        BusLink(scene.loop, address, scene.received.append, scene.lose)


def test_session_bus_is_found_when_the_environment_tells(tmp_path: Path) -> None:
    assert session_bus_address({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/a"}) == "unix:path=/a"
    assert session_bus_address({}) is None
    folder = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert session_bus_address(folder) is None
    (tmp_path / "bus").touch()
    assert session_bus_address(folder) == f"unix:path={tmp_path}/bus"


def test_system_bus_has_a_known_place_when_the_environment_is_silent() -> None:
    assert system_bus_address({}) == "unix:path=/run/dbus/system_bus_socket"
    assert system_bus_address({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/a"}) == "unix:path=/a"
