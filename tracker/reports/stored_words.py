"""What the kinds of stored rows and their columns are called, and their values in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.i18n import Language, mark
from tracker.storage.base import LASTING, Stored

KINDS: Mapping[Stored, str] = {
    Stored.SPAN: mark("Stretches of time"),
    Stored.GAP: mark("Paused and not measured"),
    Stored.DAY_TOTAL: mark("Daily totals"),
    Stored.DAY_GAP: mark("Daily totals, paused and not measured"),
    Stored.STEP_TAKEN: mark("Notices of limits"),
    Stored.EXTENSION: mark("Extensions"),
    Stored.PURPOSE_CHOICE: mark("Chosen purposes"),
    Stored.BREAK_MARK: mark("Breaks"),
    Stored.RESULT_COUNT: mark("Own results"),
    Stored.CRISIS_MARK: mark("Crisis levels"),
    Stored.EVALUATION: mark("Evaluations after crises"),
    Stored.DAY_POLICY: mark("Policy in force by day"),
    Stored.POLICY_TEXT: mark("Policy texts"),
    Stored.CONSENT: mark("Acceptances"),
    Stored.DEVICE: mark("Devices"),
    Stored.NOTE: mark("Kanaltid's notes to itself"),
}

COLUMNS: Mapping[str, str] = {
    "at": mark("At"),
    "begins": mark("Begins"),
    "certain": mark("Certain"),
    "channel": mark("Channel"),
    "corrected": mark("Corrected"),
    "count": mark("Number"),
    "day": mark("Day"),
    "device": mark("Device"),
    "do": mark("Step"),
    "extended_ms": mark("Extended by"),
    "fault": mark("What was at fault"),
    "happened": mark("What happened"),
    "hash": mark("Fingerprint"),
    "here": mark("This one"),
    "key": mark("Name"),
    "kind": mark("Kind"),
    "language": mark("Language"),
    "last_seq": mark("Last number"),
    "learnt": mark("What was learnt"),
    "length_ms": mark("Length"),
    "level": mark("Level"),
    "limit": mark("Limit"),
    "link": mark("Link"),
    "mark": mark("At the mark"),
    "minutes": mark("Minutes"),
    "ms": mark("Time"),
    "name": mark("Name"),
    "note": mark("Note"),
    "opened": mark("Opened"),
    "period": mark("Day or week"),
    "policy_id": mark("Policy"),
    "purpose": mark("Purpose"),
    "reason": mark("Reason"),
    "rows_from": mark("Rows kept from"),
    "seq": mark("No."),
    "source": mark("Told by"),
    "start": mark("Start"),
    "text": mark("Text"),
    "until": mark("Until"),
    "value": mark("Value"),
    "version": mark("Version"),
    "window": mark("Part of the day"),
}


COLUMNS_OF: Mapping[Stored, tuple[str, ...]] = {
    Stored.SPAN: (
        "day", "start", "length_ms", "channel", "purpose", "window", "source", "certain",
        "corrected", "device", "seq",
    ),
    Stored.GAP: ("day", "start", "length_ms", "kind", "device", "seq"),
    Stored.DAY_TOTAL: ("day", "channel", "purpose", "ms", "window", "certain", "device"),
    Stored.DAY_GAP: ("day", "kind", "ms", "device"),
    Stored.STEP_TAKEN: ("day", "at", "limit", "channel", "do", "mark", "extended_ms", "period"),
    Stored.EXTENSION: ("day", "at", "limit", "channel", "minutes", "reason"),
    Stored.PURPOSE_CHOICE: ("day", "at", "channel", "purpose", "until", "note"),
    Stored.BREAK_MARK: ("day", "at", "begins"),
    Stored.RESULT_COUNT: ("day", "at", "purpose", "count"),
    Stored.CRISIS_MARK: ("day", "at", "level"),
    Stored.EVALUATION: ("at", "level", "opened", "link", "happened", "fault", "learnt"),
    Stored.DAY_POLICY: ("day", "hash"),
    Stored.POLICY_TEXT: ("hash", "text"),
    Stored.CONSENT: ("at", "policy_id", "version", "language"),
    Stored.DEVICE: ("name", "here", "last_seq", "rows_from"),
    Stored.NOTE: ("key", "value"),
}  # fmt: skip
"""The columns of each kind, in the order in which a person looks for them."""


_VALUES: Mapping[tuple[str, str], str] = {
    ("kind", "paused"): mark("paused"),
    ("kind", "not_measured"): mark("not measured"),
    ("window", "work"): mark("working hours"),
    ("window", "breaks"): mark("break"),
    ("source", "tab"): mark("the tab"),
    ("source", "app"): mark("the app"),
    ("source", "title"): mark("the title"),
    ("do", "notify"): mark("notice"),
    ("do", "ask"): mark("question"),
    ("do", "overlay"): mark("layer over the window"),
    ("do", "minimise"): mark("window minimised"),
    ("purpose", "private"): mark("private"),
    ("mark", "early"): mark("earlier, as you chose"),
}
"""The values that are the program's own words; ids are the policy's, and stay as they are."""


def kind_name(kind: Stored, language: Language) -> str:
    """Return what a kind of rows is called."""
    return language.gettext(KINDS[kind])


def column_name(column: str, language: Language) -> str:
    """Return what a column is called."""
    return language.gettext(COLUMNS[column])


def value_text(column: str, value: object, language: Language, zone: ZoneInfo) -> str:
    """Return a value as a person reads it, and no less exactly than it is stored to the second."""
    match value:
        case None | "":
            return "–"
        case bool():
            return language.gettext("yes") if value else language.gettext("no")
        case datetime():
            local = value.astimezone(zone)
            return f"{local.date().isoformat()} {local:%H:%M:%S}"
        case date():
            return "–" if value == date.min else value.isoformat()
        case int() if column == "ms" or column.endswith("_ms"):
            return _exact(value, language)
        case _:
            words = _VALUES.get((column, str(value)))
            return language.gettext(words) if words is not None else str(value)


def _exact(ms: int, language: Language) -> str:
    """Return a length to the second, and a shorter one to the millisecond."""
    if 0 < ms < 1000:
        return f"{ms} ms"
    minutes, rest = divmod(ms, 60_000)
    parts = [language.duration(minutes * 60_000)] if minutes else []
    parts += [language.duration(rest)] if rest >= 1000 or not minutes else []
    return " ".join(parts)


def what_goes(
    counted: Mapping[Stored, int], language: Language, *, everything: bool
) -> tuple[str, ...]:
    """Return a line for each kind that would be deleted: its name, and how many rows."""
    form = language.gettext("{kind}: {number}")
    return tuple(
        form.format(kind=kind_name(kind, language), number=language.number(counted[kind]))
        for kind in Stored
        if counted[kind] and (everything or kind not in LASTING)
    )
