"""Texts and formats in both languages."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import i18n
from tracker.i18n import LANGUAGES, Language, compile_messages, language_for

SWEDISH, ENGLISH = Language("sv"), Language("en")
DAY = dt.date(2026, 11, 23)
SOURCE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "paused"
msgstr "{paused}"

msgctxt "button"
msgid "Show"
msgstr "Visa"

msgid "one visit"
msgid_plural "{n} visits"
msgstr[0] "ett besök"
msgstr[1] "{n} besök"
"""


def source(paused: str) -> bytes:
    return SOURCE.replace("{paused}", paused).encode()


@pytest.mark.parametrize(
    ("environ", "setting", "code"),
    [
        ({}, None, "en"),
        ({"LANG": "sv_SE.UTF-8"}, None, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, None, "en"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": "sv_FI"}, None, "sv"),
        ({"LC_ALL": "", "LANG": "sv_SE"}, None, "sv"),
        ({"LC_ALL": "C", "LANG": "sv_SE"}, None, "en"),
        ({"LANGUAGE": "de:sv:en", "LANG": "en_US.UTF-8"}, None, "sv"),
        ({"LANGUAGE": "de", "LANG": "sv_SE@euro"}, None, "sv"),
        ({"LANG": "de_DE.UTF-8"}, None, "en"),
        ({"LANG": "svx"}, None, "en"),
        ({"LANG": "en_GB"}, "sv", "sv"),
        ({"LANG": "sv_SE"}, "de", "sv"),
        ({"LANG": "en_GB"}, "sv-SE", "sv"),
    ],
)
def test_language_is_the_first_known_wish_when_several_are_named(
    environ: dict[str, str], setting: str | None, code: str
) -> None:
    assert language_for(environ, setting) == Language(code)


def test_language_is_refused_when_it_is_not_among_ours() -> None:
    with pytest.raises(ValueError, match="tlh"):
        Language("tlh")


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0 min"),
        (499, "0 s"),
        (45_000, "45 s"),
        (59_499, "59 s"),
        (59_500, "1 min"),
        (720_000, "12 min"),
        (719_995, "12 min"),
        (3_569_999, "59 min"),
        (3_570_000, "1 h 00 min"),
        (3_900_000, "1 h 05 min"),
        (90_000_000, "25 h 00 min"),
        (-300_000, "−5 min"),
    ],
)
def test_duration_is_written_as_the_look_has_it_when_in_either_language(ms: int, text: str) -> None:
    assert SWEDISH.duration(ms) == text
    assert ENGLISH.duration(ms) == text


@given(used=st.integers(0, 10**8), allowed=st.integers(0, 1440))
def test_used_and_left_add_up_when_they_are_shown_in_minutes(used: int, allowed: int) -> None:
    left = allowed * 60_000 - used
    shown = int(SWEDISH.minutes(used)) + int(SWEDISH.minutes(left).replace("−", "-"))

    # Exactly half a minute rounds away from zero on both sides.
    assert shown == allowed + (used % 60_000 == 30_000 and left > 0)


def test_formats_are_swedish_when_the_language_is() -> None:
    instant = dt.datetime(2026, 11, 23, 13, 30, 5, tzinfo=dt.UTC)

    assert SWEDISH.date(DAY) == "23 november 2026"
    assert SWEDISH.date(DAY, "short") == "2026-11-23"
    assert SWEDISH.date_range(dt.date(2026, 11, 16), dt.date(2026, 11, 22)) == "16–22 nov. 2026"
    assert SWEDISH.weekday(DAY) == "måndag"
    assert SWEDISH.weekday(DAY, short=True) == "mån"
    assert SWEDISH.time(instant, ZoneInfo("Europe/Stockholm")) == "14:30"
    assert SWEDISH.time(instant, ZoneInfo("Europe/Stockholm"), seconds=True) == "14:30:05"
    assert SWEDISH.number(1234.5, 1) == "1\N{NO-BREAK SPACE}234,5"
    assert SWEDISH.percent(0.8) == "80\N{NO-BREAK SPACE}%"


def test_formats_are_british_when_the_language_is_english() -> None:
    instant = dt.datetime(2026, 7, 1, 13, 30, tzinfo=dt.UTC)

    assert ENGLISH.date(DAY) == "23 November 2026"
    assert ENGLISH.weekday(DAY) == "Monday"
    assert ENGLISH.time(instant, ZoneInfo("Europe/London")) == "14:30"
    assert ENGLISH.number(1234.5, 2) == "1,234.50"
    assert ENGLISH.number(7) == "7"
    assert ENGLISH.percent(0.8) == "80%"


def test_month_is_named_as_people_write_it() -> None:
    day = dt.date(2026, 5, 31)
    assert (ENGLISH.month(day), SWEDISH.month(day)) == ("May 2026", "maj 2026")
    assert (ENGLISH.month(day, short=True), SWEDISH.month(day, short=True)) == ("May", "maj")


def test_week_has_the_year_of_its_thursday_when_the_year_turns() -> None:
    new_years_day = ENGLISH.week(dt.date(2027, 1, 1))

    assert "53" in new_years_day
    assert "2026" in new_years_day


@pytest.fixture
def locale_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(i18n, "messages_folder", lambda code: tmp_path / code)
    folder = tmp_path / "sv"
    folder.mkdir()
    return folder


def test_texts_are_compiled_in_memory_when_nothing_was_built(locale_folder: Path) -> None:
    (locale_folder / "kanaltid.po").write_bytes(source("pausad"))

    swedish = Language("sv")

    assert swedish.gettext("paused") == "pausad"
    assert swedish.pgettext("button", "Show") == "Visa"
    assert swedish.ngettext("one visit", "{n} visits", 1) == "ett besök"
    assert swedish.ngettext("one visit", "{n} visits", 0) == "{n} besök"
    assert sorted(file.name for file in locale_folder.iterdir()) == ["kanaltid.po"]


def test_built_texts_are_passed_over_when_their_source_has_changed(locale_folder: Path) -> None:
    (locale_folder / "kanaltid.po").write_bytes(source("pausad"))
    (locale_folder / "kanaltid.mo").write_bytes(compile_messages(source("vilar")))

    assert Language("sv").gettext("paused") == "pausad"


@pytest.mark.parametrize("with_source", [True, False])
def test_built_texts_are_used_when_they_are_not_out_of_date(
    locale_folder: Path, monkeypatch: pytest.MonkeyPatch, with_source: bool
) -> None:
    (locale_folder / "kanaltid.mo").write_bytes(compile_messages(source("pausad")))
    if with_source:
        (locale_folder / "kanaltid.po").write_bytes(source("pausad"))
    monkeypatch.delattr(i18n, "compile_messages")

    assert Language("sv").gettext("paused") == "pausad"


def test_texts_stay_english_when_there_are_none_at_all(locale_folder: Path) -> None:
    shutil.rmtree(locale_folder)

    assert Language("sv").gettext("paused") == "paused"


def test_every_language_has_its_source_beside_the_package_when_it_is_read() -> None:
    for code in LANGUAGES:
        assert (i18n.messages_folder(code) / "kanaltid.po").is_file()


def test_babel_is_not_imported_when_only_built_texts_are_asked_for() -> None:
    script = (
        "import sys, tracker.i18n as i18n\n"
        "i18n._read = lambda file: None\n"
        "i18n.Language('sv').gettext('paused')\n"
        "i18n.Language('sv').duration(60_000)\n"
        "print([name for name in sys.modules if name.partition('.')[0] == 'babel'])"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert done.stdout == b"[]\n"
