"""The words of the Settings page."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tracker.i18n import Language
from tracker.settings import COUNTDOWNS_S, LANGUAGE_CHOICES, THEME_CHOICES
from ui.settings_view import Choice, view_settings


@pytest.mark.parametrize("code", ["en", "sv"])
def test_every_value_can_be_chosen_and_every_text_is_there(code: str) -> None:
    view = view_settings(Language(code), Language("sv"), "1.0")
    for choices, values in (
        (view.languages, LANGUAGE_CHOICES),
        (view.themes, THEME_CHOICES),
        (view.countdowns, COUNTDOWNS_S),
    ):
        assert tuple(choice.value for choice in choices) == tuple(values)
        assert len({choice.text for choice in choices}) == len(choices)
    assert all(getattr(view, each.name) for each in fields(view))


def test_languages_are_named_in_themselves() -> None:
    for code in ("en", "sv"):
        view = view_settings(Language(code), Language("en"), "1.0")
        assert view.languages[1:] == (Choice("en", "English"), Choice("sv", "Svenska"))
        assert view.languages[0].text.endswith("English")
