"""Each week's summary by itself, in words. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.error_texts import describe
from tracker.i18n import Language
from tracker.weekly_export import Written
from ui.export_view import form_views
from ui.settings_view import Choice, SettingText

_A_MONDAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class WeeklyView:
    """The texts of the settings' section."""

    heading: str
    on: SettingText
    folder: SettingText
    choose: str
    form: SettingText
    forms: tuple[Choice, ...]
    day: SettingText
    days: tuple[Choice, ...]
    time: SettingText


def view_weekly(language: Language) -> WeeklyView:
    """Return the texts."""
    _ = language.gettext
    days = (_A_MONDAY + timedelta(days=number) for number in range(7))
    return WeeklyView(
        heading=_("Weekly summary"),
        on=SettingText(
            _("Save each week by itself"),
            _(
                "The week before goes to a folder of yours, without notes and results. It is sent "
                "to nobody, and no policy can turn this on. If the computer was off, it is saved "
                "later."
            ),
        ),
        folder=SettingText(_("Folder for the summaries")),
        choose=_("Choose folder …"),
        form=SettingText(_("Form of the file")),
        forms=tuple(Choice(view.form.value, view.name) for view in form_views(language)),
        day=SettingText(_("Weekday")),
        days=tuple(Choice(day.weekday(), language.weekday(day).capitalize()) for day in days),
        time=SettingText(_("Time of day")),
    )


def weekly_words(written: Written, language: Language) -> tuple[str, str]:
    """Return the title and text of a notice about a week that was saved, or was not."""
    _ = language.gettext
    if written.error is None:
        return _("The week's summary is saved"), str(written.file)
    text = describe(written.error, language)
    return _("The week's summary could not be saved"), f"{text.text} {text.remedy}"
