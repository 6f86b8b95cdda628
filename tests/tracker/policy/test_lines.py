from __future__ import annotations

import tomllib
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.lines import MAX_DEPTH, MAX_NUMBER, scan
from tracker.policy.problems import KeyPath, ProblemCode

KEYS = ("a", "b2", "mon-fri", "å", "a.b", 'q"uote', "back\\slash", "", "new\nline", "#", "=[", "1")
SCALARS = (
    "1",
    "-2.5e3",
    "true",
    "2026-11-23",
    "2026-11-23 10:00:00+01:00",
    "08:30:00",
    '"plain"',
    '"# no comment ] } , ="',
    r'"esc \" \\ å"',
    "'literal \\'",
    '"""two\nlines "" and \\""" quoted\n"""',
    '"""\nends with quotes"""""',
    "'''raw \\\n''two'''",
    '""',
    "''",
    "[]",
    "{}",
)
BLANKS = ("", "\n", "# a comment with ] } \" '''\n", "  \t\n\n")


@dataclass
class Writer:
    """Writes a document and notes the line of each key as it goes."""

    draw: st.DrawFn
    text: str = ""
    lines: dict[KeyPath, int] = field(default_factory=dict)

    @property
    def line(self) -> int:
        return self.text.count("\n") + 1

    def choose(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def key(self, name: str) -> str:
        styles = [_basic(name)]
        if name.replace("-", "").isascii() and name.replace("-", "").isalnum():
            styles.append(name)
        if "\n" not in name:
            styles.append(f"'{name}'")
        return self.choose(*styles)

    def names(self, most: int = 2) -> list[str]:
        return self.draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=most))

    def pair(self, path: KeyPath, depth: int) -> None:
        """Write one key, dotted or not, with its value."""
        name = path[-1]
        assert isinstance(name, str)
        self.lines[path] = self.line
        self.text += self.key(name)
        while self.draw(st.integers(0, 3)) == 0:
            part = self.choose(*KEYS)
            path = (*path, part)
            self.lines[path] = self.line
            self.text += self.choose(".", " . ", "\t.") + self.key(part)
        self.text += self.choose("=", " = ")
        self.value(path, depth)

    def value(self, path: KeyPath, depth: int) -> None:
        kind = self.choose("scalar", "array", "table") if depth else "scalar"
        if kind == "scalar":
            scalar = self.choose(*SCALARS)
            self.text += scalar
        elif kind == "array":
            self.text += "["
            for index in range(self.draw(st.integers(0, 2))):
                self.text += self.choose(*BLANKS)
                self.lines[(*path, index)] = self.line
                self.value((*path, index), depth - 1)
                self.text += self.choose(*BLANKS) + ","
            self.text += self.choose(*BLANKS) + "]"
        else:
            self.text += "{"
            for number, name in enumerate(self.names()):
                self.text += ", " if number else " "
                self.pair((*path, name), depth - 1)
            self.text += " }"

    def body(self, table: KeyPath, names: list[str]) -> None:
        for name in names:
            self.text += self.choose(*BLANKS)
            self.pair((*table, name), 2)
            self.text += self.choose("\n", " # why\n", "\n\n")

    def header(self, names: list[str], brackets: int) -> None:
        parts = self.choose(".", " . ").join(self.key(name) for name in names)
        self.text += "[" * brackets + parts + "]" * brackets + self.choose("\n", " # [x]\n")


def _basic(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.replace("å", "\\u00e5")


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[KeyPath, int]]:
    """Return a document, and the line of each of its keys and array elements."""
    writer = Writer(draw)
    writer.body((), [f"root{number}" for number in range(draw(st.integers(0, 2)))])
    for number in range(draw(st.integers(0, 2))):
        names = [f"table{number}", *writer.names(2)]
        writer.text += writer.choose(*BLANKS)
        for depth in range(1, len(names)):
            writer.lines[tuple(names[:depth])] = writer.line
        writer.lines[tuple(names)] = writer.line
        writer.header(names, 1)
        writer.body(tuple(names), ["key"])
    for number in range(draw(st.integers(0, 1))):
        name = f"list{number}"
        for index in range(draw(st.integers(1, 2))):
            writer.text += writer.choose(*BLANKS)
            writer.lines.setdefault((name,), writer.line)
            writer.lines[(name, index)] = writer.line
            writer.header([name], 2)
            writer.body((name, index), writer.names(1))
            if draw(st.booleans()):
                writer.lines[(name, index, "sub")] = writer.line
                writer.lines[(name, index, "sub", 0)] = writer.line
                writer.header([name, "sub"], 2)
                writer.body((name, index, "sub", 0), ["inner"])
    return writer.text, writer.lines


def paths_of(value: object, path: KeyPath = ()) -> list[KeyPath]:
    """Return the paths of all keys and elements of a parsed document."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    found = [(*path, part) for part, _ in inside]
    for part, item in inside:
        found += paths_of(item, (*path, part))
    return found


@given(documents())
def test_every_key_has_its_line_when_a_document_is_valid(
    document: tuple[str, dict[KeyPath, int]],
) -> None:
    text, expected = document
    parsed = tomllib.loads(text)
    seen = scan(text)
    assert seen.trouble is None
    assert {path: seen.line_of(path) for path in expected} == expected
    assert sorted(map(str, paths_of(parsed))) == sorted(map(str, expected))


@given(documents())
def test_lines_are_the_same_when_the_file_has_windows_line_ends(
    document: tuple[str, dict[KeyPath, int]],
) -> None:
    text, expected = document
    seen = scan(text.replace("\n", "\r\n"))
    assert {path: seen.line_of(path) for path in expected} == expected


@given(st.text(alphabet="[]{}=.,\"'#\n ab1\\é"))
def test_the_scanner_ends_when_the_text_is_anything(text: str) -> None:
    scan(text)


@given(st.text(alphabet="[]{}=.,\"'#\n ab1\\-", max_size=30))
def test_no_key_is_missed_when_tomllib_accepts_a_text(text: str) -> None:
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    seen = scan(text)
    keys = [path for path in paths_of(parsed) if isinstance(path[-1], str)]
    assert [path for path in keys if path not in seen.lines] == []


def test_a_missing_key_has_its_header_line_when_the_table_is_there() -> None:
    seen = scan('\n[policy]\nid = "a"\n\n[[limit]]\n[[limit]]\nday = {\n}')
    assert seen.line_of(("policy", "version")) == 2
    assert seen.line_of(("limit", 1, "id")) == 6
    assert seen.line_of(("limit", 1, "day", "mon")) == 7
    assert seen.line_of(("schema",)) == 1


def test_the_later_header_counts_when_a_table_was_only_implied() -> None:
    seen = scan("[a.b]\nx = 1\n[a]\ny = 2\n")
    assert seen.line_of(("a",)) == 3
    assert seen.line_of(("a", "b")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\nb = " + "[" * 100_000,
        "a = 1\nb = " + "{a=" * 100_000,
        "a = 1\nb = " + "[{a=" * 50_000,
        "a = 1\n[" + ".".join("a" * 100_000) + "]\n",
        "a = 1\n" + ".".join("a" * 100_000) + " = 1\n",
    ],
    ids=["arrays", "tables", "both", "header", "dotted key"],
)
def test_the_scanner_stops_when_a_document_nests_too_deep(text: str) -> None:
    assert scan(text).trouble == (ProblemCode.NESTED_TOO_DEEP, 2)


def test_nesting_is_allowed_when_it_is_at_the_bound() -> None:
    assert scan("a = " + "[" * MAX_DEPTH + "]" * MAX_DEPTH).trouble is None


def test_the_scanner_stops_when_a_number_is_enormous() -> None:
    digits = "1" * (MAX_NUMBER + 1)
    assert scan(f"a = [\n  -{digits},\n]").trouble == (ProblemCode.NUMBER_TOO_LONG, 2)
    assert scan(f'a = "{digits}"\nb = {digits[1:]}').trouble is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = 1\nb = """\ntext\n', 2),
        ("a = 1\nb = '''\ntext\n", 2),
        ("a = 1\nb = [\n 1,\n", 2),
        ("a = 1\n\nb = [[1],\n [\n", 4),
        ('a = "x\nb = 1\n', 1),
        ("a = 1\n", None),
    ],
)
def test_the_beginning_is_known_when_something_never_ends(text: str, line: int | None) -> None:
    assert scan(text).open_line == line
