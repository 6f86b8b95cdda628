"""What ``doctor`` says, in words: senses, reasons and remedies."""

from __future__ import annotations

from tracker.error_texts import describe_code
from tracker.errors import ErrorCode
from tracker.i18n import Language, mark

_SENSES = {
    "focus": mark("Which window is in front"),
    "title": mark("The window's title, in browsers"),
    "pid": mark("The window's process"),
    "idle": mark("Whether anybody is at the keyboard"),
    "lock": mark("Whether the screen is locked"),
    "sleep": mark("Whether the computer sleeps"),
    "sound": mark("Whether the page in front is heard"),
}
_REASONS = {
    "wayland": mark("In a Wayland session, X11 shows only some of the windows."),
    "no_display": mark("There is no graphical session here."),
    "other_system": mark("This works on another operating system."),
}
_REMEDIES = {
    "x11_session": mark("Choose a session “on Xorg” when you log in. Wayland comes later."),
    "start_in_session": mark("Start Kanaltid from within your graphical session."),
    "none": mark("Nothing helps yet."),
}


def sense_text(sense: str, language: Language) -> str:
    """Return what a sense tells."""
    return language.gettext(_SENSES[sense])


def reason_text(reason: str, language: Language) -> str:
    """Return why a backend does not serve: a reason of the selection, or an error code."""
    if reason in _REASONS:
        return language.gettext(_REASONS[reason])
    return describe_code(reason, {}, language).text if _is_code(reason) else reason


def remedy_text(remedy: str, language: Language) -> str:
    """Return what helps."""
    return language.gettext(_REMEDIES[remedy]) if remedy in _REMEDIES else remedy


def _is_code(text: str) -> bool:
    return text in ErrorCode.__members__.values()
