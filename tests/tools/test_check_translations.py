"""The check of translations finds each fault, and the update mends what it can."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import check_translations
from tools.check_translations import faults, merge, missing, update

SOURCE = """\
def speak(language, n):
    _ = language.gettext
    # Translators: stands on a button
    return _("Show"), _("{used} of {allowed}"), language.ngettext("{n} day", "{n} days", n)
"""
SWEDISH = """\
msgid "Show"
msgstr "Visa"

msgid "{used} of {allowed}"
msgstr "{used} av {allowed}"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "en dag"
msgstr[1] "{n} dagar"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program with three texts, all of them translated."""
    (tmp_path / "tracker").mkdir()
    (tmp_path / "tracker" / "speech.py").write_text(SOURCE, encoding="utf-8")
    update(tmp_path)
    merge(tmp_path, "sv", SWEDISH.encode())
    return tmp_path


def swedish(root: Path) -> Path:
    return root / "resources/locale/sv/LC_MESSAGES/kanaltid.po"


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add(root: Path, line: str) -> None:
    (root / "tracker" / "more.py").write_text(line, encoding="utf-8")


def test_nothing_is_found_when_all_is_translated(root: Path) -> None:
    assert list(faults(root)) == []


def test_update_changes_nothing_when_lines_only_move(root: Path) -> None:
    before = swedish(root).read_bytes()
    spoil(root / "tracker" / "speech.py", "def speak", "\n\n\ndef speak")

    update(root)

    assert swedish(root).read_bytes() == before


def test_files_are_out_of_date_when_a_text_is_added(root: Path) -> None:
    add(root, '_("Pause")')

    assert [fault.partition(":")[0] for fault in faults(root)] == [
        "resources/locale/kanaltid.pot",
        "resources/locale/en/LC_MESSAGES/kanaltid.po",
        "resources/locale/sv/LC_MESSAGES/kanaltid.po",
    ]


def test_only_swedish_is_missing_when_a_text_was_added_and_updated(root: Path) -> None:
    add(root, '_("Pause")')

    update(root)

    (fault,) = faults(root)
    assert fault.endswith("not translated: 'Pause'")
    assert b'msgid "Pause"' in missing(root, "sv")
    assert b"Show" not in missing(root, "sv")
    assert b'"Pause"' not in missing(root, "en")


def test_text_is_fuzzy_when_its_english_changed_a_little(root: Path) -> None:
    spoil(root / "tracker" / "speech.py", "{used} of {allowed}", "{used} out of {allowed}")

    update(root)

    (fault,) = faults(root)
    assert fault.endswith("fuzzy: '{used} out of {allowed}'")


def test_translation_goes_when_its_text_is_gone(root: Path) -> None:
    spoil(root / "tracker" / "speech.py", '_("Show"), ', "")

    update(root)

    assert "Visa" not in swedish(root).read_text(encoding="utf-8")
    assert list(faults(root)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"Visa"', '""', "not translated: 'Show'"),
        ("{used} av", "{anvant} av", "lacks {used}: '{used} of {allowed}'"),
        ("{used} av", "{anvant} {used} av", "has {anvant}, which the English lacks"),
        ("{used} av", "{used av", "broken placeholder"),
        ("{n} dagar", "många dagar", "lacks {n}: '{n} day'"),
        ('msgstr[1] "{n} dagar"', 'msgstr[1] ""', "not translated: '{n} day'"),
        ("n != 1", "n > 1", "out of date"),
    ],
)
def test_translation_is_faulty_when_it_does_not_fit_its_text(
    root: Path, old: str, new: str, fault: str
) -> None:
    spoil(swedish(root), old, new)

    assert any(fault in found for found in faults(root))


@pytest.mark.parametrize(
    "call",
    [
        '_(f"{n} left")',
        '_("{n} left".format(n=n))',
        '_("left: " + n)',
        'language.gettext("%d left" % n)',
        'ngettext("a day", f"{n} days", n)',
        'pgettext("button", f"{n} more")',
    ],
)
def test_text_is_faulty_when_it_is_put_together_before_it_is_looked_up(
    root: Path, call: str
) -> None:
    add(root, call)

    assert any(fault.startswith("tracker/more.py:1: ") for fault in faults(root))


def test_text_is_sound_when_it_comes_from_a_table_or_counts_with_a_sum(root: Path) -> None:
    calls = ["_(TITLES[0])", "_(entry.title)", "_(text_of(entry))"]
    calls.append('ngettext("{n} day", "{n} days", a + b)')
    add(root, "\n".join(calls))

    assert not any("more.py" in fault for fault in faults(root))


def test_exit_code_is_1_when_there_is_a_fault(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check_translations, "ROOT", root)
    assert check_translations.main([]) == 0
    spoil(swedish(root), '"Visa"', '""')

    assert check_translations.main([]) == 1

    assert capsys.readouterr().out.count("\n") == 1


def test_guess_stays_one_when_it_is_merged_unread(root: Path) -> None:
    source = SOURCE.replace('_("Show")', '_("Show it")')
    (root / "tracker" / "speech.py").write_text(source, encoding="utf-8")
    update(root)
    guessed = missing(root, "sv")
    assert b"fuzzy" in guessed
    merge(root, "sv", guessed)
    assert any("fuzzy" in fault for fault in faults(root))
