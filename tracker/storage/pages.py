"""Finds rows in the pages of a file whose trees are damaged.

A tree of which an upper page is lost leads to none of its rows, and in a file that was cut
off that is the usual case: upper pages are made late. The rows themselves stand in the pages
below, and what stands in a page can be read without the tree. The form of pages and records
is SQLite's (https://sqlite.org/fileformat2.html#b_tree_pages).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PAGE = 4096
_HEAD_OF_FILE = 100
_LEAF, _INNER = 0x0A, 0x02
"""Pages of tables that live in the tree of their key. Inner ones hold rows as well."""

_MOST_LOCAL = (PAGE - 12) * 64 // 255 - 23
"""A longer record goes on in other pages. None of those that are looked for is so long."""

_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)

Value = int | str | None


def records(path: Path) -> Iterator[tuple[Value, ...]]:
    """Yield each record that stands in a page of an index or of a table that is one."""
    with path.open("rb") as file:
        first = True
        while len(page := file.read(PAGE)) == PAGE:
            yield from _records_of(page, _HEAD_OF_FILE if first else 0)
            first = False


def _records_of(page: bytes, head: int) -> Iterator[tuple[Value, ...]]:
    if page[head] not in (_LEAF, _INNER):
        return
    child = 4 if page[head] == _INNER else 0
    pointers = head + 8 + child
    for index in range(int.from_bytes(page[head + 3 : head + 5], "big")):
        at = pointers + 2 * index
        if at + 2 > PAGE:
            return
        place = int.from_bytes(page[at : at + 2], "big")
        try:
            yield _record(page, place + child)
        except (IndexError, ValueError):  # it is damaged itself
            continue


def _record(page: bytes, at: int) -> tuple[Value, ...]:
    """Return the values of the record that stands there.

    Raises:
        IndexError, ValueError: There is none.
    """
    size, at = _number(page, at)
    if size > _MOST_LOCAL or at + size > PAGE:
        raise ValueError("not in this page")
    end = at + size
    length, place = _number(page, at)
    body = at + length
    kinds = []
    while place < at + length:
        kind, place = _number(page, place)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, body = _value(page, kind, body)
        values.append(value)
    if body != end:
        raise ValueError("another length")
    return tuple(values)


def _value(page: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind < len(_INTEGER_BYTES):
        end = at + _INTEGER_BYTES[kind]
        return int.from_bytes(page[at:end], "big", signed=True), end
    if kind in (8, 9):
        return kind - 8, at
    if kind < 13 or kind % 2 == 0:
        raise ValueError("no such value is stored")
    end = at + (kind - 13) // 2
    return page[at:end].decode(), end


def _number(page: bytes, at: int) -> tuple[int, int]:
    """Return the number of variable length that stands there, and where it ends."""
    number = 0
    for _ in range(8):
        byte = page[at]
        at += 1
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at
    return number << 8 | page[at], at + 1
