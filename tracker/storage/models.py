"""The tables, as SQLAlchemy Core knows them.

Days count from 1970-01-01, instants are milliseconds since then in UTC, lengths are
milliseconds, and the busiest tables live in the tree of their key: so that a span takes
some 70 bytes with its index.
"""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy.engine.interfaces import Dialect

from tracker.model import MILLISECOND, GapKind, Source, Window

HEAD = "0002"
"""The revision of these tables; revisions are numbers that count up."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = _EPOCH.date().toordinal()

E = TypeVar("E", bound=enum.StrEnum)


class NotAValueError(ValueError):
    """A stored value is none that the program can have written."""


class Day(TypeDecorator[date]):
    """A day key, stored as the number of days since 1970-01-01."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return what is stored."""
        return None if value is None else value.toordinal() - EPOCH_DAY

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        """Return the day."""
        try:
            return None if value is None else date.fromordinal(value + EPOCH_DAY)
        except (TypeError, ValueError, OverflowError) as error:
            raise NotAValueError from error


class Instant(TypeDecorator[datetime]):
    """An instant, stored as milliseconds since 1970-01-01 in UTC."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return what is stored."""
        return None if value is None else (value - _EPOCH) // MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant."""
        try:
            return None if value is None else _EPOCH + timedelta(milliseconds=value)
        except (TypeError, OverflowError) as error:
            raise NotAValueError from error


class Choice(TypeDecorator[E]):
    """A member of an enumeration, stored as its text."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[E]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what is stored."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        """Return the member."""
        try:
            return None if value is None else self.choices(value)
        except ValueError as error:
            raise NotAValueError from error


def _key(name: str, kind: Any, *more: Any) -> Column[Any]:
    return Column(name, kind, *more, primary_key=True, nullable=False, autoincrement=False)


def _value(name: str, kind: Any, *more: Any) -> Column[Any]:
    return Column(name, kind, *more, nullable=False)


def _device() -> ForeignKey:
    return ForeignKey("device.id")


metadata = MetaData()

revision = Table(
    "revision",
    MetaData(),
    _value("version_num", String(32)),
    PrimaryKeyConstraint("version_num", name="revision_pkc"),
)
"""Where the tables stand. Alembic makes and keeps it, hence apart from our own."""

device = Table(
    "device",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    _value("here", Boolean),
    _value("last_seq", Integer),
    _value("rows_from", Day),
)
"""Installations; ``here`` is this one. Above ``last_seq`` numbers are free even when their
rows are forgotten; of days before ``rows_from`` only totals are left."""

span = Table(
    "span",
    metadata,
    _key("device", Integer, _device()),
    _key("seq", Integer),
    _value("day", Day),
    _value("start", Instant),
    _value("length_ms", Integer),
    _value("channel", String),
    _value("purpose", String),
    _value("window", Choice(Window)),
    _value("source", Choice(Source)),
    _value("certain", Boolean),
    _value("corrected", Boolean),
    Index("span_day", "day"),
    sqlite_with_rowid=False,
)

gap = Table(
    "gap",
    metadata,
    _key("device", Integer, _device()),
    _key("seq", Integer),
    _value("day", Day),
    _value("start", Instant),
    _value("length_ms", Integer),
    _value("kind", Choice(GapKind)),
    Index("gap_day", "day"),
    sqlite_with_rowid=False,
)

day_total = Table(
    "day_total",
    metadata,
    _key("day", Day),
    _key("device", Integer, _device()),
    _key("channel", String),
    _key("purpose", String),
    _key("window", Choice(Window)),
    _key("certain", Boolean),
    _value("ms", Integer),
    sqlite_with_rowid=False,
)

day_gap = Table(
    "day_gap",
    metadata,
    _key("day", Day),
    _key("device", Integer, _device()),
    _key("kind", Choice(GapKind)),
    _value("ms", Integer),
    sqlite_with_rowid=False,
)

step_taken = Table(
    "step_taken",
    metadata,
    Column("id", Integer, primary_key=True),
    _value("day", Day),
    _value("at", Instant),
    _value("period", String),
    _value("limit", String),
    Column("channel", String),
    _value("mark", String),
    _value("do", String),
    _value("extended_ms", Integer),
    Index("step_taken_day", "day"),
)

extension = Table(
    "extension",
    metadata,
    Column("id", Integer, primary_key=True),
    _value("day", Day),
    _value("at", Instant),
    _value("limit", String),
    Column("channel", String),
    _value("minutes", Integer),
    _value("reason", String),
    Index("extension_day", "day"),
)

purpose_choice = Table(
    "purpose_choice",
    metadata,
    Column("id", Integer, primary_key=True),
    _value("day", Day),
    _value("at", Instant),
    _value("channel", String),
    _value("purpose", String),
    Column("until", Instant),
    Column("note", String),
    Index("purpose_choice_day", "day"),
)

break_mark = Table(
    "break_mark",
    metadata,
    Column("id", Integer, primary_key=True),
    _value("day", Day),
    _value("at", Instant),
    _value("begins", Boolean),
    Index("break_mark_day", "day"),
)

result_count = Table(
    "result_count",
    metadata,
    Column("id", Integer, primary_key=True),
    _value("day", Day),
    _value("at", Instant),
    _value("purpose", String),
    _value("count", Integer),
    Index("result_count_day", "day"),
)

crisis_mark = Table(
    "crisis_mark",
    metadata,
    Column("id", Integer, primary_key=True),
    _value("day", Day),
    _value("at", Instant),
    Column("level", String),
    Index("crisis_mark_day", "day"),
)

evaluation = Table(
    "evaluation",
    metadata,
    Column("id", Integer, primary_key=True),
    _value("at", Instant),
    _value("opened", Instant),
    _value("level", String),
    _value("link", String),
    _value("happened", String),
    _value("fault", String),
    _value("learnt", String),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True),
    _value("at", Instant),
    _value("policy_id", String),
    _value("version", String),
    _value("language", String),
)

policy_text = Table(
    "policy_text",
    metadata,
    _key("hash", String),
    _value("text", String),
    sqlite_with_rowid=False,
)

day_policy = Table(
    "day_policy",
    metadata,
    _key("day", Day),
    _value("hash", String, ForeignKey("policy_text.hash")),
    sqlite_with_rowid=False,
)

note = Table(
    "note",
    metadata,
    _key("key", String),
    _value("value", String),
    sqlite_with_rowid=False,
)
