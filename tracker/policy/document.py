"""From bytes to a TOML document with lines, whatever the bytes are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from tracker.policy.lines import Scan, scan
from tracker.policy.problems import KeyPath, Problem, ProblemCode, key_text

MAX_BYTES = 1_000_000

_BYTE_ORDER_MARK = "\ufeff"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_FOREIGN_KEY = re.compile(r"\s*[\w.-]*[^\W\x00-\x7f][\w.-]*\s*=")
"""A key with letters that only quoted keys may have, such as å."""

# How tomllib's messages begin, from Python 3.11 to 3.14; an unknown one is a plain syntax error.
_MESSAGES = (
    ("Cannot ", ProblemCode.TOML_KEY_TWICE),
    ("Duplicate ", ProblemCode.TOML_KEY_TWICE),
    ("Invalid value", ProblemCode.TOML_VALUE),
    ("Expected '='", ProblemCode.TOML_EQUALS_MISSING),
    ("Unclosed", ProblemCode.TOML_NOT_CLOSED),
    ("Unterminated", ProblemCode.TOML_NOT_CLOSED),
    ("Expected \"'", ProblemCode.TOML_NOT_CLOSED),
    ("Illegal character '\\n'", ProblemCode.TOML_NOT_CLOSED),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML document: its data as ``tomllib`` gives it, its text, and where its keys stand."""

    data: dict[str, object]
    text: str
    scan: Scan

    def problem(self, path: KeyPath, code: ProblemCode, **fields: object) -> Problem:
        """Return a problem at ``path``, on its line or on that of the table it is missing from."""
        return Problem(self.scan.line_of(path), key_text(path), code, fields)


def parse(data: bytes) -> Document | Problem:
    """Read a document, or say what keeps it from being read; never raises."""
    if len(data) > MAX_BYTES:
        return Problem(1, "", ProblemCode.FILE_TOO_LARGE, {"most": MAX_BYTES // 1000})
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Problem(data.count(b"\n", 0, error.start) + 1, "", ProblemCode.NOT_UTF8)
    control = _CONTROL.search(text)
    if control:
        return Problem(_line_at(text, control.start()), "", ProblemCode.CONTROL_CHARACTER)
    return _parse_text(text)


def _parse_text(text: str) -> Document | Problem:
    # Editors on Windows write a byte order mark, which TOML 1.0 does not know.
    plain = text.removeprefix(_BYTE_ORDER_MARK)
    seen = scan(plain)
    if seen.trouble:
        code, line = seen.trouble
        return _at_line(seen, line, code)
    try:
        return Document(tomllib.loads(plain), text, seen)
    except tomllib.TOMLDecodeError as error:
        return _syntax_problem(plain, seen, str(error))
    except (ValueError, RecursionError):
        # The scanner has turned away what is known to end here; a later tomllib may differ.
        return Problem(1, "", ProblemCode.TOML_SYNTAX)


def _syntax_problem(text: str, seen: Scan, message: str) -> Problem:
    place = _PLACE.search(message)
    last_line = _line_at(text, len(text.rstrip()))
    line = int(place[1]) if place and place[1] else seen.open_line or last_line
    if _FOREIGN_KEY.match(text.split("\n")[line - 1]):
        return Problem(line, "", ProblemCode.TOML_KEY_LETTERS)
    for beginning, code in _MESSAGES:
        if message.startswith(beginning):
            return _at_line(seen, line, code)
    return _at_line(seen, line, ProblemCode.TOML_SYNTAX)


def _at_line(seen: Scan, line: int, code: ProblemCode) -> Problem:
    return Problem(line, key_text(seen.keys.get(line, ())), code)


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
