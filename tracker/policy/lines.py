"""On which line each key of a TOML document stands, which ``tomllib`` does not tell.

The scanner is forgiving: it is asked about documents that ``tomllib`` has accepted,
and stops quietly at what it can't read. It uses no recursion, and it is run first,
so that a document that would exhaust ``tomllib`` never gets there.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from typing import Literal

from tracker.policy.problems import KeyPath, ProblemCode

MAX_DEPTH = 32
"""Nested brackets, and parts of one dotted key; a policy needs four."""

MAX_NUMBER = 64
"""Characters in a number or date."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_TO_LINE_END = re.compile(r"[^\n]*")
_COMMAS = re.compile(r"(?:[ \t\r\n,]+|#[^\n]*)*")
_KEY_PART = re.compile(r'([A-Za-z0-9_-]+)|"((?:\\.|[^"\\\n])*)"|\'([^\'\n]*)\'')
_STRINGS = {
    '"""': re.compile(r'"""(?:\\.|[^\\])*?"""(?:"{0,2})', re.DOTALL),
    "'''": re.compile(r"'''.*?'''(?:'{0,2})", re.DOTALL),
    '"': re.compile(r'"(?:\\[^\n]|[^"\\\n])*"'),
    "'": re.compile(r"'[^'\n]*'"),
}
_BARE_VALUE = re.compile(r"\d{4}-\d\d-\d\d \d[^\s,\]}#]*|[^\s,\[\]{}#\"'=]+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner saw."""

    lines: dict[KeyPath, int] = field(default_factory=dict)
    trouble: tuple[ProblemCode, int] | None = None
    """What ``tomllib`` must be spared, with its line."""

    open_line: int | None = None
    """Where a string or bracket begins that never ends."""

    keys: dict[int, KeyPath] = field(default_factory=dict)
    """The first key or header of each line."""

    def line_of(self, path: KeyPath) -> int:
        """Return the line of ``path``, else of the nearest table or array around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def scan(text: str) -> Scan:
    """Read a document once, in linear time; never raises."""
    scanner = _Scanner(text)
    with contextlib.suppress(_StoppedError):
        scanner.document()
    return Scan(scanner.lines, scanner.trouble, scanner.open_line, scanner.keys)


class _StoppedError(Exception):
    """The scanner can't go on."""


@dataclass(slots=True)
class _Frame:
    """An array or inline table that is open."""

    kind: Literal["array", "table"]
    path: KeyPath
    line: int
    next: int = 0


class _Scanner:
    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.keys: dict[int, KeyPath] = {}
        self.trouble: tuple[ProblemCode, int] | None = None
        self.open_line: int | None = None
        self._text = text
        self._at = 0
        self._line = 1
        self._table: KeyPath = ()
        self._array_lengths: dict[KeyPath, int] = {}

    def document(self) -> None:
        self._take(_BLANK)
        while self._at < len(self._text):
            if self._peek() == "[":
                self._header()
            else:
                self._pair_and_values()
            self._take(_BLANK)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match:
            self._line += self._text.count("\n", self._at, match.end())
            self._at = match.end()
        return match

    def _header(self) -> None:
        """Read ``[table]`` or ``[[table]]``, and go on in that table."""
        line = self._line
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        *parents, last = self._key_parts()
        path: KeyPath = ()
        for part in parents:
            path = self._newest((*path, part))
            self.lines.setdefault(path, line)
        path = (*path, last)
        if brackets == 2:
            self.lines.setdefault(path, line)
            self._array_lengths[path] = self._array_lengths.get(path, 0) + 1
            path = self._newest(path)
        self.lines[path] = line
        self.keys[line] = path
        self._table = path
        self._take(_TO_LINE_END)

    def _newest(self, path: KeyPath) -> KeyPath:
        """Step into the last element, where ``path`` is an array of tables."""
        self.lines.setdefault(path, self._line)
        length = self._array_lengths.get(path)
        return path if length is None else (*path, length - 1)

    def _pair_and_values(self) -> None:
        """Read a key, its value, and all that lies inside it."""
        frames: list[_Frame] = []
        path: KeyPath | None = self._key(self._table)
        while path is not None:
            self._begin_value(path, frames)
            path = self._next_slot(frames)

    def _begin_value(self, path: KeyPath, frames: list[_Frame]) -> None:
        self._take(_SPACE)
        opening = self._peek()
        if opening not in ("[", "{"):
            self._scalar()
            return
        self._at += 1
        frames.append(_Frame("array" if opening == "[" else "table", path, self._line))
        if len(frames) > MAX_DEPTH:
            self._refuse(ProblemCode.NESTED_TOO_DEEP)

    def _next_slot(self, frames: list[_Frame]) -> KeyPath | None:
        """Return the path of the next value inside the open frames, None at their end."""
        while frames:
            frame = frames[-1]
            self._take(_COMMAS)
            following = self._peek()
            if not following:
                self.open_line = frame.line
                raise _StoppedError
            if following in ("]", "}"):
                self._at += 1
                frames.pop()
            elif frame.kind == "table":
                return self._key(frame.path)
            else:
                path = (*frame.path, frame.next)
                frame.next += 1
                if self._line != frame.line:
                    self.lines[path] = self._line
                return path
        return None

    def _key(self, table: KeyPath) -> KeyPath:
        """Read ``a.b =`` inside ``table``; note the line of each part."""
        path = table
        for part in self._key_parts():
            path = (*path, part)
            self.lines.setdefault(path, self._line)
        self.keys.setdefault(self._line, path)
        if self._peek() != "=":
            raise _StoppedError
        self._at += 1
        return path

    def _key_parts(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._take(_SPACE)
            match = self._take(_KEY_PART)
            if match is None:
                raise _StoppedError
            bare, basic, literal = match.groups()
            parts.append(bare or literal or _unescaped(basic or ""))
            if len(parts) > MAX_DEPTH:
                self._refuse(ProblemCode.NESTED_TOO_DEEP)
            self._take(_SPACE)
            if self._peek() != ".":
                return parts
            self._at += 1

    def _scalar(self) -> None:
        for quotes, pattern in _STRINGS.items():
            if self._text.startswith(quotes, self._at):
                if self._take(pattern) is None:
                    self.open_line = self._line
                    raise _StoppedError
                return
        match = self._take(_BARE_VALUE)
        if match is None:
            raise _StoppedError
        if len(match[0]) > MAX_NUMBER and match[0][0] in "+-.0123456789":
            self._refuse(ProblemCode.NUMBER_TOO_LONG)

    def _refuse(self, code: ProblemCode) -> None:
        self.trouble = (code, self._line)
        raise _StoppedError


def _unescaped(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        short, long, single = match.groups()
        if single is not None:
            return _ESCAPED.get(single, single)
        number = int(short or long, 16)
        return chr(number) if number <= 0x10FFFF else ""

    return _ESCAPE.sub(plain, text)
