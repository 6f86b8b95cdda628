"""Tables of a document as the rules see them: asked without trust in their shape.

So that all problems are found at once, rules look at what is of the right type and
pass over the rest, which the shape has reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tracker.policy.document import Document
from tracker.policy.problems import KeyPath, Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class View:
    """A table and its place."""

    path: KeyPath
    data: Mapping[str, object]

    def at(self, *parts: str | int) -> KeyPath:
        """Return the path of something inside."""
        return (*self.path, *parts)

    def has(self, key: str) -> bool:
        """Whether the key is there, of any type."""
        return key in self.data

    def text(self, key: str) -> str | None:
        """Return a text, None where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, str) else None

    def is_true(self, key: str) -> bool:
        """Whether the key is there and true."""
        return self.data.get(key) is True

    def number(self, key: str) -> int | None:
        """Return a whole number, None where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def table(self, key: str) -> View:
        """Return a table inside; an empty one where there is none."""
        value = self.data.get(key)
        return View(self.at(key), value if isinstance(value, dict) else {})

    def tables(self, key: str) -> Iterator[View]:
        """Yield the tables of an array."""
        for index, value in enumerate(self.items(key)):
            if isinstance(value, dict):
                yield View(self.at(key, index), value)

    def texts(self, key: str) -> Iterator[tuple[KeyPath, str]]:
        """Yield the texts of an array, or the one text, with their places."""
        value = self.data.get(key)
        if isinstance(value, str):
            yield self.at(key), value
        for index, item in enumerate(self.items(key)):
            if isinstance(item, str):
                yield self.at(key, index), item

    def items(self, key: str) -> list[object]:
        """Return an array, empty where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, list) else []


class TooManyError(Exception):
    """There are more errors than anybody reads."""


@dataclass(slots=True)
class Findings:
    """The problems found so far; what the shape reported is not reported again."""

    document: Document
    most: int
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _places: set[KeyPath] = field(default_factory=set)

    @property
    def root(self) -> View:
        """The document's outermost table."""
        return View((), self.document.data)

    def is_wrong(self, path: KeyPath) -> bool:
        """Whether an error was reported at this very place."""
        return path in self._places

    def error(self, path: KeyPath, code: ProblemCode, **fields: object) -> None:
        """Report an error, unless there is one at this place already.

        Raises:
            TooManyError: ``most`` errors are reported.
        """
        if path not in self._places:
            if len(self.errors) >= self.most:
                raise TooManyError
            self._places.add(path)
            self.errors.append(self.document.problem(path, code, **fields))

    def warn(self, path: KeyPath, code: ProblemCode, **fields: object) -> None:
        """Report a warning; the first ``most`` are kept."""
        if len(self.warnings) < self.most:
            self.warnings.append(self.document.problem(path, code, **fields))
