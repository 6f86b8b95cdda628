"""Kanaltid among the desktop's programs: an entry with an icon, that comes and goes whole.

By the Desktop Entry, Icon Theme and Base Directory specifications of freedesktop.org.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, mark
from tracker.paths import HOME_VARIABLE

ENTRY = "kanaltid.desktop"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
_ICONS = Path("icons", "hicolor")

_RESERVED = frozenset(" \t\n\r\"'\\><~|&;$*?#()`")
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"))
_TEXTS = {
    "GenericName": mark("Social media time"),
    "Comment": mark("See your social media time against your company's policy"),
    "Keywords": mark("time;policy;social media;"),
}


def has_entries() -> bool:
    """Return whether this system's desktops go by desktop entries."""
    return sys.platform not in {"win32", "darwin"}


def base_folder(environ: Mapping[str, str], variable: str, default: str) -> Path:
    """Return one of the base directories; relative ones are ignored, as is specified."""
    home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    folder = Path(environ.get(variable, ""))
    return folder if folder.is_absolute() else home / default


def own_command() -> tuple[str, ...]:
    """Return the command that starts the program that runs now, wherever it is installed."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    called = Path(sys.argv[0]).absolute()
    for script in (called, Path(sys.executable).with_name("kanaltid")):
        if script.name == "kanaltid" and os.access(script, os.X_OK) and script.is_file():
            return (str(script),)
    return (sys.executable, "-m", "ui")


def entry_text(
    command: Sequence[str], environ: Mapping[str, str], more: Iterable[tuple[str, str]] = ()
) -> str:
    """Return a desktop entry that starts Kanaltid.

    Args:
        command: What starts it.
        environ: ``KANALTID_HOME`` is carried on: no desktop passes it.
        more: Further keys with their values.
    """
    home = environ.get(HOME_VARIABLE)
    carried = ("env", f"{HOME_VARIABLE}={Path(home).absolute()}") if home else ()
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Kanaltid",
        *_localised(),
        f"Exec={_escaped(exec_line((*carried, *command)))}",
        f"TryExec={_escaped(command[0])}",
        "Icon=kanaltid",
        "Categories=Office;",
        "Terminal=false",
        "StartupNotify=false",
        "StartupWMClass=kanaltid",
        *(f"{key}={_escaped(value)}" for key, value in more),
    ]
    return "\n".join(lines) + "\n"


def exec_line(arguments: Iterable[str]) -> str:
    """Return arguments as an ``Exec`` key quotes them, before a string's own escapes."""
    return " ".join(_quoted(argument.replace("%", "%%")) for argument in arguments)


def _quoted(argument: str) -> str:
    if argument and not _RESERVED & {*argument}:
        return argument
    for mark_ in ("\\", '"', "`", "$"):
        argument = argument.replace(mark_, "\\" + mark_)
    return f'"{argument}"'


def _escaped(value: str) -> str:
    for plain, escape in _ESCAPES:
        value = value.replace(plain, escape)
    return value


def _localised() -> Iterator[str]:
    for key, text in _TEXTS.items():
        for code in (DEFAULT_LANGUAGE, *(each for each in LANGUAGES if each != DEFAULT_LANGUAGE)):
            name = key if code == DEFAULT_LANGUAGE else f"{key}[{code}]"
            yield f"{name}={_escaped(Language(code).gettext(text))}"


def entry_values(text: str) -> dict[str, str]:
    """Return the keys of an entry's main group, as they stand there."""
    values: dict[str, str] = {}
    group = ""
    for line in text.splitlines():
        if line.startswith("["):
            group = line.strip()
        elif group == "[Desktop Entry]" and "=" in line and not line.startswith("#"):
            key, _equals, value = line.partition("=")
            values.setdefault(key.strip(), value.strip())
    return values


@dataclass(frozen=True, slots=True)
class EntryStatus:
    """What is installed: the entry, whether it starts this very program, and its icons."""

    entry: bool
    current: bool
    icons: bool


class DesktopEntry:
    """The entry and its icons in the person's own folders.

    Args:
        environ: The environment.
        command: What the entry starts.

    Its methods raise OutsideError, ``FILE_NOT_WRITTEN``, where a file can't be changed.
    """

    def __init__(self, environ: Mapping[str, str], command: Sequence[str] | None = None) -> None:
        self._data = base_folder(environ, "XDG_DATA_HOME", ".local/share")
        self._text = entry_text(command or own_command(), environ)
        self.path = self._data / "applications" / ENTRY

    @property
    def icons(self) -> tuple[Path, ...]:
        """The icon's files, wherever there are any."""
        return tuple(self._data / path for path in _icon_sources())

    def install(self) -> None:
        """Put entry and icons in their places; what is there and right is left as it is."""
        write_if_other(self.path, self._text.encode())
        for path, source in _icon_sources().items():
            write_if_other(self._data / path, _resource(source))
        # Desktops with a cache of icons look whether the theme's folder is younger.
        with contextlib.suppress(OSError):
            os.utime(self._data / _ICONS)

    def uninstall(self) -> None:
        """Remove entry and icons, and the folders that are empty without them."""
        for path in (self.path, *self.icons):
            remove(path, self._data)

    def status(self) -> EntryStatus:
        """Return what is installed."""
        found = read(self.path)
        return EntryStatus(
            entry=found is not None,
            current=found is not None and _exec_of(found) == _exec_of(self._text.encode()),
            icons=all(path.is_file() for path in self.icons),
        )


def _exec_of(data: bytes) -> str | None:
    return entry_values(data.decode("utf-8", "replace")).get("Exec")


def read(path: Path) -> bytes | None:
    """Return what a file holds; None where it can't be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def write_if_other(path: Path, data: bytes) -> None:
    """Write a file in one step, where it holds anything else; raises FILE_NOT_WRITTEN."""
    if read(path) == data:
        return
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink()
        raise OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=str(path)) from error


def remove(path: Path, upto: Path) -> None:
    """Remove a file, and the folders below ``upto`` that it leaves empty."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=str(path)) from error
    for folder in path.parents:
        if folder == upto or upto not in folder.parents:
            return
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return


def _icon_sources() -> dict[Path, str]:
    """Return where each icon goes, with the resource that it is."""
    sources = {
        _ICONS / f"{size}x{size}" / "apps" / "kanaltid.png": f"kanaltid-{size}.png"
        for size in ICON_SIZES
    }
    return sources | {_ICONS / "scalable" / "apps" / "kanaltid.svg": "kanaltid.svg"}


def _resource(name: str) -> bytes:
    # Not where the app starts: it asks only whether it is started at login.
    from importlib.resources import files

    return (files("resources") / "icons" / name).read_bytes()
