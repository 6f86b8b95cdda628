"""The starter of a company's own policy: the shipped one, with a few answers worked in."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from tracker.errors import ErrorCode, OutsideError
from tracker.policy import forms
from tracker.policy.catalogue import Catalogue
from tracker.policy.load import load
from tracker.policy.select import STARTER, shipped_policy

LANGUAGES = ("sv", "en")
"""The languages that the starter's texts are written in."""

CHANNELS = ("linkedin", "x", "instagram", "facebook", "youtube", "blogs", "forums")
"""The channels of the shipped starter."""

_LONGEST = 100
_COMMENT_AT = 40
_TITLES = {"sv": "{company}: policy för sociala medier", "en": "{company}: social media policy"}
_SCOPES = {
    "sv": "Ett förslag att börja med för alla på {company}.",
    "en": "A proposal to begin with, for everybody at {company}.",
}
_ROLES = {"sv": "Kommunikationsansvarig", "en": "Head of communications"}
_SWEDISH_DAYS = dict(
    zip(("mån", "tis", "ons", "tor", "fre", "lör", "sön"), forms.WEEKDAYS, strict=True)
)

_STRING = r'"(?:[^"\\]|\\.)*"'
_BOTH = re.compile(rf"\{{ sv = (?P<sv>{_STRING}), en = (?P<en>{_STRING}) \}}")
_HOURS = re.compile(r"(?m)^# \[hours\]\n(?:# \w{3}(?:-\w{3})? = .*\n)+")
_CONTACT = re.compile(r"(?m)^# \[\[contact\]\]\n# id = \"comms\"\n(?:# (?:role|email) = .*\n)+")
_CHANNELS = re.compile(r"(?ms)^\[\[channel\]\]\n.*?^id = \"forums\"\n")

_ANSWER_OF_KEY = (
    ("policy.id", "id"),
    ("policy.languages", "languages"),
    ("policy.timezone", "timezone"),
    ("policy.", "company"),
    ("hours", "hours"),
    ("contact[0].email", "email"),
    ("contact", "contact"),
    ("channel", "channels"),
    ("limit", "minutes"),
)

Hours = tuple[tuple[str, tuple[str, ...]], ...]
"""Weekdays or ranges of them, each with its hours, as a policy file has them."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a starter is made of; each is read by the ``read_`` function of its name.

    Attributes:
        hours: Empty where all time counts.
        contact: Whom people may ask, as a role; empty for nobody.
        email: Their address; empty for none.
    """

    company: str
    id: str
    languages: tuple[str, ...]
    timezone: str
    channels: tuple[str, ...]
    private_minutes: int
    work_minutes: int
    hours: Hours = ()
    contact: str = ""
    email: str = ""


def _refusal(text: str, reason: str) -> OutsideError:
    return OutsideError(ErrorCode.BAD_ANSWER, text=text, reason=reason)


def _is_plain(text: str) -> bool:
    """Return whether a text is one line that can be written in a file and a comment."""
    return bool(text) and not any(
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text
    )


def _words(text: str, reason: str) -> str:
    words = text.strip()
    if not _is_plain(words) or len(words) > _LONGEST:
        raise _refusal(text, reason)
    return words


def read_company(text: str) -> str:
    """Return the company's name; raises BAD_ANSWER, as all readers do."""
    return _words(text, "company")


def read_id(text: str) -> str:
    """Return the policy's short name."""
    found = text.strip()
    if not re.fullmatch(forms.ID, found) or len(found) > 64:
        raise _refusal(text, "id")
    return found


def id_of(company: str) -> str:
    """Return a short name made of the company's, in plain letters."""
    plain = unicodedata.normalize("NFKD", company).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:64].strip("-") or "policy"


def read_languages(text: str) -> tuple[str, ...]:
    """Return the languages of ``sv, en``, the first being the default."""
    found = _listed(text.lower())
    if not found or not {*found} <= {*LANGUAGES}:
        raise _refusal(text, "languages")
    return found


def read_timezone(text: str) -> str:
    """Return the zone that days are counted in."""
    found = text.strip()
    try:
        if not found.isascii():
            raise ValueError(found)
        ZoneInfo(found)
    except (LookupError, ValueError, OSError) as error:
        raise _refusal(text, "timezone") from error
    return found


def read_channels(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of channels or groups that the catalogue knows, each once."""
    found = _listed(text.lower())
    for each in found:
        if each not in catalogue.channels and each not in catalogue.groups:
            raise _refusal(each, "channels")
    if not found:
        raise _refusal(text, "channels")
    return found


def read_minutes(text: str) -> int:
    """Return whole minutes a day; 0 is not allowed at all."""
    found = text.strip()
    if not re.fullmatch(r"[0-9]{1,4}", found) or int(found) > forms.DAY_MINUTES:
        raise _refusal(text, "minutes")
    return int(found)


def read_hours(text: str) -> Hours:
    """Return the hours of ``mon-thu 08:00-17:00, fri 08:00-15:00``; none where it is empty."""
    hours = []
    seen: set[int] = set()
    for part in text.split(",") if text.strip() else []:
        day, *ranges = part.lower().split() or [""]
        key = "-".join(_SWEDISH_DAYS.get(name, name) for name in day.split("-"))
        days = {*forms.weekdays_of(key)}
        if not days or days & seen or not ranges or None in map(forms.range_of, ranges):
            raise _refusal(text, "hours")
        seen |= days
        hours.append((key, tuple(ranges)))
    return tuple(hours)


def read_contact(text: str) -> str:
    """Return the role of whom to ask; empty for nobody."""
    return _words(text, "contact") if text.strip() else ""


def read_email(text: str) -> str:
    """Return an e-mail address; empty for none."""
    found = text.strip()
    plain = _is_plain(found) and len(found) <= 254
    if found and not (plain and re.fullmatch(forms.EMAIL, found)):
        raise _refusal(text, "email")
    return found


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))


def make_starter(answers: Answers, catalogue: Catalogue, today: date) -> str:
    """Return a commented policy file, which loads without errors.

    Raises:
        OutsideError: ``BAD_ANSWER`` where the answers make no right policy together.
    """
    text = _render(answers)
    try:
        errors = load(text.encode(), "starter", catalogue, today).errors
    except UnicodeEncodeError as error:
        raise _refusal(answers.company, "company") from error
    if errors:
        key = errors[0].key
        reason = next((name for start, name in _ANSWER_OF_KEY if key.startswith(start)), "")
        raise _refusal(_shown(answers, reason) or key, reason)
    return text


def _shown(answers: Answers, reason: str) -> str:
    if reason == "hours":
        return ", ".join(" ".join((day, *ranges)) for day, ranges in answers.hours)
    value = getattr(answers, reason, "")
    return value if isinstance(value, str) else ", ".join(value)


def _render(answers: Answers) -> str:
    text = shipped_policy(STARTER).decode()
    # First, so that nothing that was answered is taken for a text of the starter.
    text = _BOTH.sub(lambda found: _by_language(found.groupdict(), answers.languages), text)
    for pattern, replacement in _edits(answers):
        expression = pattern if isinstance(pattern, re.Pattern) else _line(pattern)
        text, count = expression.subn(lambda _, new=replacement: new, text, count=1)  # type: ignore[misc]
        assert count == 1, pattern
    return text


def _line(start: str) -> re.Pattern[str]:
    """Return what finds a line by its start, up to its comment."""
    return re.compile(rf"(?m)^{re.escape(start)}[^#\n]*")


def _edits(answers: Answers) -> Iterator[tuple[str | re.Pattern[str], str]]:
    """Yield what to find in the starter, and what stands there instead."""
    company = answers.company
    yield (
        re.compile(r"\A# A social media policy to begin with\..*\n"),
        f'# The policy of {company}, as "kanaltid policy init" began it. Change what you like,\n',
    )
    yield 'id = "starter"', _setting("id", quoted(answers.id))
    yield "languages =", _setting("languages", _array(answers.languages))
    yield "timezone =", _setting("timezone", quoted(answers.timezone))
    yield "title =", f"title = {_texts(_about(_TITLES, company), answers)}"
    yield "scope =", f"scope = {_texts(_about(_SCOPES, company), answers)}"
    channels = "\n".join(f"[[channel]]\nid = {quoted(each)}\n" for each in answers.channels)
    yield _CHANNELS, channels
    if "linkedin" not in answers.channels:
        yield 'channels = ["linkedin"]', 'channels = ["*"]'
    yield "day = 60", _setting("day", str(answers.work_minutes))
    yield "day = 30", f"day = {answers.private_minutes}"
    if answers.hours:
        days = (f"{day} = {_array(ranges)}\n" for day, ranges in answers.hours)
        yield _HOURS, "[hours]\n" + "".join(days)
    if answers.contact or answers.email:
        role = dict.fromkeys(LANGUAGES, answers.contact) if answers.contact else _ROLES
        contact = f'[[contact]]\nid = "comms"\nrole = {_texts(role, answers)}\n'
        yield _CONTACT, contact + (f"email = {quoted(answers.email)}\n" if answers.email else "")
        yield '# contact = "comms"', _setting("contact", '"comms"')


def _setting(key: str, value: str) -> str:
    return f"{key} = {value}".ljust(_COMMENT_AT - 1) + " "


def _about(texts: Mapping[str, str], company: str) -> dict[str, str]:
    return {code: text.replace("{company}", company) for code, text in texts.items()}


def _texts(by_language: Mapping[str, str], answers: Answers) -> str:
    return _by_language(
        {code: quoted(text) for code, text in by_language.items()}, answers.languages
    )


def _by_language(by_language: Mapping[str, str], languages: Sequence[str]) -> str:
    return "{ " + ", ".join(f"{code} = {by_language[code]}" for code in languages) + " }"


def _array(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(quoted, texts)) + "]"


def quoted(text: str) -> str:
    """Return ``text`` as a basic string of TOML."""
    # JSON escapes as TOML does, but for DEL, which TOML does not want raw.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
