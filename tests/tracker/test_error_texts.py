"""Every error has words, in both languages, and they fit their fields."""

from __future__ import annotations

import string
from dataclasses import astuple

import pytest

from tracker import error_texts
from tracker.error_texts import describe, describe_code, one_line
from tracker.errors import ErrorCode, InternalError, OutsideError
from tracker.i18n import LANGUAGES, Language
from tracker.limits.extending import ExtendRefusal

FILE_AND_PLACE = {"file", "line", "key"}
FIELDS: dict[ErrorCode, set[str]] = {
    ErrorCode.POLICY_INVALID: FILE_AND_PLACE,
    ErrorCode.POLICY_UNREADABLE: {"file"},
    ErrorCode.CATALOGUE_INVALID: FILE_AND_PLACE,
    ErrorCode.TRACE_INVALID: {"file", "line"},
    ErrorCode.STORE_UNREADABLE: {"file"},
    ErrorCode.STORE_NEWER: {"file"},
    ErrorCode.STORE_BUSY: {"file"},
    ErrorCode.STORE_FULL: {"file"},
    ErrorCode.STORE_DAMAGED: {"file"},
    ErrorCode.STORE_RECOVERED: {"file", "rows", "aside"},
    ErrorCode.FOLDER_REFUSED: {"folder"},
    ErrorCode.SETTINGS_BROKEN: {"file"},
    ErrorCode.SETTING_INVALID: {"file", "key"},
    ErrorCode.FILE_EXISTS: {"file"},
    ErrorCode.FILE_NOT_WRITTEN: {"file"},
    ErrorCode.UNKNOWN_CHANNEL: {"channel"},
    ErrorCode.UNKNOWN_CRISIS_LEVEL: {"level"},
    ErrorCode.UNKNOWN_CRISIS_STEP: {"level", "step"},
    ErrorCode.UNKNOWN_PURPOSE: {"purpose"},
    ErrorCode.NO_NOTE: {"purpose"},
    ErrorCode.NO_RESULTS: {"purpose"},
    ErrorCode.EXTENSION_REFUSED: {"limit"},
    ErrorCode.BAD_DATE: {"text"},
    ErrorCode.BAD_TIME: {"text"},
    ErrorCode.BAD_DURATION: {"text"},
    ErrorCode.BAD_ANSWER: {"text"},
    ErrorCode.NOT_YET: {"what"},
}
"""What each error is raised with; a code that is not here has no fields."""

EACH_LANGUAGE = pytest.mark.parametrize("code", LANGUAGES)


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_code_has_a_text_when_it_is_looked_up() -> None:
    assert set(error_texts._TEXTS) == set(ErrorCode)


@EACH_LANGUAGE
@pytest.mark.parametrize("error", list(ErrorCode))
def test_placeholders_are_fields_of_the_error_when_it_is_described(
    code: str, error: ErrorCode
) -> None:
    translate = Language(code).gettext
    for text in astuple(error_texts._TEXTS[error]):
        assert text
        assert placeholders(translate(text)) == placeholders(text) <= FIELDS.get(error, set())


def test_texts_differ_when_the_language_does() -> None:
    error = OutsideError(ErrorCode.UNKNOWN_CHANNEL, channel="orkut")

    assert describe(error, Language("en")).text == "The policy has no channel “orkut”."
    assert describe(error, Language("sv")).text == "Policyn har ingen kanal ”orkut”."


@EACH_LANGUAGE
@pytest.mark.parametrize("reason", list(ExtendRefusal))
def test_refused_extension_says_why_when_the_reason_is_known(
    code: str, reason: ExtendRefusal
) -> None:
    language = Language(code)
    error = OutsideError(ErrorCode.EXTENSION_REFUSED, limit="privat", reason=reason)
    # As it comes over the control socket: the reason is plain text.
    received = describe_code(
        "extension_refused", {"limit": "privat", "reason": str(reason)}, language
    )

    assert describe(error, language) == received
    assert "privat" in received.text
    assert received != describe_code("extension_refused", {"limit": "privat"}, language)


def test_refused_extension_is_described_when_the_reason_is_unknown() -> None:
    found = describe_code("extension_refused", {"limit": "x", "reason": ["new"]}, Language("en"))

    assert found.text == "“x” can't be extended now."


@EACH_LANGUAGE
def test_line_is_one_when_a_field_has_several(code: str) -> None:
    error = OutsideError(ErrorCode.BAD_DATE, text="2026\n\t-11 {file}")

    line = one_line(error, Language(code))

    assert "2026 -11 {file}" in line
    assert "\n" not in line


def test_error_is_described_when_a_field_is_missing() -> None:
    assert describe(OutsideError(ErrorCode.FILE_EXISTS), Language("en")).text.startswith("– is")


def test_code_reads_as_our_own_fault_when_it_is_unknown() -> None:
    english = Language("en")

    assert describe_code("no_such_code", {}, english) == describe(
        InternalError(ErrorCode.INTERNAL), english
    )
