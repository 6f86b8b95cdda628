"""Searching a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.reading import Block, Line, Reading, Section, find, in_more, places

TEXT = Reading(
    "Policy",
    (Line("Version 1"),),
    (
        Section("one", "Channels", (Block("LinkedIn", more=(Line("linkedin.com"),)), Block("X"))),
        Section("two", "Guidelines", (Block("Be kind", (Line("In every channel"),)),)),
    ),
)


def shown(wanted: str) -> dict[str, list[str]]:
    found = find(TEXT, wanted).reading
    return {each.id: [block.title for block in each.blocks] for each in found.sections}


def test_everything_is_shown_when_nothing_is_searched_for() -> None:
    assert find(TEXT, "  ").reading == TEXT
    assert find(TEXT, "  ").count == 0


def test_only_what_holds_it_is_shown_when_a_word_is_searched_for() -> None:
    assert shown("LINKED") == {"one": ["LinkedIn"]}
    assert find(TEXT, "LINKED").count == 2


def test_section_stays_whole_when_its_heading_holds_the_word() -> None:
    assert shown("channel") == {"one": ["LinkedIn", "X"], "two": ["Be kind"]}
    assert find(TEXT, "channel").count == 2


def test_nothing_is_shown_when_it_is_nowhere() -> None:
    assert shown("zebra") == {}


def test_spaces_do_not_matter_when_there_are_too_many() -> None:
    assert shown(" be   kind ") == {"two": ["Be kind"]}


def test_hidden_lines_are_found_when_they_hold_the_word() -> None:
    assert in_more(TEXT.sections[0].blocks[0], ".com")
    assert not in_more(TEXT.sections[0].blocks[0], "zebra")


def test_word_is_found_when_its_letters_fold_to_more() -> None:
    assert places("Straße", "strasse") == [(0, 6)]
    assert places("Straße", "weg") == []


@given(st.text(), st.text())
def test_places_hold_what_was_wanted_when_text_is_any(text: str, wanted: str) -> None:
    folded = " ".join(wanted.split()).casefold()
    for start, end in places(text, wanted):
        assert folded in text[start:end].casefold()
        assert 0 <= start < end <= len(text)
