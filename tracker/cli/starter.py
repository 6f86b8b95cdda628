"""Asks what ``policy init`` needs to know, where no option tells it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

import click

from tracker.error_texts import one_line
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.policy import starter
from tracker.policy.catalogue import Catalogue

Answer = TypeVar("Answer")
DEFAULT_ZONE = "Europe/Stockholm"
_ZONES = "zoneinfo/"


class Interview:
    """Takes each answer from its option, else from the person, else from its default.

    Args:
        given: Options by the names of :class:`tracker.policy.starter.Answers`; None is asked.
        asks: Whether the person is asked; else the default is the answer.
        language: In which they are asked.
        catalogue: The channels that may be named.
        zone: What is proposed as the zone.
    """

    def __init__(
        self,
        given: Mapping[str, str | None],
        language: Language,
        catalogue: Catalogue,
        *,
        asks: bool,
        zone: str,
    ) -> None:
        self._given = given
        self._language = language
        self._catalogue = catalogue
        self._asks = asks
        self._zone = zone

    def answers(self) -> starter.Answers:
        """Return all answers.

        Raises:
            OutsideError: ``BAD_ANSWER`` where an option's value can't be used.
            click.Abort: The person gave up.
        """
        _, take = self._language.gettext, self._take
        own = self._language.code
        languages = ", ".join(sorted(starter.LANGUAGES, key=lambda code: code != own))
        company = take(
            "company", _("What is the company called?"), _("Our company"), starter.read_company
        )
        contact = take(
            "contact", _("Whom may people ask, as a role? Empty: nobody"), "", starter.read_contact
        )
        return starter.Answers(
            company=company,
            contact=contact,
            email=take(
                "email", _("What is their e-mail address? Empty: none"), "", starter.read_email,
                asks=bool(contact),
            ),
            id=take(
                "id", _("A short name for the policy"), starter.id_of(company), starter.read_id
            ),
            languages=take(
                "languages", _("Languages, the first one first"), languages, starter.read_languages
            ),
            timezone=take("timezone", _("Time zone"), self._zone, starter.read_timezone),
            channels=take(
                "channels", _("Channels"), ", ".join(starter.CHANNELS),
                lambda text: starter.read_channels(text, self._catalogue),
            ),
            private_minutes=take(
                "private_minutes", _("Minutes a day for private use"), "30", starter.read_minutes
            ),
            work_minutes=take(
                "work_minutes", _("Minutes a day for work"), "60", starter.read_minutes
            ),
            hours=take(
                "hours",
                _("Working hours, such as mon-fri 08:00-17:00. Empty: all time is measured"),
                "", starter.read_hours,
            ),
        )  # fmt: skip

    def _take(
        self,
        name: str,
        question: str,
        default: str,
        read: Callable[[str], Answer],
        *,
        asks: bool = True,
    ) -> Answer:
        given = self._given.get(name)
        if given is not None:
            return read(given)
        if not (asks and self._asks):
            return read(default)
        while True:
            text = click.prompt(question, default=default, show_default=bool(default), type=str)
            try:
                return read(text)
            except OutsideError as error:
                click.echo(one_line(error, self._language), err=True)


def local_zone(environ: Mapping[str, str]) -> str:
    """Return the name of this machine's zone, where it says it; else Stockholm's."""
    place = os.path.realpath("/etc/localtime")
    for name in (environ.get("TZ", "").removeprefix(":"), place.partition(_ZONES)[2]):
        try:
            if name:
                return starter.read_timezone(name)
        except OutsideError:
            continue
    return DEFAULT_ZONE


def present_date() -> date:
    """Return today's date, by which a policy is judged."""
    from tracker.clock import LedgerClock, SystemTime

    return LedgerClock(SystemTime()).now().date()
