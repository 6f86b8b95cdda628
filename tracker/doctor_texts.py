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
_QUIET = {
    "presenting": mark("Whether another screen shows something in full screen"),
    "inhibited": mark("Whether a program keeps the screen on, as for a presentation"),
    "call": mark("Whether a call has the microphone open"),
    "sharing": mark("Whether the screen is shared without a microphone"),
}
_REASONS = {
    "wayland": mark("In a Wayland session, X11 shows only some of the windows."),
    "no_display": mark("There is no graphical session here."),
    "other_system": mark("This works on another operating system."),
    "no_session_manager": mark("Nobody here says which programs keep the screen on."),
    "no_pactl": mark("The program pactl is missing, or it is too old."),
    "no_sound_server": mark("No sound server answers."),
    "no_answer": mark("There was no answer within a second."),
    "never_told": mark("No desktop says this of other programs."),
}
_REMEDIES = {
    "x11_session": mark("Choose a session “on Xorg” when you log in. Wayland comes later."),
    "start_in_session": mark("Start Kanaltid from within your graphical session."),
    "none": mark("Nothing helps yet."),
}
_OBSTACLE_REMEDIES = {
    "wayland": _REMEDIES["x11_session"],
    "no_display": _REMEDIES["start_in_session"],
    "no_session_manager": _REMEDIES["start_in_session"],
    "no_pactl": mark("Install the package pulseaudio-utils, version 16 or later."),
    "no_sound_server": mark("Start PulseAudio, or PipeWire with pipewire-pulse."),
    "no_answer": mark("Ask again later."),
    "never_told": mark("Pause Kanaltid while you share the screen."),
}


def quiet_text(what: str, language: Language) -> str:
    """Return what tells that a person is presenting or in a call."""
    return language.gettext(_QUIET[what])


def obstacle_remedy(obstacle: str, language: Language) -> str:
    """Return what helps where presentations or calls can't be told."""
    if obstacle in _OBSTACLE_REMEDIES:
        return language.gettext(_OBSTACLE_REMEDIES[obstacle])
    return describe_code(obstacle, {}, language).remedy if _is_code(obstacle) else ""


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
