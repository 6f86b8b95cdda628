"""Every problem of a policy file in words: what is wrong, and what to write instead."""

from __future__ import annotations

from datetime import date

from tracker.i18n import Language, mark
from tracker.policy.problems import Problem, ProblemCode

_TEXTS: dict[ProblemCode, str] = {
    ProblemCode.FILE_TOO_LARGE: mark(
        "The file is larger than {most} kB, which no policy needs. Is it the right file?"
    ),
    ProblemCode.NOT_UTF8: mark(
        "The file holds letters in an encoding that can't be read. Save it as UTF-8."
    ),
    ProblemCode.CONTROL_CHARACTER: mark(
        "There is an invisible control character here. Delete the line and write it anew, "
        "or save the file as UTF-8."
    ),
    ProblemCode.NESTED_TOO_DEEP: mark(
        "There are far too many brackets or dots inside each other. Close the brackets before."
    ),
    ProblemCode.NUMBER_TOO_LONG: mark("This number has too many digits. Shorten it."),
    ProblemCode.TOO_MANY_PROBLEMS: mark(
        "Only the first {most} errors are shown. Correct those, then check again."
    ),
    ProblemCode.TOML_SYNTAX: mark(
        "This line can't be read. Write one “key = value” a line; [table] and [[list]] stand "
        "alone on theirs."
    ),
    ProblemCode.TOML_VALUE: mark(
        'The value is missing or can\'t be read. Put texts in straight quotation marks: "text".'
    ),
    ProblemCode.TOML_KEY_TWICE: mark("This is given a second time. Keep one of the two."),
    ProblemCode.TOML_KEY_LETTERS: mark(
        "Key names use the letters a to z only. Use the names that the policy's form knows."
    ),
    ProblemCode.TOML_EQUALS_MISSING: mark("There is no “=” between the key and its value."),
    ProblemCode.TOML_NOT_CLOSED: mark(
        "A quotation mark or bracket that was opened is not closed. Close it before this, or "
        "on this line."
    ),
    ProblemCode.UNKNOWN_KEY: mark("There is no key “{name}” here. These may be used: {choices}."),
    ProblemCode.MISSING_KEY: mark("“{name}” is missing here. Add it."),
    ProblemCode.UNKNOWN_VALUE: mark("“{value}” can't be used here. Choose one of: {choices}."),
    ProblemCode.EMPTY: mark("This is empty. Write something here, or remove the key."),
    ProblemCode.TOO_LONG: mark("This is too long: more than {most}. Shorten it."),
    ProblemCode.WRONG_SCHEMA: mark(
        "This version of Kanaltid reads policies that say “schema = 1”."
    ),
    ProblemCode.BAD_ID: mark(
        "An id is one word of letters, digits, dots, _ and -, such as “win-leads”. The name "
        "that people see stands under “name”."
    ),
    ProblemCode.BAD_LANGUAGE: mark("Give languages by their codes, such as “sv” or “en”."),
    ProblemCode.BAD_TIME: mark("Write the time with two digits each, from 00:00 to 23:59."),
    ProblemCode.BAD_HOURS: mark(
        "Write hours as “08:00-17:00”, with two digits each, ending at 24:00 at the latest."
    ),
    ProblemCode.BAD_MARK: mark(
        "Write when the step comes as a share (“80%”), as minutes before the limit (“-5m”), as "
        "minutes after it (“+5m”), or as “0”."
    ),
    ProblemCode.BAD_MEMBER: mark(
        "Members are “user:” with a login name, “os-group:” with a group of the computer, or "
        "“*” for everybody."
    ),
    ProblemCode.BAD_HOST: mark(
        "Give the host alone, such as “linkedin.com”: without https:// and without what "
        "follows the slash. That goes under “path”."
    ),
    ProblemCode.BAD_PATH: mark("A path begins with a slash and holds no space, ? or #."),
    ProblemCode.BAD_TITLE: mark("This title pattern can't be used (RE2 says: {reason})."),
    ProblemCode.BAD_LINK: mark("A link begins with https://, http:// or mailto:."),
    ProblemCode.BAD_EMAIL: mark("An e-mail address looks like press@example.se."),
    ProblemCode.BAD_TIMEZONE: mark(
        "There is no time zone “{zone}”. Write a place such as “Europe/Stockholm”."
    ),
    ProblemCode.DUPLICATE_ID: mark(
        "The id “{id}” was given already in line {first_line}. Give each its own."
    ),
    ProblemCode.DUPLICATE_VALUE: mark("“{value}” is listed twice. Keep one."),
    ProblemCode.RESERVED_ID: mark(
        "“{id}” is always there and means private time. Give your purpose another id."
    ),
    ProblemCode.UNKNOWN_CONTACT: mark(
        "There is no contact “{id}”. Add a [[contact]] with this id, or correct the name."
    ),
    ProblemCode.UNKNOWN_GROUP: mark(
        "There is no group “{id}”. Add a [[group]] with this id, or write “*” for everybody."
    ),
    ProblemCode.UNKNOWN_CHANNEL: mark(
        "There is no channel “{id}” in this policy. Add a [[channel]] with this id, or write "
        "“*” for all channels."
    ),
    ProblemCode.UNKNOWN_PURPOSE: mark(
        "There is no purpose “{id}”. Add a [[purpose]] with this id; “private” is always there."
    ),
    ProblemCode.UNKNOWN_LIMIT: mark(
        "There is no limit “{id}”. Add a [[limit]] with this id, or correct the name."
    ),
    ProblemCode.UNKNOWN_LADDER: mark(
        "There is no ladder “{id}”. Add [ladder.{id}], or leave this key out."
    ),
    ProblemCode.UNKNOWN_LEVEL: mark(
        "There is no crisis level “{id}”. Add a [[crisis.level]] with this id."
    ),
    ProblemCode.BACKUP_CYCLE: mark(
        "The backups lead round in a circle: {chain}. Let the last one have none."
    ),
    ProblemCode.REPLACES_CYCLE: mark(
        "These limits replace each other in a circle: {chain}. Let one of them replace none."
    ),
    ProblemCode.MISSING_DEFAULT_LANGUAGE: mark(
        "The text is missing in “{language}”, the policy's first language. Add it."
    ),
    ProblemCode.LANGUAGE_NOT_LISTED: mark(
        "Nobody sees this text: “{language}” is not among the policy's languages ({choices})."
    ),
    ProblemCode.CONSENT_AS_BASIS: mark(
        "Consent is no legal basis at work: an employee can't freely refuse. Ask whoever is "
        "responsible for data protection; often it is “legitimate_interest”."
    ),
    ProblemCode.LAW_MISSING: mark(
        "The legal basis is a legal obligation. Say which law under “law”."
    ),
    ProblemCode.DPIA_MISSING: mark(
        "No impact assessment is named. An employer who measures needs one: say under “dpia” "
        "where it is."
    ),
    ProblemCode.CONSULTED_MISSING: mark(
        "Nobody is named as consulted. In Sweden the employer negotiates first (MBL 11 §): say "
        "under “consulted” with whom and when."
    ),
    ProblemCode.REVIEW_PASSED: mark(
        "The policy should have been reviewed by {date}. Review it and set a later date."
    ),
    ProblemCode.WEEKDAY_TWICE: mark(
        "The hours of “{day}” are given already under “{other}”. Keep one of the two."
    ),
    ProblemCode.HOURS_EMPTY: mark(
        "No weekday has hours, so nothing would be measured. Add some, such as "
        'mon-fri = ["08:00-17:00"], or remove [hours].'
    ),
    ProblemCode.HOURS_OVERLAP: mark(
        "These hours overlap other hours. Let one end before the next begins."
    ),
    ProblemCode.BREAKS_OVERLAP: mark(
        "This break overlaps another. Let one end before the next begins."
    ),
    ProblemCode.BREAK_OUTSIDE_HOURS: mark(
        "This break lies outside the working hours. Breaks lie inside them."
    ),
    ProblemCode.BREAK_TOO_LONG: mark(
        "The break is longer than the time it lies within, {most} minutes."
    ),
    ProblemCode.CHANNEL_NOT_IN_CATALOGUE: mark(
        "Kanaltid does not know the channel “{id}”. Correct the id, or tell how it is known "
        "with name, kind and match."
    ),
    ProblemCode.MATCH_NOT_ONE: mark(
        "Each rule says exactly one of host, app and title. Split it into several."
    ),
    ProblemCode.PATH_WITHOUT_HOST: mark("A path needs a host beside it."),
    ProblemCode.TITLE_MATCHES_ALL: mark(
        "This title pattern fits every window. Write what only this channel's titles have."
    ),
    ProblemCode.MATCH_TWICE: mark(
        "“{rule}” belongs to the channel “{id}” already, which wins. Remove it here or there."
    ),
    ProblemCode.PURPOSE_NOT_ON_CHANNEL: mark(
        "The purpose “{purpose}” may not be chosen on “{channel}”. Add the channel to the "
        "purpose, or take another."
    ),
    ProblemCode.LIMIT_MATCHES_NOTHING: mark(
        "No time can ever count toward this limit: none of its purposes may be chosen on any "
        "of its channels. Correct its groups, purposes or channels."
    ),
    ProblemCode.LIMIT_WITHOUT_BOUND: mark(
        "The limit allows no amount. Add “day” or “week” in minutes, or “unlimited = true”."
    ),
    ProblemCode.UNLIMITED_WITH_BOUND: mark(
        "An unlimited limit has neither “day” nor “week”. Remove one or the other."
    ),
    ProblemCode.WINDOW_WITHOUT_BREAKS: mark(
        "The limit is for breaks, and the policy has none. Add “breaks” under [hours], or "
        "change the window."
    ),
    ProblemCode.WEEK_UNDER_DAY: mark(
        "The week allows {week} minutes, less than the {day} of a single day."
    ),
    ProblemCode.DUPLICATE_STEP: mark("The step “{do}” at “{at}” is there twice. Keep one."),
}

_WRONG_TYPES: dict[str, str] = {
    "text": mark('Write this as a text in straight quotation marks: "text".'),
    "number": mark("Write this as a whole number, without quotation marks."),
    "flag": mark("Write true or false here, without quotation marks."),
    "list": mark('Write this as a list in square brackets: ["one", "two"].'),
    "table": mark("Write this as a table: {{ key = value }}, or under a heading of its own."),
    "tables": mark("This is a list of entries. Begin each with double brackets: [[{name}]]."),
    "texts": mark('Write this by language: {{ sv = "…", en = "…" }}.'),
    "date": mark("Write this as a date without time or quotation marks: 2026-11-23."),
    "other": mark("This has another form than is needed here."),
}

_NEAR = {
    ProblemCode.UNKNOWN_KEY: mark("There is no key “{name}” here. Is “{near}” meant?"),
    ProblemCode.UNKNOWN_CONTACT: mark("There is no contact “{id}”. Is “{near}” meant?"),
    ProblemCode.UNKNOWN_GROUP: mark("There is no group “{id}”. Is “{near}” meant?"),
    ProblemCode.UNKNOWN_CHANNEL: mark(
        "There is no channel “{id}” in this policy. Is “{near}” meant?"
    ),
    ProblemCode.UNKNOWN_PURPOSE: mark("There is no purpose “{id}”. Is “{near}” meant?"),
    ProblemCode.UNKNOWN_LIMIT: mark("There is no limit “{id}”. Is “{near}” meant?"),
    ProblemCode.UNKNOWN_LADDER: mark("There is no ladder “{id}”. Is “{near}” meant?"),
    ProblemCode.UNKNOWN_LEVEL: mark("There is no crisis level “{id}”. Is “{near}” meant?"),
    ProblemCode.CHANNEL_NOT_IN_CATALOGUE: mark(
        "Kanaltid does not know the channel “{id}”. Is “{near}” meant? Else tell how it is "
        "known with name, kind and match."
    ),
}

_TOO_SMALL = mark("This is too little: {least} is the least.")
_TOO_LARGE = mark("This is too much: {most} is the most.")


def describe(problem: Problem, language: Language) -> str:
    """Return what is wrong and what helps, in words for whoever writes a policy."""
    fields = {
        name: language.date(value) if isinstance(value, date) else value
        for name, value in problem.fields.items()
    }
    return language.gettext(_message(problem)).format_map(fields)


def _message(problem: Problem) -> str:
    if problem.code is ProblemCode.WRONG_TYPE:
        return _WRONG_TYPES[str(problem.fields["expected"])]
    if problem.code is ProblemCode.OUT_OF_RANGE:
        return _TOO_LARGE if "most" in problem.fields else _TOO_SMALL
    if problem.fields.get("near"):
        return _NEAR[problem.code]
    return _TEXTS[problem.code]
