"""A D-Bus connection on a loop: calls with late answers, signals, and who owns a name.

Nothing here waits. Callbacks come on the loop's thread and never from within the call
that they answer. What others send may have any shape: match on a body before using it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)

from tracker.loop import Callback, Handle, Loop
from tracker.watchers.bus_link import BusLink
from tracker.watchers.bus_message import DISCONNECTED, NO_REPLY, BusObject, Reply, Signal, sendable

TIMEOUT_MS = 5_000
_DBUS = "org.freedesktop.DBus"
_UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod"
_DAEMON = BusObject(_DBUS, "/org/freedesktop/DBus", _DBUS)


class Bus:
    """A connection to a bus, made in the background; calls may be made at once.

    Args:
        loop: Where it lives.
        address: See :mod:`tracker.watchers.bus_link` for where to find it.
        lost: Called once when the connection is over and was not closed from here, after
            all calls under way were answered with ``DISCONNECTED``.
        opened: Called once the daemon has taken the connection.
        descriptors: Whether answers may bring open files.

    Raises:
        ConnectionError: Nobody listens at the address.
    """

    def __init__(
        self,
        loop: Loop,
        address: str,
        lost: Callback,
        *,
        opened: Callback | None = None,
        descriptors: bool = False,
    ) -> None:
        self._loop = loop
        self._lost = lost
        self._opened = opened
        self._serials = count(1)
        self._pending: dict[int, _Pending] = {}
        self._listeners: list[_Listener] = []
        self.unique_name = ""
        self._link = BusLink(loop, address, self._received, self._over, descriptors=descriptors)
        self.call(_DAEMON, "Hello", done=self._greeted)

    def call(
        self,
        target: BusObject,
        member: str,
        signature: str = "",
        body: tuple[object, ...] = (),
        done: Callable[[Reply], None] | None = None,
        *,
        timeout_ms: int = TIMEOUT_MS,
        auto_start: bool = True,
    ) -> None:
        """Call a method.

        Args:
            target: Whom to call.
            member: The method.
            signature: The arguments' types, such as ``susssasa{sv}i``.
            body: The arguments; a variant is a pair of signature and value. A NUL in a
                text, for which the daemon would hang up, is left out.
            done: Given the answer, or an error after ``timeout_ms``; without it nobody
                answers.
            timeout_ms: How long to wait for the answer.
            auto_start: Whether the daemon may start a service for it.

        Raises:
            TypeError, ValueError: The arguments do not fit the signature.
        """
        address = DBusAddress(target.path, target.name, target.interface)
        message = new_method_call(address, member, signature or None, sendable(body))
        if not auto_start:
            message.header.flags |= MessageFlag.no_auto_start
        if done is None:
            message.header.flags |= MessageFlag.no_reply_expected
        serial = self._send(message)
        if done is not None:
            deadline = self._loop.clock.now() + timedelta(milliseconds=timeout_ms)
            handle = self._loop.call_at(
                deadline, lambda: self._answer(serial, Reply(error=NO_REPLY))
            )
            self._pending[serial] = _Pending(done, handle)

    def get(self, target: BusObject, name: str, done: Callable[[object], None]) -> None:
        """Read a property without starting a service; None where it can't be read."""
        properties = BusObject(target.name, target.path, f"{_DBUS}.Properties")

        def answered(reply: Reply) -> None:
            match reply:
                case Reply(body=((str(), value),), error=""):
                    done(value)
                case _:
                    done(None)

        arguments = (target.interface, name)
        self.call(properties, "Get", "ss", arguments, answered, auto_start=False)

    def subscribe(
        self,
        heard: Callable[[Signal], None],
        *,
        interface: str,
        member: str,
        path: str | None = None,
        sender: str | None = None,
        arg0: str | None = None,
    ) -> Handle:
        """Have signals told, until cancelled.

        Args:
            heard: Given each signal.
            interface: The signal's interface.
            member: The signal.
            path: Only from this object.
            sender: Only from the owner of this name; the daemon sees to it, so two
                subscriptions that differ in nothing else hear both.
            arg0: Only with this text as the first argument.
        """
        told = {
            "interface": interface,
            "member": member,
            "path": path,
            "sender": sender,
            "arg0": arg0,
        }
        pairs = [f"{key}='{value}'" for key, value in told.items() if value is not None]
        rule = ",".join(["type='signal'", *pairs])
        listener = _Listener(self, rule, heard, (interface, member, path, arg0))
        self._listeners.append(listener)
        self.call(_DAEMON, "AddMatch", "s", (rule,))
        return listener

    def watch_owner(self, name: str, changed: Callable[[str], None]) -> Handle:
        """Have told who owns a bus name: now, and whenever it changes; empty for nobody."""
        owners: list[str] = []

        def owned(owner: str) -> None:
            if listener in self._listeners and owners[-1:] != [owner]:
                owners[:] = [owner]
                changed(owner)

        def heard(signal: Signal) -> None:
            match signal.body:
                case (str(), str(), str() as owner):
                    owned(owner)

        def answered(reply: Reply) -> None:
            match reply:
                case Reply(body=(str() as owner,), error=""):
                    owned(owner)
                case _:
                    owned("")

        listener = self.subscribe(
            heard, interface=_DBUS, member="NameOwnerChanged", sender=_DBUS, arg0=name
        )
        self.call(_DAEMON, "GetNameOwner", "s", (name,), answered)
        return listener

    def close(self) -> None:
        """End the connection; nothing is told any more."""
        self._link.close()
        self._listeners.clear()
        pending, self._pending = self._pending, {}
        for call in pending.values():
            call.timeout.cancel()

    def unsubscribe(self, listener: _Listener) -> None:
        """Hear no more of a subscription; its handle does this."""
        if listener in self._listeners:
            self._listeners.remove(listener)
            self.call(_DAEMON, "RemoveMatch", "s", (listener.rule,))

    def _send(self, message: Message) -> int:
        serial = next(self._serials)
        self._link.send(message.serialise(serial=serial))
        return serial

    def _greeted(self, reply: Reply) -> None:
        match reply:
            case Reply(body=(str() as name,), error=""):
                self.unique_name = name
                if self._opened is not None:
                    self._opened()
            case Reply(error=error) if error != DISCONNECTED:
                self._link.close()
                self._over()

    def _over(self) -> None:
        for serial in list(self._pending):
            self._answer(serial, Reply(error=DISCONNECTED))
        self.close()
        self._lost()

    def _answer(self, serial: int, reply: Reply) -> None:
        call = self._pending.pop(serial, None)
        if call is not None:
            call.timeout.cancel()
            call.done(reply)

    def _received(self, message: Message) -> None:
        fields = message.header.fields
        kind = message.header.message_type
        if kind is MessageType.method_return:
            self._answer(fields.get(HeaderFields.reply_serial, 0), Reply(message.body))
        elif kind is MessageType.error:
            name = fields.get(HeaderFields.error_name) or "unnamed"
            self._answer(fields.get(HeaderFields.reply_serial, 0), Reply(message.body, name))
        elif kind is MessageType.signal:
            self._heard(message)
        elif not message.header.flags & MessageFlag.no_reply_expected:
            ping = fields.get(HeaderFields.interface) == f"{_DBUS}.Peer"
            ping = ping and fields.get(HeaderFields.member) == "Ping"
            self._send(new_method_return(message) if ping else new_error(message, _UNKNOWN_METHOD))

    def _heard(self, message: Message) -> None:
        fields = message.header.fields
        signal = Signal(
            fields.get(HeaderFields.sender, ""),
            fields.get(HeaderFields.path, ""),
            fields.get(HeaderFields.interface, ""),
            fields.get(HeaderFields.member, ""),
            message.body,
        )
        for listener in list(self._listeners):
            if listener in self._listeners and listener.wants(signal):
                listener.heard(signal)


@dataclass(frozen=True, slots=True)
class _Pending:
    done: Callable[[Reply], None]
    timeout: Handle


class _Listener:
    def __init__(
        self,
        bus: Bus,
        rule: str,
        heard: Callable[[Signal], None],
        told: tuple[str, str, str | None, str | None],
    ) -> None:
        self._bus = bus
        self.rule = rule
        self.heard = heard
        self._interface, self._member, self._path, self._arg0 = told

    def wants(self, signal: Signal) -> bool:
        return (
            (signal.interface, signal.member) == (self._interface, self._member)
            and self._path in (None, signal.path)
            and (self._arg0 is None or signal.body[:1] == (self._arg0,))
        )

    def cancel(self) -> None:
        self._bus.unsubscribe(self)
