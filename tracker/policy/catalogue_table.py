"""A TOML table whose values are taken by type, so that what is wrong has a place."""

from __future__ import annotations

from collections.abc import Container, Iterator

from tracker.policy.problems import KeyPath, ProblemCode
from tracker.policy.types import Text


class WrongValueError(Exception):
    """What stands at ``path``, or is missing there, can't be used."""

    def __init__(self, path: KeyPath, reason: ProblemCode) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class TypedTable:
    """A table and the way to it; each method raises WrongValueError for another type."""

    def __init__(self, value: object, path: KeyPath = ()) -> None:
        if not isinstance(value, dict):
            raise WrongValueError(path, ProblemCode.WRONG_TYPE)
        self._values: dict[str, object] = value
        self.path = path

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def at(self, key: str) -> KeyPath:
        """Return the way to ``key``."""
        return (*self.path, key)

    def allow(self, *keys: str) -> None:
        """Refuse every other key, so that a slip of the pen is told and not ignored."""
        for key in self._values:
            if key not in keys:
                raise WrongValueError(self.at(key), ProblemCode.UNKNOWN_KEY)

    def need(self, key: str, value: object) -> None:
        """Refuse anything but ``value`` at ``key``."""
        found = self._values.get(key)
        if type(found) is not type(value) or found != value:
            raise WrongValueError(self.at(key), ProblemCode.UNKNOWN_VALUE)

    def text(self, key: str, among: Container[str] | None = None) -> str:
        """Return a text that must be there, and be one of ``among`` where that is given."""
        if key not in self._values:
            raise WrongValueError(self.at(key), ProblemCode.MISSING_KEY)
        text = _text(self._values[key], self.at(key))
        if among is not None and text not in among:
            raise WrongValueError(self.at(key), ProblemCode.UNKNOWN_VALUE)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where there is none."""
        values = self._list(key)
        return tuple(_text(value, (*self.at(key), place)) for place, value in enumerate(values))

    def flag(self, key: str) -> bool:
        """Return a boolean; false where there is none."""
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            raise WrongValueError(self.at(key), ProblemCode.WRONG_TYPE)
        return value

    def table(self, key: str) -> TypedTable:
        """Return a table inside this one; an empty one where there is none."""
        return TypedTable(self._values.get(key, {}), self.at(key))

    def tables(self, key: str) -> list[TypedTable]:
        """Return a list of tables; empty where there is none."""
        values = self._list(key)
        return [TypedTable(value, (*self.at(key), place)) for place, value in enumerate(values)]

    def words(self, key: str) -> Text:
        """Return a text by language; a plain one, such as a brand, is the same in all."""
        if not isinstance(self._values.get(key), dict):
            return Text((("en", self.text(key)),))
        by_language = self.table(key)
        texts = tuple((language, by_language.text(language)) for language in by_language)
        if not texts:
            raise WrongValueError(self.at(key), ProblemCode.EMPTY)
        return Text(texts)

    def _list(self, key: str) -> list[object]:
        value = self._values.get(key, [])
        if not isinstance(value, list):
            raise WrongValueError(self.at(key), ProblemCode.WRONG_TYPE)
        return value


def _text(value: object, path: KeyPath) -> str:
    if not isinstance(value, str):
        raise WrongValueError(path, ProblemCode.WRONG_TYPE)
    if not value.strip():
        raise WrongValueError(path, ProblemCode.EMPTY)
    return value
