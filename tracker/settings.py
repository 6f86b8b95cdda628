"""The person's settings: a small JSON file that is read with care and never silently lost."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import LANGUAGES
from tracker.loop import Handle
from tracker.paths import ensure, private_opener

SYSTEM = "system"
LANGUAGE_CHOICES = (SYSTEM, *LANGUAGES)
THEME_CHOICES = (SYSTEM, "light", "dark")
MOST_EARLIER_MIN = 30
COUNTDOWNS_S = (20, 60, 120, None)
FORM_CHOICES = ("pdf", "html", "xlsx", "csv", "json")

_BROKEN = ".broken"
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set. A start at login is no setting: the desktop's own file tells it.

    Attributes:
        language: ``system``, or a language's code.
        theme: ``system``, ``light`` or ``dark``.
        notices_earlier_min: How many minutes before a limit's first step a notice of the
            person's own comes; 0: none does. It never stands in for the policy's.
        countdown_s: Seconds until a window is minimised; None: never by itself.
        weekly_folder: Where each week's summary is written by itself; None: it is not.
        weekly_form: As what, one of ``FORM_CHOICES``.
        weekly_day: On which weekday the week before is written, Monday as 0.
        weekly_minute: At how many minutes after midnight.
    """

    language: str = SYSTEM
    theme: str = SYSTEM
    notices_earlier_min: int = 0
    countdown_s: int | None = 20
    weekly_folder: str | None = None
    weekly_form: str = "pdf"
    weekly_day: int = 0
    weekly_minute: int = 8 * 60

    @property
    def wished_language(self) -> str | None:
        """The code of the language that was chosen; None: the system's."""
        return None if self.language == SYSTEM else self.language

    @property
    def wished_theme(self) -> str | None:
        """``light`` or ``dark`` where that was chosen; None: the system's."""
        return None if self.theme == SYSTEM else self.theme


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "language": lambda value: value in LANGUAGE_CHOICES,
    "theme": lambda value: value in THEME_CHOICES,
    "notices_earlier_min": lambda value: _is_whole(value) and 0 <= value <= MOST_EARLIER_MIN,
    "countdown_s": lambda value: value is None or (_is_whole(value) and value in COUNTDOWNS_S),
    "weekly_folder": lambda value: value is None or _is_folder(value),
    "weekly_form": lambda value: value in FORM_CHOICES,
    "weekly_day": lambda value: _is_whole(value) and 0 <= value <= 6,
    "weekly_minute": lambda value: _is_whole(value) and 0 <= value < 24 * 60,
}
"""Says of each key's value whether it may be one; JSON's ``true`` is no 1 here."""


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_folder(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value and Path(value).is_absolute()


def stored_settings(path: Path) -> Mapping[str, Any] | None:
    """Return all that the file says; None where there is none that can be understood."""
    try:
        return _read(path) or None
    except (OSError, ValueError):
        return None


class SettingsKeeper:
    """The settings in force, and the way to change them.

    What the file says beside them is kept. A file that can't be understood stays where it
    is as long as nothing is changed, and is set aside under another name then.

    Args:
        path: The file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._listeners: list[Callable[[Settings], None]] = []
        self.settings, self.troubles = self._load()

    def change(self, **changes: Any) -> None:
        """Put settings into force and store them, then tell who listens.

        Raises:
            OutsideError: ``FILE_NOT_WRITTEN`` or ``FOLDER_REFUSED``; then nothing is changed.
        """
        wanted = replace(self.settings, **changes)
        for key, value in changes.items():
            assert _FITS[key](value), f"no value for {key}: {value!r}"
        try:
            values = _read(self.path)
        except OSError as error:
            raise self._not_written() from error
        except ValueError:
            values = {}
            self._set_aside()
        ensure(self.path.parent)
        try:
            _write(self.path, values | changes)
        except OSError as error:
            raise self._not_written() from error
        _settings, self.troubles = self._load()
        # What the file says of the others by now takes force at the next start.
        self.settings = wanted
        for listener in list(self._listeners):
            listener(wanted)

    def listen(self, changed: Callable[[Settings], None]) -> Handle:
        """Call ``changed`` with the settings after each change, until cancelled."""
        self._listeners.append(changed)
        return _Listening(self._listeners, changed)

    def _load(self) -> tuple[Settings, tuple[OutsideError, ...]]:
        try:
            values = _read(self.path)
        except (OSError, ValueError):
            broken = OutsideError(ErrorCode.SETTINGS_BROKEN, file=str(self.path))
            return Settings(), (broken,)
        names = [each.name for each in fields(Settings) if each.name in values]
        fitting = {name: values[name] for name in names if _FITS[name](values[name])}
        troubles = tuple(
            OutsideError(ErrorCode.SETTING_INVALID, file=str(self.path), key=name)
            for name in names
            if name not in fitting
        )
        return Settings(**fitting), troubles

    def _set_aside(self) -> None:
        """Give a file that can't be understood a name that no other file has."""
        number = 0
        while True:
            aside = self.path.with_name(self.path.name + _BROKEN + (f"-{number}" if number else ""))
            try:
                # A link never takes the place of another file, as a new name would.
                os.link(self.path, aside, follow_symlinks=False)
            except FileExistsError:
                number += 1
            except OSError as error:
                raise self._not_written() from error
            else:
                self.path.unlink()
                return

    def _not_written(self) -> OutsideError:
        return OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=str(self.path))


class _Listening:
    def __init__(
        self,
        listeners: list[Callable[[Settings], None]],
        changed: Callable[[Settings], None],
    ) -> None:
        self._listeners = listeners
        self._changed = changed

    def cancel(self) -> None:
        if self._changed in self._listeners:
            self._listeners.remove(self._changed)


def _read(path: Path) -> dict[str, Any]:
    """Return what the file holds; nothing where there is none.

    Raises:
        OSError: It can't be read.
        ValueError: It holds something else than settings.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return {}
    try:
        values = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if len(data) > _MOST_BYTES or not isinstance(values, dict):
        raise ValueError("no settings")
    return values


def _write(path: Path, values: Mapping[str, Any]) -> None:
    """Write the file in one step, so that it is whole whatever happens; raises OSError."""
    # Whoever keeps settings elsewhere has a link here, which is to stay one.
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(target))
    half = target.with_name(f".{target.name}.{os.getpid()}")
    text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    try:
        with open(half, "w", encoding="utf-8", opener=private_opener) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink()
        raise
