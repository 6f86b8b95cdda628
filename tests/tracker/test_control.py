"""The control socket, on real sockets and a real loop."""

from __future__ import annotations

import os
import socket
import stat
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tracker import control
from tracker.clock import LedgerClock, SystemTime
from tracker.control import LONGEST, ControlServer, answer, ask
from tracker.errors import ErrorCode, KanaltidError, OutsideError
from tracker.selector_loop import SelectorLoop


def handle(request: dict[str, Any]) -> Any:
    if request["do"] == "echo":
        return request["what"]
    raise OutsideError(ErrorCode.UNKNOWN_CHANNEL, channel=request["do"])


@pytest.fixture
def loop() -> Iterator[SelectorLoop]:
    made = SelectorLoop(LedgerClock(SystemTime()))
    yield made
    made.close()


@pytest.fixture
def server(loop: SelectorLoop, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "control.sock"
    made = ControlServer(loop, path, handle)
    yield path
    made.close()


def beside(loop: SelectorLoop, call: Callable[[], Any]) -> Any:
    """Run ``call`` in a thread while the loop turns; return or raise what it did."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(call())
        except (KanaltidError, OSError) as error:
            outcome.append(error)
        loop.stop()

    thread = threading.Thread(target=run)
    thread.start()
    loop.run()
    thread.join()
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def test_answer_comes_back_when_asked(loop: SelectorLoop, server: Path) -> None:
    value = {"åäö": [1, None, "x" * 200_000]}
    small = {"åäö": [1, None, "x" * 1000]}
    assert beside(loop, lambda: ask(server, {"do": "echo", "what": small})) == small
    with pytest.raises(OutsideError) as refused:
        beside(loop, lambda: ask(server, {"do": "echo", "what": value}))
    assert refused.value.code in (ErrorCode.CONTROL_REFUSED, ErrorCode.NOT_RUNNING)


def test_error_comes_back_when_the_app_refuses(loop: SelectorLoop, server: Path) -> None:
    with pytest.raises(OutsideError) as refused:
        beside(loop, lambda: ask(server, {"do": "mastodon"}))
    assert refused.value.code is ErrorCode.UNKNOWN_CHANNEL
    assert refused.value.fields == {"channel": "mastodon"}


def test_not_running_is_said_when_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(OutsideError) as refused:
        ask(tmp_path / "control.sock", {"do": "echo"})
    assert refused.value.code is ErrorCode.NOT_RUNNING


def test_nothing_is_said_when_the_socket_is_another_users(
    loop: SelectorLoop, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = threading.current_thread()

    def peer_uid(_connection: socket.socket) -> int:
        """Let the server be another user's, to who asks it from the other thread."""
        return os.getuid() + (threading.current_thread() is not here)

    monkeypatch.setattr(control, "_peer_uid", peer_uid)
    with pytest.raises(OutsideError) as refused:
        beside(loop, lambda: ask(server, {"do": "echo", "what": 1}))
    assert refused.value.code is ErrorCode.NOT_RUNNING


def test_socket_is_the_owners_alone_when_it_listens(server: Path) -> None:
    found = server.stat()
    assert stat.S_ISSOCK(found.st_mode)
    assert stat.S_IMODE(found.st_mode) == 0o600
    assert found.st_uid == os.getuid()


def test_socket_listens_when_its_path_is_long_or_left_behind(
    loop: SelectorLoop, tmp_path: Path
) -> None:
    folder = tmp_path / ("a" * 120)
    folder.mkdir()
    path = folder / "control.sock"
    for _ in range(2):
        server = ControlServer(loop, path, handle)
        asked = beside(loop, lambda: ask(path, {"do": "echo", "what": 1}))
        assert asked == 1
        server._socket.close()  # a crash: the socket is left behind
        server._watch.cancel()


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\0",
        b"\xff\xff\xff\xff" + b"x" * 100,
        struct.pack(">I", 3) + b"{}}",
        struct.pack(">I", 2) + b"[]",
        struct.pack(">I", 7) + b'{"v":0}',
        struct.pack(">I", LONGEST) + b"[" * LONGEST,
    ],
)
def test_server_goes_on_when_it_gets_garbage(
    loop: SelectorLoop, server: Path, garbage: bytes
) -> None:
    def send() -> None:
        peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        peer.connect(str(server))
        peer.sendall(garbage)
        peer.shutdown(socket.SHUT_WR)
        peer.settimeout(5)
        while peer.recv(4096):
            pass
        peer.close()

    beside(loop, send)
    assert beside(loop, lambda: ask(server, {"do": "echo", "what": "still"})) == "still"


def test_answer_refuses_when_the_request_is_nonsense() -> None:
    assert answer(handle, b"\xff")["code"] == "control_refused"


def test_one_line_is_told_when_there_can_be_no_socket(loop: SelectorLoop, tmp_path: Path) -> None:
    path = tmp_path / "control.sock"
    path.write_text("somebody's file")
    with pytest.raises(OutsideError) as refused:
        ControlServer(loop, path, handle)
    assert refused.value.code is ErrorCode.FILE_NOT_WRITTEN
    assert refused.value.fields["file"] == str(path)
    assert path.read_text() == "somebody's file"


def test_server_closes_when_somebody_is_still_connected(loop: SelectorLoop, tmp_path: Path) -> None:
    path = tmp_path / "control.sock"
    server = ControlServer(loop, path, handle)
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(path))
        peer.sendall(struct.pack(">I", 10))  # and no more
        for _ in range(5):
            loop.turn(longest_s=0.02)
        server.close()
        assert peer.recv(1) == b""
    assert not path.exists()


def test_server_goes_on_when_who_asked_is_gone(loop: SelectorLoop, server: Path) -> None:
    body = b'{"v": 1, "do": "echo", "what": 1}'
    for _ in range(3):
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(str(server))
            peer.sendall(struct.pack(">I", len(body)) + body)
    for _ in range(10):
        loop.turn(longest_s=0.02)
    assert beside(loop, lambda: ask(server, {"do": "echo", "what": "still"})) == "still"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (b"", ErrorCode.NOT_RUNNING),
        (b"\0\0", ErrorCode.NOT_RUNNING),
        (struct.pack(">I", 5) + b"{}", ErrorCode.NOT_RUNNING),
        (struct.pack(">I", 2) + b"{]", ErrorCode.NOT_RUNNING),
        (struct.pack(">I", 2) + b"{}", ErrorCode.CONTROL_REFUSED),
        (struct.pack(">I", 2) + b"[]", ErrorCode.CONTROL_REFUSED),
        (struct.pack(">I", 12) + b'{"ok": true}', ErrorCode.CONTROL_REFUSED),
        (struct.pack(">I", 27) + b'{"ok": false, "code": "new"}'[:27], ErrorCode.NOT_RUNNING),
        (struct.pack(">I", 28) + b'{"ok": false, "code": "new"}', ErrorCode.CONTROL_REFUSED),
    ],
)
def test_known_error_is_raised_when_the_answer_is_odd(
    tmp_path: Path, reply: bytes, code: ErrorCode
) -> None:
    path = tmp_path / "control.sock"
    with socket.socket(socket.AF_UNIX) as odd:
        odd.bind(str(path))
        odd.listen()

        def answer_once() -> None:
            peer, _ = odd.accept()
            peer.recv(4096)
            peer.sendall(reply)
            peer.close()

        thread = threading.Thread(target=answer_once)
        thread.start()
        with pytest.raises(OutsideError) as refused:
            ask(path, {"do": "echo"})
        thread.join()
    assert refused.value.code is code
