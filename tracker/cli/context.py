"""What every command works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.error_texts import one_line
from tracker.errors import OutsideError
from tracker.i18n import Language, language_for
from tracker.paths import Paths, paths_for
from tracker.settings import SettingsKeeper

if TYPE_CHECKING:
    from tracker.policy.catalogue import Catalogue
    from tracker.policy.types import Person
    from tracker.policy_keeper import PolicyKeeper
    from tracker.reports.archive import Archive
    from tracker.storage.base import Storage
    from tracker.summary.forms import PdfWriter


@dataclass
class Context:
    """The environment, and what is made from it when a command needs it."""

    environ: Mapping[str, str]
    policy_file: Path | None = None
    start_app: Any = field(default=None, repr=False)
    """Starts the tray app; the console script hands it in."""

    write_pdf: PdfWriter | None = field(default=None, repr=False)
    """Makes the PDF of a week's summary; handed in likewise, as it needs Qt."""

    @cached_property
    def paths(self) -> Paths:
        """Where everything lies."""
        return paths_for(self.environ)

    @cached_property
    def settings(self) -> SettingsKeeper:
        """The person's settings."""
        return SettingsKeeper(self.paths.settings)

    @cached_property
    def language(self) -> Language:
        """What the person reads: the language that they set, else the system's."""
        return language_for(self.environ, self.settings.settings.wished_language)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The channels that are known: the person's own catalogue, or the shipped one."""
        from tracker.policy_wiring import find_catalogue

        return find_catalogue(self.paths)

    @cached_property
    def keeper(self) -> PolicyKeeper:
        """The policy in force: the last one without errors, where the file has some.

        One that was named with ``--policy`` is meant, and no other takes its place.
        """
        from tracker.policy_wiring import make_keeper

        def make(last_good: str | None = None) -> PolicyKeeper:
            named = self.policy_file
            return make_keeper(named, self.environ, self.paths, self.catalogue, last_good)

        try:
            return make()
        except OutsideError as error:
            kept = self._last_good() if self.policy_file is None else None
            if kept is None:
                raise
            click.echo(one_line(error, self.language), err=True)
            return make(kept)

    def _last_good(self) -> str | None:
        from tracker.clock import LedgerClock, SystemTime
        from tracker.policy_wiring import last_good

        storage = self.storage()
        try:
            return last_good(storage, LedgerClock(SystemTime()).now())
        finally:
            storage.close()

    @cached_property
    def person(self) -> Person:
        """Who asks."""
        from tracker.policy.person import current_person

        return current_person()

    def ask(self, do: str, **values: Any) -> Any:
        """Ask the running app; raises NOT_RUNNING where there is none."""
        from tracker.control import ask

        return ask(self.paths.control_socket, {"do": do, **values})

    def storage(self) -> Storage:
        """Return the store to read from; an empty one where there is none yet."""
        from tracker.storage.memory import MemoryStorage

        if not self.paths.database.exists():
            return MemoryStorage()
        from tracker.storage.sql import open_readonly

        return open_readonly(self.paths.database)

    def archive(self, storage: Storage) -> Archive:
        """Return the reports of what is stored."""
        from tracker.policy_wiring import parse_with
        from tracker.reports.archive import Archive

        policy = self.keeper.policy
        return Archive(storage, self.person, policy, parse_with(self.catalogue))
