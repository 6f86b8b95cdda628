"""What the X server sends as bytes, read as text and numbers.

Any client may put anything into a property, so nothing here fails: what can't be read
comes out empty.
"""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass

_HEADER = struct.Struct("=xB2xIIII12x")
_COUNTER = struct.Struct("=IiIH")
_CLIENT_ID = struct.Struct("=III")
_REPLY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Property:
    """A window's property as the server sent it; without data where there is none."""

    data: bytes = b""
    cut: bool = False
    """Whether there was more than was asked for."""

    @classmethod
    def from_reply(cls, reply: bytes) -> Property:
        """Read a GetProperty reply."""
        if len(reply) < _REPLY_BYTES:
            return cls()
        width, _length, _kind, after, count = _HEADER.unpack_from(reply)
        return cls(reply[_REPLY_BYTES : _REPLY_BYTES + count * (width // 8)], after > 0)

    def number(self) -> int | None:
        """Return the first 32-bit number."""
        numbers = self.numbers()
        return numbers[0] if numbers else None

    def numbers(self) -> tuple[int, ...]:
        """Return all 32-bit numbers."""
        count = len(self.data) // 4
        return struct.unpack_from(f"={count}I", self.data)

    def text(self) -> str:
        """Return the first text that is not empty, as UTF-8 or else as Latin-1.

        Some clients put UTF-8 into the old Latin-1 property, and some the other way
        round, so the bytes decide and not the property's type. A NUL ends the text, as
        it does for window managers. A character that the limit cut in two is left out.
        """
        piece = next(filter(None, self.data.split(b"\0")), b"")
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            return decoder.decode(piece, not self.cut)
        except UnicodeDecodeError:
            return piece.decode("latin-1")

    def class_name(self) -> str:
        """Return the class of a WM_CLASS, or its instance where the class is empty."""
        instance, _, rest = self.data.partition(b"\0")
        return Property(rest.partition(b"\0")[0] or instance).text()


def counters(reply: bytes) -> dict[str, int]:
    """Read a ListSystemCounters reply: the counters' ids by name.

    xcffib 1.13 fails on this one itself: it leaves out the padding after the names.
    """
    found: dict[str, int] = {}
    offset = _REPLY_BYTES
    while offset + _COUNTER.size <= len(reply):
        number, _, _, length = _COUNTER.unpack_from(reply, offset)
        start = offset + _COUNTER.size
        found[reply[start : start + length].decode("latin-1")] = number
        offset += (_COUNTER.size + length + 3) & ~3
    return found


def client_pid(reply: bytes) -> int | None:
    """Read a QueryClientIds reply: the process, where the server knows it."""
    offset = _REPLY_BYTES
    while offset + _CLIENT_ID.size <= len(reply):
        _, _, length = _CLIENT_ID.unpack_from(reply, offset)
        offset += _CLIENT_ID.size
        if length >= 4 and offset + 4 <= len(reply):
            pid: int = struct.unpack_from("=I", reply, offset)[0]
            return pid or None
        offset += length
    return None
