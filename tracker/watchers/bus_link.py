"""The wire to a D-Bus daemon on a loop: bytes out, messages in, never waiting for either."""

from __future__ import annotations

import socket
import struct
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from jeepney import Message
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.fds import FileDescriptor, fds_buf_size
from jeepney.low_level import Parser

from tracker.loop import Callback, Handle, Loop

AUTHENTICATION = timedelta(seconds=5)
RESEND = timedelta(milliseconds=10)
READ_BYTES = 65_536
READS_AT_ONCE = 64
MESSAGE_BYTES = 128 * 2**20
"""The largest message that D-Bus allows."""

UNSENT_BYTES = 16 * 2**20
"""A daemon that has let so much wait does not read any more."""

_MALFORMED = (ValueError, LookupError, AssertionError, TypeError, struct.error, RecursionError)


def session_bus_address(environ: Mapping[str, str]) -> str | None:
    """Return the address of the session's bus; None where there can be none."""
    told = environ.get("DBUS_SESSION_BUS_ADDRESS")
    if told:
        return told
    folder = environ.get("XDG_RUNTIME_DIR")
    if folder and (Path(folder) / "bus").exists():
        return f"unix:path={folder}/bus"
    return None


def system_bus_address(environ: Mapping[str, str]) -> str:
    """Return the address of the system's bus."""
    return environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/run/dbus/system_bus_socket"


class BusLink:
    """A connection that is authenticated in the background.

    Args:
        loop: Where it is read.
        address: As D-Bus writes it; the first that answers is taken.
        received: Given each message, on the loop's thread.
        lost: Called once, on the loop's thread, when the connection is over and was not
            closed from here.
        descriptors: Whether messages may bring open files.

    Raises:
        ConnectionError: Nobody listens at the address.
    """

    def __init__(
        self,
        loop: Loop,
        address: str,
        received: Callable[[Message], None],
        lost: Callback,
        *,
        descriptors: bool = False,
    ) -> None:
        self._loop = loop
        self._received = received
        self._lost = lost
        self._descriptors = descriptors
        self._socket = _connect(address)
        self._parser = Parser()
        self._inbox: deque[Message] = deque()
        self._login: Any = Authenticator(enable_fds=descriptors, inc_null_byte=False)
        self._unsent = bytearray(b"\0" + self._login.data_to_send())
        self._queued = bytearray()
        self._resend: Handle | None = None
        self._open = True
        self._watch = loop.watch(self._socket.fileno(), self._read)
        self._deadline: Handle | None = loop.call_at(loop.clock.now() + AUTHENTICATION, self._fail)
        self._write()

    def send(self, data: bytes) -> None:
        """Send a serialised message, once authenticated and as soon as the daemon reads."""
        if not self._open:
            return
        if self._login is not None:
            self._queued += data
        else:
            self._unsent += data
            self._write()

    def close(self) -> None:
        """End the connection; neither messages nor its loss are told any more."""
        if not self._open:
            return
        self._open = False
        self._watch.cancel()
        for handle in (self._resend, self._deadline):
            if handle is not None:
                handle.cancel()
        self._socket.close()
        self._inbox.clear()

    def _fail(self) -> None:
        """End the connection and tell so, but never from within a call of the user's."""
        if self._open:
            self.close()
            self._loop.post(self._lost)

    def _write_again(self) -> None:
        self._resend = None
        self._write()

    def _write(self) -> None:
        try:
            while self._unsent:
                del self._unsent[: self._socket.send(self._unsent)]
        except BlockingIOError:
            # A loop tells when a descriptor can be read, not written: look again soon.
            if len(self._unsent) > UNSENT_BYTES:
                self._fail()
            elif self._resend is None:
                self._resend = self._loop.call_at(
                    self._loop.clock.now() + RESEND, self._write_again
                )
        except OSError:
            self._fail()

    def _read(self) -> None:
        over = False
        try:
            for data, files in self._chunks():
                if self._login is not None:
                    self._log_in(data)
                else:
                    self._parser.add_data(data, files)
                    self._inbox.extend(iter(self._parser.get_next_message, None))
                    if (self._parser.next_msg_size or 0) > MESSAGE_BYTES:
                        raise ValueError
        except (*_MALFORMED, OSError):
            over = True
        self._deliver()
        if over:
            self._fail()

    def _chunks(self) -> Iterator[tuple[bytes, list[FileDescriptor]]]:
        for _ in range(READS_AT_ONCE):
            files: list[FileDescriptor] = []
            try:
                if self._descriptors and self._login is None:
                    # Not past the end of a message, so that its files are all there with it.
                    wanted = min(self._parser.bytes_desired(), READ_BYTES)
                    data, extra, _, _ = self._socket.recvmsg(wanted, fds_buf_size())
                    files = FileDescriptor.from_ancdata(extra)
                else:
                    data = self._socket.recv(READ_BYTES)
            except BlockingIOError:
                return
            if not data:
                raise ConnectionResetError
            yield data, files
            if not self._open:
                return

    def _log_in(self, data: bytes) -> None:
        self._login.feed(data)
        answer: bytes | None = self._login.data_to_send()
        if answer is not None:
            self._unsent += answer
        if self._login.authenticated:
            self._login = None
            if self._deadline is not None:
                self._deadline.cancel()
            self._unsent += BEGIN + self._queued
            self._queued.clear()
        self._write()

    def _deliver(self) -> None:
        try:
            while self._inbox:
                self._received(self._inbox.popleft())
        finally:
            # A fault in one receiver must not keep the others' messages back.
            if self._inbox:
                self._loop.post(self._deliver)


def _connect(address: str) -> socket.socket:
    try:
        paths = list(get_connectable_addresses(address))
    except (RuntimeError, ValueError) as error:
        raise ConnectionError(address) from error
    for path in paths:
        connection = socket.socket(socket.AF_UNIX)
        connection.setblocking(False)
        try:
            connection.connect(path)
        except OSError:
            connection.close()
        else:
            return connection
    raise ConnectionError(address)
