"""Errors carry a code and fields; ``tracker.error_texts`` turns them into words."""

from __future__ import annotations

import enum


class ErrorCode(enum.StrEnum):
    """Every error that a person can meet."""

    INTERNAL = "internal"
    POLICY_INVALID = "policy_invalid"
    POLICY_UNREADABLE = "policy_unreadable"
    CATALOGUE_INVALID = "catalogue_invalid"
    TRACE_INVALID = "trace_invalid"
    STORE_UNREADABLE = "store_unreadable"
    STORE_NEWER = "store_newer"
    STORE_BUSY = "store_busy"
    STORE_FULL = "store_full"
    STORE_DAMAGED = "store_damaged"
    STORE_RECOVERED = "store_recovered"
    ALREADY_RUNNING = "already_running"
    NOT_RUNNING = "not_running"
    CONTROL_REFUSED = "control_refused"
    NOT_ACCEPTED = "not_accepted"
    NO_BACKEND = "no_backend"
    NO_SCREEN = "no_screen"
    DISPLAY_LOST = "display_lost"
    NO_WINDOW_MANAGER = "no_window_manager"
    FOLDER_REFUSED = "folder_refused"
    SETTINGS_BROKEN = "settings_broken"
    SETTING_INVALID = "setting_invalid"
    FILE_EXISTS = "file_exists"
    FILE_NOT_WRITTEN = "file_not_written"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_PURPOSE = "unknown_purpose"
    NO_NOTE = "no_note"
    NO_RESULTS = "no_results"
    SPAN_GONE = "span_gone"
    UNKNOWN_CRISIS_LEVEL = "unknown_crisis_level"
    UNKNOWN_CRISIS_STEP = "unknown_crisis_step"
    NO_OPEN_CRISIS = "no_open_crisis"
    EXTENSION_REFUSED = "extension_refused"
    BAD_DATE = "bad_date"
    BAD_TIME = "bad_time"
    BAD_DURATION = "bad_duration"
    BAD_ANSWER = "bad_answer"
    NOT_YET = "not_yet"


class KanaltidError(Exception):
    """The base of all errors; ``fields`` fill the text's named placeholders."""

    def __init__(self, code: ErrorCode, **fields: object) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields


class OutsideError(KanaltidError):
    """What the environment or the person's input did: it is shown, and the app goes on."""


class InternalError(KanaltidError):
    """A bug of our own: it is logged and shown as such."""
