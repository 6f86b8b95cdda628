"""The control socket: how the command line and a second start speak to the running app.

A message is a 4-byte big-endian length and as many bytes of JSON, an object with the
protocol's version in ``v``. One connection carries one request and its reply.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import stat
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tracker.errors import ErrorCode, KanaltidError, OutsideError
from tracker.loop import Handle, Loop

log = logging.getLogger(__name__)

VERSION = 1
LONGEST = 64 * 1024
"""The longest request in bytes; a reply may be longer."""

ANSWER_S = 10.0
Request = dict[str, Any]
Handler = Callable[[Request], Any]


def _address(path: Path) -> tuple[int, str]:
    """Return a descriptor of the socket's folder and a short address through it.

    A socket's path holds 108 bytes, and a home folder may be deeper than that.
    """
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    return folder, f"/proc/self/fd/{folder}/{path.name}"


def _pack(message: Mapping[str, Any]) -> bytes:
    body = json.dumps(message, ensure_ascii=False).encode()
    return struct.pack(">I", len(body)) + body


def _peer_uid(connection: socket.socket) -> int:
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", raw)[1])


class ControlServer:
    """Listens on the owner's socket and answers on the loop.

    Args:
        loop: Where it listens.
        path: The socket; what is left there by a dead process is replaced, so take the
            lock of the measuring process first.
        handler: Given the request, returns what JSON can hold, or raises KanaltidError.
    """

    def __init__(self, loop: Loop, path: Path, handler: Handler) -> None:
        self._loop = loop
        self._path = path
        self._handler = handler
        self._peers: dict[socket.socket, _Peer] = {}
        with contextlib.suppress(FileNotFoundError):
            if stat.S_ISSOCK(path.lstat().st_mode):
                path.unlink()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        folder, address = _address(path)
        mask = os.umask(0o177)
        try:
            self._socket.bind(address)
        except OSError as error:
            self._socket.close()
            raise OutsideError(
                ErrorCode.FILE_NOT_WRITTEN, file=str(path), reason=error.strerror or ""
            ) from error
        finally:
            os.umask(mask)
            os.close(folder)
        self._socket.listen(8)
        self._socket.setblocking(False)
        self._watch = loop.watch(self._socket.fileno(), self._accept)

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._watch.cancel()
        for peer in list(self._peers.values()):
            peer.close()
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _accept(self) -> None:
        try:
            connection, _ = self._socket.accept()
        except OSError:  # gone again before it was taken
            return
        if _peer_uid(connection) != os.getuid():
            connection.close()
            return
        connection.setblocking(False)
        self._peers[connection] = _Peer(
            self._loop, connection, self._handler, lambda: self._peers.pop(connection, None)
        )


class _Peer:
    """One connection: collects the request, answers, and closes."""

    def __init__(
        self,
        loop: Loop,
        connection: socket.socket,
        handler: Handler,
        closed: Callable[[], object],
    ) -> None:
        self._connection = connection
        self._handler = handler
        self._closed = closed
        self._received = bytearray()
        self._watch: Handle = loop.watch(connection.fileno(), self._read)

    def close(self) -> None:
        self._watch.cancel()
        self._connection.close()
        self._closed()

    def _read(self) -> None:
        try:
            received = self._connection.recv(LONGEST)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        self._received += received
        if not received or len(self._received) > LONGEST + 4:
            self.close()
        elif (body := _body(self._received)) is not None:
            self._answer(body)

    def _answer(self, body: bytes) -> None:
        reply = _pack({"v": VERSION, **answer(self._handler, body)})
        try:
            # A reply fits the socket's buffer or a reader waits for it: a bounded block.
            self._connection.settimeout(1.0)
            self._connection.sendall(reply)
        except OSError:  # who asked is gone
            pass
        self.close()


def _body(received: bytearray) -> bytes | None:
    if len(received) < 4:
        return None
    length = int(struct.unpack(">I", received[:4])[0])
    if length > LONGEST:
        return bytes(received[4:])  # can't be whole: answered as refused
    return bytes(received[4 : 4 + length]) if len(received) >= 4 + length else None


def answer(handler: Handler, body: bytes) -> dict[str, Any]:
    """Return the reply to a request's bytes: ``ok`` with ``value``, or ``code`` and ``fields``."""
    try:
        request = json.loads(body)
        if not isinstance(request, dict) or request.get("v") != VERSION:
            raise OutsideError(ErrorCode.CONTROL_REFUSED)
        return {"ok": True, "value": handler(request)}
    except KanaltidError as error:
        fields = {name: str(value) for name, value in error.fields.items()}
        return {"ok": False, "code": error.code.value, "fields": fields}
    except (ValueError, RecursionError):
        return {"ok": False, "code": ErrorCode.CONTROL_REFUSED.value, "fields": {}}
    except Exception:  # the top of a request: what one asks must not end the measuring
        log.exception("a request failed")
        return {"ok": False, "code": ErrorCode.INTERNAL.value, "fields": {}}


def ask(path: Path, request: Mapping[str, Any]) -> Any:
    """Ask the running app and return its answer.

    Raises:
        OutsideError: ``NOT_RUNNING`` where nobody listens; else what the app answered.
    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(ANSWER_S)
    try:
        folder, address = _address(path)
        try:
            connection.connect(address)
        finally:
            os.close(folder)
        if _peer_uid(connection) != os.getuid():
            raise OutsideError(ErrorCode.NOT_RUNNING)  # somebody else's: they learn nothing
        connection.sendall(_pack({"v": VERSION, **request}))
        reply = json.loads(_receive(connection))
    except (OSError, EOFError, ValueError) as error:
        raise OutsideError(ErrorCode.NOT_RUNNING) from error
    finally:
        connection.close()
    try:
        if reply["ok"]:
            return reply["value"]
        code, fields = ErrorCode(reply["code"]), dict(reply["fields"])
    except (KeyError, TypeError, ValueError) as error:  # of another version
        raise OutsideError(ErrorCode.CONTROL_REFUSED) from error
    raise OutsideError(code, **fields)


def _receive(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as stream:
        header = stream.read(4)
        if len(header) < 4:
            raise EOFError
        length = int(struct.unpack(">I", header)[0])
        body = stream.read(length)
        if len(body) < length:
            raise EOFError
        return body
