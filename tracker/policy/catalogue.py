"""The catalogue: the channels that Kanaltid knows, with hosts, apps and title forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources

import re2

from tracker.errors import ErrorCode, OutsideError
from tracker.policy import forms
from tracker.policy.catalogue_table import TypedTable, WrongValueError
from tracker.policy.document import parse
from tracker.policy.problems import KeyPath, Problem, ProblemCode
from tracker.policy.types import ChannelKind, Match, Text

SHIPPED = "catalogue.toml"


@dataclass(frozen=True, slots=True)
class CatalogueChannel:
    """A channel that a policy may name by its id alone."""

    id: str
    name: Text
    kind: ChannelKind
    match: tuple[Match, ...]
    exclude: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser: the windows it opens, and what it writes around a page's title."""

    id: str
    apps: tuple[str, ...]
    """X11 classes, app ids, executables and bundles, whole."""

    names: tuple[str, ...] = ()
    """What follows the page's title after a dash, such as ``Mozilla Firefox``."""

    private: tuple[str, ...] = ()
    """The words that mark a private window, in several languages."""

    private_alone: bool = False
    """Whether such a word also stands alone after the dash, without the browser's name."""

    profiles: tuple[str, ...] = ()
    """Profiles between title and name, after a dash too; a number may follow them."""

    notes: tuple[str, ...] = ()
    """What it adds to the page's title, with ``#`` for a number: `` and # more pages``."""


@dataclass(frozen=True, slots=True)
class Browsers:
    """What is known of browsers, so that titles are believed only where they are pages'."""

    known: tuple[Browser, ...] = ()
    web_apps: tuple[str, ...] = ()
    """RE2 patterns for whole app names of web-app windows, such as ``crx_[a-p]{32}``."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All known channels by id, and the plural ids that stand for a whole kind."""

    version: str
    channels: Mapping[str, CatalogueChannel]
    groups: Mapping[str, ChannelKind]
    browsers: Browsers = Browsers()
    group_names: Mapping[str, Text] = field(default_factory=dict)

    def members(self, group: str) -> tuple[CatalogueChannel, ...]:
        """Return the channels that a group's id stands for, in the catalogue's order."""
        kind = self.groups[group]
        return tuple(channel for channel in self.channels.values() if channel.kind is kind)


def shipped_catalogue() -> Catalogue:
    """Return the catalogue that ships with Kanaltid."""
    return load_catalogue(resources.files("resources").joinpath(SHIPPED).read_bytes(), SHIPPED)


def load_catalogue(data: bytes, source: str) -> Catalogue:
    """Read a catalogue from the bytes of its file.

    Args:
        data: the file as it is on disk.
        source: what to call the file in an error.

    Raises:
        OutsideError: CATALOGUE_INVALID with ``file``, ``line``, ``key`` (as in
            ``channel[2].hosts``) and ``reason``, a ``ProblemCode``.
    """
    document = parse(data)
    if isinstance(document, Problem):
        raise _refusal(source, document)
    try:
        return _catalogue(TypedTable(document.data))
    except WrongValueError as wrong:
        raise _refusal(source, document.problem(wrong.path, wrong.reason)) from None


def _refusal(source: str, problem: Problem) -> OutsideError:
    return OutsideError(
        ErrorCode.CATALOGUE_INVALID,
        file=source,
        line=problem.line,
        key=problem.key,
        reason=problem.code,
    )


def _catalogue(file: TypedTable) -> Catalogue:
    file.allow("schema", "version", "group", "channel", "web_apps", "browser")
    file.need("schema", 1)
    tables = file.table("group")
    groups = {group: tables.table(group) for group in tables}
    for group in groups.values():
        group.allow("kind", "name")
    channels: dict[str, CatalogueChannel] = {}
    for table in file.tables("channel"):
        channel = _channel(table)
        if channel.id in channels or channel.id in groups:
            raise WrongValueError(table.at("id"), ProblemCode.DUPLICATE_ID)
        channels[channel.id] = channel
    return Catalogue(
        version=file.text("version"),
        channels=channels,
        groups={group: _kind(table) for group, table in groups.items()},
        browsers=_browsers(file),
        group_names={group: table.words("name") for group, table in groups.items()},
    )


def _kind(table: TypedTable) -> ChannelKind:
    return ChannelKind(table.text("kind", among=set(ChannelKind)))


def _channel(table: TypedTable) -> CatalogueChannel:
    table.allow("id", "name", "kind", "hosts", "apps", "titles", "exclude")
    exclude = table.table("exclude")
    exclude.allow("hosts", "apps", "titles")
    channel = CatalogueChannel(
        id=table.text("id"),
        name=table.words("name"),
        kind=_kind(table),
        match=tuple(_matches(table)),
        exclude=tuple(_matches(exclude)),
    )
    if not channel.match:
        raise WrongValueError(table.at("hosts"), ProblemCode.MISSING_KEY)
    return channel


def _matches(table: TypedTable) -> Iterator[Match]:
    for place, written in enumerate(table.texts("hosts")):
        host, slash, path = written.partition("/")
        if re.fullmatch(forms.HOST, host) is None:
            raise WrongValueError((*table.at("hosts"), place), ProblemCode.BAD_HOST)
        if re.fullmatch(forms.PATH, f"/{path}") is None:
            raise WrongValueError((*table.at("hosts"), place), ProblemCode.BAD_PATH)
        yield Match(host=host, path=slash + path if path else None)
    for app in table.texts("apps"):
        yield Match(app=app)
    for place, title in enumerate(table.texts("titles")):
        _check_pattern(title, (*table.at("titles"), place))
        yield Match(title=title)


def _browsers(file: TypedTable) -> Browsers:
    web_apps = file.table("web_apps")
    web_apps.allow("patterns")
    for place, pattern in enumerate(web_apps.texts("patterns")):
        _check_pattern(pattern, (*web_apps.at("patterns"), place))
    return Browsers(tuple(map(_browser, file.tables("browser"))), web_apps.texts("patterns"))


def _browser(table: TypedTable) -> Browser:
    table.allow("id", "apps", "names", "private", "private_alone", "profiles", "notes")
    return Browser(
        id=table.text("id"),
        apps=table.texts("apps"),
        names=table.texts("names"),
        private=table.texts("private"),
        private_alone=table.flag("private_alone"),
        profiles=table.texts("profiles"),
        notes=table.texts("notes"),
    )


def _check_pattern(pattern: str, path: KeyPath) -> None:
    options = re2.Options()
    options.log_errors = False
    try:
        matches_nothing = re2.compile(pattern, options).search("") is not None
    except re2.error:
        raise WrongValueError(path, ProblemCode.BAD_TITLE) from None
    if matches_nothing:
        raise WrongValueError(path, ProblemCode.TITLE_MATCHES_ALL)
