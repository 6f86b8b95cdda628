"""What a person may set, in words. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import LANGUAGES, Language
from tracker.settings import COUNTDOWNS_S, SYSTEM, THEME_CHOICES

_OWN_NAMES = {"en": "English", "sv": "Svenska"}
"""A language is named in itself: who looks for it may read no other."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values, with what it is called."""

    value: str | int | None
    text: str


@dataclass(frozen=True, slots=True)
class SettingText:
    """What a setting is called, and what there is to know of it."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class SettingsView:
    """All texts of the page."""

    title: str
    look: str
    language: SettingText
    languages: tuple[Choice, ...]
    theme: SettingText
    themes: tuple[Choice, ...]
    limits: str
    earlier: SettingText
    earlier_none: str
    earlier_suffix: str
    countdown: SettingText
    countdowns: tuple[Choice, ...]
    start: str
    login: SettingText
    data: str
    folder: SettingText
    about: str
    version: str


def view_settings(language: Language, system: Language, version: str) -> SettingsView:
    """Return the page's texts.

    Args:
        language: The person's.
        system: The language that the system asks for.
        version: Of the program.
    """
    _ = language.gettext
    return SettingsView(
        title=_("Settings"),
        look=_("Language and look"),
        language=SettingText(_("Language")),
        languages=_languages(language, system),
        theme=SettingText(_("Colours")),
        themes=_themes(language),
        limits=_("When a limit comes near"),
        earlier=SettingText(
            _("A notice of your own"),
            _(
                "Comes so many minutes before the policy's first one. The policy's own come as"
                " they are."
            ),
        ),
        earlier_none=_("None"),
        earlier_suffix=_(" min earlier"),
        countdown=SettingText(
            _("Before a window is minimised"),
            _("Where the policy minimises windows. You can always answer, and nothing is lost."),
        ),
        countdowns=tuple(Choice(each, _countdown(each, language)) for each in COUNTDOWNS_S),
        start=_("Start"),
        login=SettingText(_("Start Kanaltid when I log in")),
        data=_("Your data"),
        folder=SettingText(
            _("Folder"), _("All that Kanaltid stores is here, readable by you alone.")
        ),
        about=_("About"),
        version=_("Kanaltid {version}. Free software under the MIT licence.").format(
            version=version
        ),
    )


def _languages(language: Language, system: Language) -> tuple[Choice, ...]:
    name = language.gettext("As the system: {language}")
    return (
        Choice(SYSTEM, name.format(language=_OWN_NAMES[system.code])),
        *(Choice(code, _OWN_NAMES[code]) for code in LANGUAGES),
    )


def _themes(language: Language) -> tuple[Choice, ...]:
    _ = language.gettext
    names = {SYSTEM: _("As the system"), "light": _("Light"), "dark": _("Dark")}
    return tuple(Choice(value, names[value]) for value in THEME_CHOICES)


def _countdown(seconds: int | None, language: Language) -> str:
    if seconds is None:
        return language.gettext("Never by itself")
    # Below two minutes in seconds, so that 60 reads as what it counts down.
    if seconds < 120:
        return language.gettext("{seconds} s").format(seconds=seconds)
    return language.duration(seconds * 1000)
