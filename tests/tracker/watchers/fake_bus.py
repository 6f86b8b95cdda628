"""A D-Bus daemon of a few lines, and a loop on which real sockets meet virtual time."""

from __future__ import annotations

import array
import select
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.low_level import Parser

from tracker.virtual_loop import VirtualLoop, VirtualTime

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
Answer = tuple[str, tuple[object, ...]] | str | None
"""What a call is answered with: signature and values, an error's name, or nothing at all."""


def at(ms: int) -> datetime:
    return START + timedelta(milliseconds=ms)


class SocketLoop(VirtualLoop):
    """Virtual time, but descriptors are ready when they are."""

    def __init__(self) -> None:
        super().__init__(VirtualTime(START))

    def pump(self) -> None:
        """Run what is posted and what can be read, until there is nothing of either."""
        while True:
            self.settle()
            ready, _, _ = select.select(list(self._watched), [], [], 0)
            if not ready and not self._posted:
                return
            for fd in ready:
                if fd in self._watched:
                    self.feed(fd)

    def run_to(self, ms: int) -> None:
        self.pump()
        self.advance_to(at(ms))
        self.pump()


class FakeDaemon:
    """Serves one socket on the loop.

    Attributes:
        calls: What it was asked, less the greeting and the matches.
        matches: The match rules in force.
        answers: How to answer a method, by its name; without one, an error.
    """

    def __init__(self, loop: SocketLoop, folder: Path) -> None:
        self.loop = loop
        self.address = f"unix:path={folder}/bus"
        self.calls: list[Message] = []
        self.matches: list[str] = []
        self.answers: dict[str, Callable[[Message], Answer]] = {}
        self.greets = True
        self.takes = b"OK 0123456789abcdef0123456789abcdef\r\n"
        self.reads = True
        self.connections = 0
        self._serials = count(1)
        self._peer: socket.socket | None = None
        self._folder = folder
        self.open()

    def open(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(f"{self._folder}/bus")
        self._listener.listen()
        self._listening = self.loop.watch(self._listener.fileno(), self._accept)

    def shut(self) -> None:
        """End, as when the daemon dies."""
        self.hang_up()
        self._listening.cancel()
        self._listener.close()
        (self._folder / "bus").unlink(missing_ok=True)

    def hang_up(self) -> None:
        if self._peer is not None:
            self._watch.cancel()
            self._peer.close()
            self._peer = None

    @property
    def peer(self) -> socket.socket:
        assert self._peer is not None
        return self._peer

    def members(self) -> list[str]:
        return [call.header.fields[HeaderFields.member] for call in self.calls]

    def calls_of(self, member: str) -> list[Message]:
        return [call for call in self.calls if call.header.fields[HeaderFields.member] == member]

    def send(self, message: Message, files: tuple[int, ...] = ()) -> None:
        data = self.bytes_of(message, files)
        if files:
            rights = array.array("i", files)
            self.peer.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        else:
            self.peer.sendall(data)

    def bytes_of(self, message: Message, files: tuple[int, ...] = ()) -> bytes:
        told = array.array("i") if files else None
        return bytes(message.serialise(serial=next(self._serials), fds=told))

    def signal(
        self,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        *body: object,
        sender: str = ":1.2",
    ) -> Message:
        message = new_signal(
            DBusAddress(path, interface=interface), member, signature or None, body
        )
        message.header.fields[HeaderFields.sender] = sender
        return message

    def emit(self, *arguments: Any, **more: Any) -> None:
        self.send(self.signal(*arguments, **more))
        self.loop.pump()

    def owner_changed(self, name: str, before: str, after: str) -> None:
        bus = "org.freedesktop.DBus"
        told = ("/org/freedesktop/DBus", bus, "NameOwnerChanged", "sss", name, before, after)
        self.emit(*told, sender=bus)

    def ask(self, interface: str, member: str) -> Message:
        return new_method_call(DBusAddress("/any", ":1.9", interface), member)

    def _accept(self) -> None:
        self.hang_up()
        self._peer, _ = self._listener.accept()
        self.connections += 1
        self.calls.clear()
        self.matches.clear()
        self._said = b""
        self._parser: Parser | None = None
        self._watch = self.loop.watch(self._peer.fileno(), self._read)

    def _read(self) -> None:
        if not self.reads:
            self._watch.cancel()
            return
        try:
            data = self.peer.recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            self.hang_up()
        elif self._parser is None:
            self._said += data
            self._authenticate()
        else:
            for message in self._parser.feed(data):
                self._called(message)

    def _authenticate(self) -> None:
        if b"BEGIN\r\n" in self._said:
            _, _, rest = self._said.partition(b"BEGIN\r\n")
            self._parser = Parser()
            for message in self._parser.feed(rest):
                self._called(message)
        elif self._said.endswith(b"NEGOTIATE_UNIX_FD\r\n"):
            self.peer.sendall(b"AGREE_UNIX_FD\r\n")
        elif self._said.count(b"\r\n") == 1 and self.takes:
            self.peer.sendall(self.takes)

    def _called(self, message: Message) -> None:
        member = message.header.fields.get(HeaderFields.member, "")
        if message.header.message_type is not MessageType.method_call:
            self.calls.append(message)
        elif member == "Hello":
            if self.greets:
                self.send(new_method_return(message, "s", (":1.7",)))
        elif member == "AddMatch":
            self.matches.append(message.body[0])
        elif member == "RemoveMatch":
            self.matches.remove(message.body[0])
        else:
            self.calls.append(message)
            self._answer(message, self.answers.get(member, _refuse)(message))

    def _answer(self, message: Message, answer: Answer) -> None:
        if isinstance(answer, str):
            self.send(new_error(message, answer))
        elif answer is not None:
            self.send(new_method_return(message, answer[0] or None, answer[1]))


def _refuse(_message: Message) -> Answer:
    return "org.freedesktop.DBus.Error.UnknownMethod"
