"""What can be wrong with a policy file: codes, places, and how a key is written."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
"""The way to a value: keys of tables, and places in arrays counted from 0."""

_LONGEST_SHOWN = 80
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class ProblemCode(enum.StrEnum):
    """Everything that a policy file can get wrong; scripts may rely on these names."""

    # The file as a whole.
    FILE_TOO_LARGE = "file_too_large"
    NOT_UTF8 = "not_utf8"
    CONTROL_CHARACTER = "control_character"
    NESTED_TOO_DEEP = "nested_too_deep"
    NUMBER_TOO_LONG = "number_too_long"
    TOO_MANY_PROBLEMS = "too_many_problems"
    # TOML.
    TOML_SYNTAX = "toml_syntax"
    TOML_VALUE = "toml_value"
    TOML_KEY_TWICE = "toml_key_twice"
    TOML_KEY_LETTERS = "toml_key_letters"
    TOML_EQUALS_MISSING = "toml_equals_missing"
    TOML_NOT_CLOSED = "toml_not_closed"
    # The shape.
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_VALUE = "unknown_value"
    OUT_OF_RANGE = "out_of_range"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    WRONG_SCHEMA = "wrong_schema"
    # How a value is written.
    BAD_ID = "bad_id"
    BAD_LANGUAGE = "bad_language"
    BAD_TIME = "bad_time"
    BAD_HOURS = "bad_hours"
    BAD_MARK = "bad_mark"
    BAD_MEMBER = "bad_member"
    BAD_HOST = "bad_host"
    BAD_PATH = "bad_path"
    BAD_TITLE = "bad_title"
    BAD_LINK = "bad_link"
    BAD_EMAIL = "bad_email"
    BAD_TIMEZONE = "bad_timezone"
    # Names that lead nowhere, or to two things.
    DUPLICATE_ID = "duplicate_id"
    DUPLICATE_VALUE = "duplicate_value"
    RESERVED_ID = "reserved_id"
    UNKNOWN_CONTACT = "unknown_contact"
    UNKNOWN_GROUP = "unknown_group"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_PURPOSE = "unknown_purpose"
    UNKNOWN_LIMIT = "unknown_limit"
    UNKNOWN_LADDER = "unknown_ladder"
    UNKNOWN_LEVEL = "unknown_level"
    BACKUP_CYCLE = "backup_cycle"
    REPLACES_CYCLE = "replaces_cycle"
    # Texts and monitoring.
    MISSING_DEFAULT_LANGUAGE = "missing_default_language"
    LANGUAGE_NOT_LISTED = "language_not_listed"
    CONSENT_AS_BASIS = "consent_as_basis"
    LAW_MISSING = "law_missing"
    DPIA_MISSING = "dpia_missing"
    CONSULTED_MISSING = "consulted_missing"
    REVIEW_PASSED = "review_passed"
    # Hours.
    WEEKDAY_TWICE = "weekday_twice"
    HOURS_EMPTY = "hours_empty"
    HOURS_OVERLAP = "hours_overlap"
    BREAKS_OVERLAP = "breaks_overlap"
    BREAK_OUTSIDE_HOURS = "break_outside_hours"
    BREAK_TOO_LONG = "break_too_long"
    # Channels.
    CHANNEL_NOT_IN_CATALOGUE = "channel_not_in_catalogue"
    MATCH_NOT_ONE = "match_not_one"
    PATH_WITHOUT_HOST = "path_without_host"
    TITLE_MATCHES_ALL = "title_matches_all"
    MATCH_TWICE = "match_twice"
    # Purposes, limits and ladders.
    PURPOSE_NOT_ON_CHANNEL = "purpose_not_on_channel"
    LIMIT_MATCHES_NOTHING = "limit_matches_nothing"
    LIMIT_WITHOUT_BOUND = "limit_without_bound"
    UNLIMITED_WITH_BOUND = "unlimited_with_bound"
    WINDOW_WITHOUT_BREAKS = "window_without_breaks"
    WEEK_UNDER_DAY = "week_under_day"
    DUPLICATE_STEP = "duplicate_step"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with its place; ``fields`` fill the text's placeholders."""

    line: int
    """Counted from 1."""

    key: str
    """Such as ``limit[2].day``; empty where the file as a whole is meant."""

    code: ProblemCode
    fields: Mapping[str, object] = field(default_factory=dict)


def key_text(path: KeyPath) -> str:
    """Write a path as people read it: ``limit[2].day``, counted from 0."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
            continue
        shown = part if len(part) <= _LONGEST_SHOWN else part[:_LONGEST_SHOWN] + "…"
        name = shown if _BARE_KEY.fullmatch(shown) else _quoted(shown)
        text += f".{name}" if text else name
    return text


def _quoted(part: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in part)
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
