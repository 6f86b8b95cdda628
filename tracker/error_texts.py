"""Every error in words: one table for windows and command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.errors import ErrorCode, KanaltidError
from tracker.i18n import Language, mark


@dataclass(frozen=True, slots=True)
class ErrorText:
    """An error as a person reads it: what is the matter, what happened, what helps."""

    title: str
    text: str
    remedy: str


_TEXTS: dict[ErrorCode, ErrorText] = {
    ErrorCode.INTERNAL: ErrorText(
        mark("Something went wrong in Kanaltid"),
        mark("Kanaltid has a fault of its own; what it was is in the log."),
        mark("Start Kanaltid again. If it comes back, report it with the log."),
    ),
    ErrorCode.POLICY_INVALID: ErrorText(
        mark("The policy has an error"),
        mark("{file} has an error in line {line}."),
        mark(
            "“kanaltid policy check {file}” says what it is. A Kanaltid that runs goes on "
            "with the last policy without errors."
        ),
    ),
    ErrorCode.POLICY_UNREADABLE: ErrorText(
        mark("The policy can't be read"),
        mark("{file} can't be read."),
        mark("Check that the file is there, that you may read it and that it is under 1 MB."),
    ),
    ErrorCode.CATALOGUE_INVALID: ErrorText(
        mark("The catalogue of channels has an error"),
        mark("{file} has an error in line {line}: {key}."),
        mark("Correct the file, or remove it: then Kanaltid's own catalogue is used."),
    ),
    ErrorCode.TRACE_INVALID: ErrorText(
        mark("The trace has an error"),
        mark("{file} has an error in line {line}."),
        mark("A trace is one JSON object a line, in order of time."),
    ),
    ErrorCode.STORE_UNREADABLE: ErrorText(
        mark("The stored time can't be read or written"),
        mark("{file} can't be reached, or you may not read and write it."),
        mark("Check who owns the file and its folder, and whether the disk may be written to."),
    ),
    ErrorCode.STORE_NEWER: ErrorText(
        mark("The stored time comes from a later Kanaltid"),
        mark("{file} was written by a later version than this one."),
        mark("Install the later version. The file is left as it is."),
    ),
    ErrorCode.STORE_BUSY: ErrorText(
        mark("The stored time is in use"),
        mark("Another program holds {file} just now."),
        mark("Try again in a moment. What was measured is kept and written then."),
    ),
    ErrorCode.STORE_FULL: ErrorText(
        mark("The disk is full"),
        mark("There is no room left to write {file}."),
        mark("Make room on the disk. What was measured is kept and written then."),
    ),
    ErrorCode.STORE_DAMAGED: ErrorText(
        mark("The stored time is damaged"),
        mark("{file} is damaged."),
        mark("Start “kanaltid”: it keeps what can be read, and sets the damaged file aside."),
    ),
    ErrorCode.STORE_RECOVERED: ErrorText(
        mark("The stored time was damaged"),
        mark("{file} was damaged. What could be read is kept ({rows} rows), the rest is lost."),
        mark("Look at your days: some may show too little. The damaged file is kept as {aside}."),
    ),
    ErrorCode.ALREADY_RUNNING: ErrorText(
        mark("Kanaltid is already running"),
        mark("Another Kanaltid measures already."),
        mark("Use the one that runs, or quit it first."),
    ),
    ErrorCode.NOT_RUNNING: ErrorText(
        mark("Kanaltid is not running"),
        mark("This needs a running Kanaltid, and there is none."),
        mark("Start it with “kanaltid”, then try again."),
    ),
    ErrorCode.CONTROL_REFUSED: ErrorText(
        mark("The running Kanaltid did not understand"),
        mark("The running Kanaltid refused the request; it may be of another version."),
        mark("Quit Kanaltid and start it again."),
    ),
    ErrorCode.NOT_ACCEPTED: ErrorText(
        mark("Nothing is measured yet"),
        mark("What is measured has not been accepted under this policy version."),
        mark("Start “kanaltid” and read the first page, or accept with --accept."),
    ),
    ErrorCode.NO_SCREEN: ErrorText(
        mark("There is no screen"),
        mark("Kanaltid needs a graphical session, and there is none here."),
        mark("Start it from within one, or measure with “kanaltid track --headless --accept”."),
    ),
    ErrorCode.NO_BACKEND: ErrorText(
        mark("Kanaltid can't see which window is in front"),
        mark("Nothing on this desktop tells Kanaltid which window is in front."),
        mark("“kanaltid doctor” says what is missing and what helps."),
    ),
    ErrorCode.DISPLAY_LOST: ErrorText(
        mark("Kanaltid can't see which window is in front"),
        mark("The connection to the display is lost."),
        mark("Kanaltid tries again by itself. The time until then counts as not measured."),
    ),
    ErrorCode.NO_WINDOW_MANAGER: ErrorText(
        mark("Kanaltid can't see which window is in front"),
        mark("No window manager says which window is in front."),
        mark("Start a window manager. The time until then counts as not measured."),
    ),
    ErrorCode.FOLDER_REFUSED: ErrorText(
        mark("A folder can't be used"),
        mark("{folder} can't be made, or it is a link, or it belongs to somebody else."),
        mark("Make it a folder of your own, or name another with KANALTID_HOME."),
    ),
    ErrorCode.SETTINGS_BROKEN: ErrorText(
        mark("Your settings can't be read"),
        mark("{file} can't be understood; the usual settings hold."),
        mark("Correct the file, or choose again in Settings: the file is then kept as “.broken”."),
    ),
    ErrorCode.SETTING_INVALID: ErrorText(
        mark("A setting has a value that does not fit"),
        mark("{file} has a value for “{key}” that does not fit; the usual one holds."),
        mark("Choose it again in Settings, or correct the file."),
    ),
    ErrorCode.FILE_EXISTS: ErrorText(
        mark("The file is there already"),
        mark("{file} is there already and was left as it is."),
        mark("Choose another name, or use --force to replace it."),
    ),
    ErrorCode.FILE_NOT_WRITTEN: ErrorText(
        mark("The file was not written"),
        mark("{file} could not be written."),
        mark("Check that the folder is there, that you may write to it and that there is room."),
    ),
    ErrorCode.UNKNOWN_CHANNEL: ErrorText(
        mark("There is no such channel"),
        mark("The policy has no channel “{channel}”."),
        mark("“kanaltid policy show” lists the channels."),
    ),
    ErrorCode.UNKNOWN_PURPOSE: ErrorText(
        mark("There is no such purpose"),
        mark("The policy has no purpose “{purpose}” for you there."),
        mark("“kanaltid policy show” lists the purposes and where they may be chosen."),
    ),
    ErrorCode.NO_NOTE: ErrorText(
        mark("There is no place for a note"),
        mark("The policy takes no note with “{purpose}”."),
        mark("Leave the note out, or choose another purpose."),
    ),
    ErrorCode.NO_RESULTS: ErrorText(
        mark("There is nothing to count"),
        mark("The policy counts no results of “{purpose}” for you."),
        mark("“kanaltid policy show” lists the purposes."),
    ),
    ErrorCode.SPAN_GONE: ErrorText(
        mark("A visit is not there any more"),
        mark("A visit that you chose has changed meanwhile, or is no longer kept."),
        mark("Look at the list again, and choose anew."),
    ),
    ErrorCode.EXTENSION_REFUSED: ErrorText(
        mark("There is no more time to take"),
        mark("“{limit}” can't be extended now."),
        mark("“kanaltid today” shows the limits and what is left of them."),
    ),
    ErrorCode.UNKNOWN_CRISIS_LEVEL: ErrorText(
        mark("There is no such crisis level"),
        mark("The policy's crisis plan has no level “{level}”."),
        mark("“kanaltid crisis” lists the levels of the plan."),
    ),
    ErrorCode.UNKNOWN_CRISIS_STEP: ErrorText(
        mark("There is no such step"),
        mark("The level “{level}” of the crisis plan has no step {step}."),
        mark("“kanaltid crisis” lists the steps of the level that is open."),
    ),
    ErrorCode.NO_OPEN_CRISIS: ErrorText(
        mark("No crisis level is open"),
        mark("There is nothing to work on or to evaluate."),
        mark("Open a level of the crisis plan first."),
    ),
    ErrorCode.BAD_DATE: ErrorText(
        mark("The date is not understood"),
        mark("“{text}” is no date or week."),
        mark("Write a date as 2026-11-23 and a week as 2026-W48."),
    ),
    ErrorCode.BAD_TIME: ErrorText(
        mark("The time is not understood"),
        mark("“{text}” is no time."),
        mark("Write it as 14:05, 14:05:30 or 2026-11-23T14:05."),
    ),
    ErrorCode.BAD_DURATION: ErrorText(
        mark("The duration is not understood"),
        mark("“{text}” is no duration."),
        mark("Write it as 15m, 1h or tomorrow."),
    ),
    ErrorCode.BAD_ANSWER: ErrorText(
        mark("The answer can't be used"),
        mark("“{text}” can't be used in a policy."),
        mark("Answer otherwise, or change the file itself afterwards."),
    ),
    ErrorCode.NOT_YET: ErrorText(
        mark("This does not exist yet"),
        mark("This version of Kanaltid can't do that yet: {what}."),
        mark("It comes in a later version."),
    ),
}

_EXTENSIONS: dict[str, tuple[str, str]] = {
    "no_such_limit": (
        mark("You have no limit “{limit}”."),
        mark("“kanaltid today” shows the limits that hold for you."),
    ),
    "channel_needed": (
        mark("Under “{limit}” each channel has time of its own."),
        mark("Say which channel with --channel."),
    ),
    "no_such_channel": (
        mark("“{limit}” gives no time to that channel."),
        mark("“kanaltid today” shows the limits and their channels."),
    ),
    "not_extendable": (
        mark("The policy allows no more time under “{limit}”."),
        mark("“kanaltid policy show” says which limits can be extended."),
    ),
    "too_early": (
        mark("There is still plenty left under “{limit}”."),
        mark("More time can be taken when the limit draws near."),
    ),
    "used_up_today": (
        mark("All extra time under “{limit}” is taken for today."),
        mark("There is more tomorrow."),
    ),
    "used_up_this_week": (
        mark("All extra time under “{limit}” is taken for this week."),
        mark("There is more next week."),
    ),
    "reason_needed": (
        mark("The policy wants a reason for more time under “{limit}”."),
        mark("Say why you need it; on the command line with --reason."),
    ),
    "reason_too_long": (
        mark("The reason for more time under “{limit}” is too long."),
        mark("Say it in {most} characters at most."),
    ),
}

_TIMES: dict[str, tuple[str, str]] = {
    "future": (
        mark("“{text}” has not come yet."),
        mark("Ask for a moment that has passed."),
    ),
    "past": (
        mark("“{text}” has passed already."),
        mark("Name a later time of today."),
    ),
    "beyond_day": (
        mark("“{text}” lies beyond this day."),
        mark("A choice ends with the day by itself; name an earlier time."),
    ),
}

_ANSWERS: dict[str, tuple[str, str]] = {
    "company": (
        mark("“{text}” is no name of a company."),
        mark("Write it on one line, with at most 100 characters."),
    ),
    "id": (
        mark("“{text}” is no short name."),
        mark("Use letters, digits, dots, _ and -, 64 at most, and begin with a letter or digit."),
    ),
    "languages": (
        mark("“{text}” names no languages that the starter is written in."),
        mark("Write sv, en or both with a comma, the first language first."),
    ),
    "timezone": (
        mark("“{text}” is no time zone."),
        mark("Write it as Europe/Stockholm."),
    ),
    "channels": (
        mark("“{text}” is no channel of the catalogue."),
        mark("Write ids such as linkedin, x, youtube, blogs, with commas between them."),
    ),
    "minutes": (
        mark("“{text}” is no number of minutes a day."),
        mark("Write a whole number from 0, which is not allowed, to 1440."),
    ),
    "hours": (
        mark("“{text}” are no working hours."),
        mark("Write them as mon-thu 08:00-17:00, fri 08:00-15:00; name each day once."),
    ),
    "contact": (
        mark("“{text}” says nobody whom to ask."),
        mark("Write a role such as Head of communications, with at most 100 characters."),
    ),
    "email": (
        mark("“{text}” is no e-mail address."),
        mark("Write it as press@example.se."),
    ),
}

_TRACE_LINES: dict[str, str] = {
    "no_object": mark("Line {line} of {file} is no JSON object."),
    "no_such_kind": mark("Line {line} of {file} is of an unknown kind: {what}."),
    "no_instant": mark("“{what}” in line {line} of {file} is no time of day with its offset."),
    "goes_back": mark("Line {line} of {file} is earlier than the line before it."),
    "missing_key": mark("Line {line} of {file} lacks “{what}”."),
    "no_such_key": mark("“{what}” has no place in line {line} of {file}."),
    "wrong_type": mark("“{what}” in line {line} of {file} has a value of the wrong type."),
    "since_later": mark("“since” in line {line} of {file} is later than its “t”."),
    "until_wrong": mark("“until” in line {line} of {file} is no later time of the same day."),
    "no_such_channel": mark("Line {line} of {file}: the policy has no channel “{what}”."),
    "no_such_purpose": mark("Line {line} of {file}: the policy has no purpose “{what}” there."),
}
_TRACE_REMEDY = mark(
    "A line is a JSON object with “t”, such as 2026-11-23T09:00:00+01:00, and “kind”."
)
_TRACE_UNREADABLE = (
    mark("{file} can't be read."),
    mark("Check that the file is there and that you may read it."),
)

_RECOVERIES: dict[str, tuple[str, str]] = {
    "all": (
        mark("{file} was damaged. Everything in it could be read and is kept."),
        mark("There is nothing to do. The damaged file is kept for a while as {aside}."),
    ),
    "nothing": (
        mark("{file} was damaged, and nothing in it could be read. A new one was begun."),
        mark("If you have a backup of it, quit Kanaltid and put it back. The rest is in {aside}."),
    ),
}

_BY_REASON: dict[ErrorCode, dict[str, tuple[str, str]]] = {
    ErrorCode.STORE_RECOVERED: _RECOVERIES,
    ErrorCode.EXTENSION_REFUSED: _EXTENSIONS,
    ErrorCode.BAD_TIME: _TIMES,
    ErrorCode.BAD_ANSWER: _ANSWERS,
    ErrorCode.TRACE_INVALID: {
        **{reason: (text, _TRACE_REMEDY) for reason, text in _TRACE_LINES.items()},
        "unreadable": _TRACE_UNREADABLE,
    },
}
"""What is said instead where the ``reason`` is known."""


def describe(error: KanaltidError, language: Language) -> ErrorText:
    """Return the error's texts in the language."""
    return describe_code(error.code, error.fields, language)


def describe_code(
    code: ErrorCode | str, fields: Mapping[str, object], language: Language
) -> ErrorText:
    """Return the texts of an error that is known by its code and fields only.

    A code that is not ours reads as an error of the program; a field that was not given
    leaves a dash: an error must never hide behind an error.
    """
    known = code in ErrorCode._value2member_map_
    text = _TEXTS[ErrorCode(code) if known else ErrorCode.INTERNAL]
    closer = _BY_REASON.get(ErrorCode(code), {}) if known else {}
    if (reason := str(fields.get("reason"))) in closer:
        text = ErrorText(text.title, *closer[reason])
    values = _Fields({name: " ".join(str(value).split()) for name, value in fields.items()})
    _ = language.gettext
    return ErrorText(
        title=_(text.title).format_map(values),
        text=_(text.text).format_map(values),
        remedy=_(text.remedy).format_map(values),
    )


def one_line(error: KanaltidError, language: Language) -> str:
    """Return the error as one line for standard error: what happened and what helps."""
    described = describe(error, language)
    return f"{described.text} {described.remedy}"


class _Fields(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "–"
