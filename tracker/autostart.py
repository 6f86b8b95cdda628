"""Start at login, by the Desktop Application Autostart Specification: the file is the setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tracker.desktop_entry import (
    ENTRY,
    base_folder,
    entry_text,
    entry_values,
    has_entries,
    own_command,
    read,
    remove,
    write_if_other,
)

_GNOME = "X-GNOME-Autostart-enabled"


class StartAtLogin:
    """Whether the desktop starts Kanaltid when the person logs in.

    An administrator may have it started for everybody; the person's own file then says
    otherwise.

    Args:
        environ: The environment.
        command: What is started.
    """

    def __init__(self, environ: Mapping[str, str], command: Sequence[str] | None = None) -> None:
        self._environ = environ
        self._command = command
        self._config = base_folder(environ, "XDG_CONFIG_HOME", ".config")
        self.path = self._config / "autostart" / ENTRY

    @property
    def available(self) -> bool:
        """Whether this system has such files."""
        return has_entries()

    @property
    def on(self) -> bool:
        """Whether Kanaltid is started at login."""
        found = read(self.path)
        if found is None:
            return self._for_everybody()
        return _starts(found)

    def set(self, on: bool) -> None:
        """Start at login from now on, or no longer.

        Raises:
            OutsideError: ``FILE_NOT_WRITTEN``.
        """
        if on:
            text = entry_text(self._command or own_command(), self._environ, ((_GNOME, "true"),))
            write_if_other(self.path, text.encode())
        elif self._for_everybody():
            # A file that says nothing but this hides the administrator's.
            hidden = "[Desktop Entry]\nType=Application\nName=Kanaltid\nHidden=true\n"
            write_if_other(self.path, hidden.encode())
        else:
            self.remove()

    def remove(self) -> None:
        """Leave nothing of the person's own; raises FILE_NOT_WRITTEN."""
        remove(self.path, self._config)

    def _for_everybody(self) -> bool:
        for folder in self._system_folders():
            found = read(folder / "autostart" / ENTRY)
            if found is not None:
                return _starts(found)
        return False

    def _system_folders(self) -> Iterator[Path]:
        for folder in (self._environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":"):
            if Path(folder).is_absolute():
                yield Path(folder)


def _starts(data: bytes) -> bool:
    values = entry_values(data.decode("utf-8", "replace"))
    return (
        values.get("Hidden", "false") != "true"
        and values.get(_GNOME, "true") != "false"
        and bool(values.get("Exec"))
    )
