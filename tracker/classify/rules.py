"""A policy's channels as look-up tables: for each host, app and title the rules it meets."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.classify.hosts import Address, normalise_host, normalise_path
from tracker.classify.titles import PatternSet
from tracker.policy.types import Channel, Match

Via = Literal["host", "app", "title"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One line of a channel's ``match`` or ``exclude``."""

    channel: str
    via: Via
    excludes: bool
    text: str
    """The rule in readable form, such as ``host x.com/harrow excluded``."""

    rank: tuple[int, bool, int]
    """Lower comes first: the longer path, then a channel named by itself, then the order."""

    path: str = ""


Rules = tuple[Rule, ...]


class HostRules:
    """The rules with hosts, found for an address on label and segment boundaries."""

    def __init__(self, rules: Mapping[str, Rules]) -> None:
        self._by_host = rules
        self._with_path = frozenset(
            host for host, its_rules in rules.items() if any(rule.path for rule in its_rules)
        )

    def meeting(self, address: Address) -> list[Rule]:
        """Return the rules that an address meets: longest host first, then by rank."""
        met: list[Rule] = []
        host = address.host
        while host:
            rules = self._by_host.get(host)
            if rules is not None:
                if host in self._with_path:
                    path = address.path()
                    met += [rule for rule in rules if path.startswith(rule.path)]
                else:
                    met += rules
            host = host.partition(".")[2]
        return met


class TitleRules:
    """The rules with titles, searched all at once."""

    def __init__(self, rules: Sequence[tuple[str, Rule]]) -> None:
        by_rank = sorted(rules, key=lambda pair: pair[1].rank)
        self._rules = [rule for _, rule in by_rank]
        self._patterns = PatternSet([pattern for pattern, _ in by_rank])

    def meeting(self, title: str) -> list[Rule]:
        """Return the rules whose pattern is found in ``title``, by rank."""
        return [self._rules[at] for at in self._patterns.matching(title)]


class RuleBook:
    """All rules of a policy's channels, sorted by what they look at."""

    def __init__(self, channels: Sequence[Channel]) -> None:
        by_host: dict[str, list[Rule]] = {}
        by_app: dict[str, list[Rule]] = {}
        by_title: list[tuple[str, Rule]] = []
        for match, rule in _rules_of(channels):
            if match.host is not None:
                host = normalise_host(match.host)
                if host is not None:
                    by_host.setdefault(host, []).append(rule)
            elif match.app is not None:
                by_app.setdefault(match.app.casefold(), []).append(rule)
            elif match.title is not None:
                by_title.append((match.title, rule))
        self.hosts = HostRules({host: _ranked(rules) for host, rules in by_host.items()})
        self.titles = TitleRules(by_title)
        self._by_app = {app: _ranked(rules) for app, rules in by_app.items()}

    def of_app(self, app: str) -> Rules:
        """Return the rules of an application, case folded, by rank."""
        return self._by_app.get(app, ())


def _rules_of(channels: Sequence[Channel]) -> Iterator[tuple[Match, Rule]]:
    for order, channel in enumerate(channels):
        for match in channel.match:
            yield match, _rule(channel, order, match, excludes=False)
        for match in channel.exclude:
            yield match, _rule(channel, order, match, excludes=True)


def _rule(channel: Channel, order: int, match: Match, *, excludes: bool) -> Rule:
    path = ""
    via: Via
    if match.host is not None:
        path = normalise_path(match.path) if match.path else ""
        via, text = "host", f"host {match.host}{match.path or ''}"
    elif match.app is not None:
        via, text = "app", f"app {match.app}"
    else:
        via, text = "title", f"title '{match.title}'"
    rank = (-path.count("/"), channel.group, order)
    return Rule(channel.id, via, excludes, f"{text} excluded" if excludes else text, rank, path)


def _ranked(rules: Sequence[Rule]) -> Rules:
    return tuple(sorted(rules, key=operator.attrgetter("rank")))
