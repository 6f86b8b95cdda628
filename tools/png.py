"""PNG files from the pixels that an X server hands out, without a picture library."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BIT_RGB = (8, 2, 0, 0, 0)


def write_png(path: Path, width: int, height: int, bgrx: bytes) -> None:
    """Write a picture whose pixels are given as four bytes each: blue, green, red, unused."""
    if len(bgrx) != width * height * 4:
        raise ValueError(f"{len(bgrx)} bytes are no {width} × {height} pixels")
    rgb = bytearray(width * height * 3)
    rgb[0::3], rgb[1::3], rgb[2::3] = bgrx[2::4], bgrx[1::4], bgrx[0::4]
    stride = width * 3
    # Each line of a PNG starts with its filter's number; 0 is none.
    lines = b"".join(b"\0" + rgb[start : start + stride] for start in range(0, len(rgb), stride))
    path.write_bytes(
        _SIGNATURE
        + _chunk(b"IHDR", struct.pack(">II5B", width, height, *_EIGHT_BIT_RGB))
        + _chunk(b"IDAT", zlib.compress(lines, 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
