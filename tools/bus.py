"""Private D-Bus daemons, and plain calls on them."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import open_dbus_connection

from tools import processes

_CONFIGURATION = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>{kind}</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
"""

_DAEMON = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_TIMEOUT_S = 10.0

Kind = Literal["session", "system"]


class CallError(RuntimeError):
    """A call on the bus was answered with an error; the message is the error's name."""


class BusClient:
    """A connection to a bus for calls that wait for their answer."""

    def __init__(self, address: str) -> None:
        self._connection: Any = open_dbus_connection(address)

    def __enter__(self) -> BusClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def call(
        self, address: DBusAddress, method: str, signature: str = "", *arguments: object
    ) -> tuple[Any, ...]:
        """Call a method and return what it answers.

        Raises:
            CallError: It answered with an error.
        """
        message = new_method_call(address, method, signature or None, arguments)
        reply = self._connection.send_and_get_reply(message, timeout=_TIMEOUT_S)
        if reply.header.message_type is MessageType.error:
            raise CallError(reply.header.fields[HeaderFields.error_name])
        return tuple(reply.body)

    def listen(self, interface: str) -> None:
        """Ask for the signals of an interface, beside those that are sent to this client alone."""
        rule = MatchRule(type="signal", interface=interface)
        self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=_TIMEOUT_S)

    def signal(self, member: str) -> tuple[Any, ...]:
        """Wait for the next signal of that name and return what it says.

        Raises:
            TimeoutError: The bus was silent for ten seconds.
        """
        while True:
            message = self._connection.receive(timeout=_TIMEOUT_S)
            if message.header.fields.get(HeaderFields.member) == member:
                return tuple(message.body)

    def has_owner(self, name: str) -> bool:
        """Whether somebody on the bus has that name."""
        return bool(self.call(_DAEMON, "NameHasOwner", "s", name)[0])


class PrivateBus:
    """A D-Bus daemon of one's own, which starts no services by itself."""

    def __init__(self, folder: Path, kind: Kind = "session") -> None:
        """Choose the address; nothing runs before :meth:`start`.

        Args:
            folder: An existing folder for its socket, configuration and log.
            kind: What the daemon takes itself for.
        """
        self._socket = folder / f"{kind}-bus"
        self._configuration = folder / f"{kind}-bus.conf"
        self._log = folder / f"{kind}-bus.log"
        self._kind = kind
        self._process: subprocess.Popen[str] | None = None
        self.address = f"unix:path={self._socket}"

    def start(self, env: Mapping[str, str]) -> None:
        """Start the daemon and wait until it takes connections; one that runs is left alone."""
        if self._process is not None:
            return
        self._configuration.write_text(
            _CONFIGURATION.format(kind=self._kind, socket=self._socket), encoding="utf-8"
        )
        self._socket.unlink(missing_ok=True)
        argv = ["dbus-daemon", f"--config-file={self._configuration}", "--nofork", "--nopidfile"]
        self._process = processes.start(argv, env=env, log=self._log)
        processes.wait_until_ready(self._process, self._answers, "dbus-daemon", self._log)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the daemon; harmless where it does not run."""
        if self._process is not None:
            processes.stop(self._process, how)
            self._process = None

    def _answers(self) -> bool:
        try:
            with BusClient(self.address):
                return True
        except (FileNotFoundError, ConnectionRefusedError):
            return False
