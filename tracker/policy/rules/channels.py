"""Channels: found in the catalogue or told by rules of their own."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.policy.catalogue import Catalogue
from tracker.policy.problems import KeyPath, ProblemCode
from tracker.policy.rules.references import reference_fields
from tracker.policy.view import Findings, View

_WAYS = ("host", "app", "title")


def check_channels(findings: Findings, catalogue: Catalogue) -> None:
    """Check each ``[[channel]]`` and its rules."""
    owners: dict[tuple[str, ...], str] = {}
    for channel in findings.root.tables("channel"):
        _check_definition(findings, channel, catalogue)
        for key in ("match", "exclude"):
            for rule in channel.tables(key):
                _check_rule(findings, rule)
        for path, rule_key in _rule_keys(channel):
            owner = owners.setdefault(rule_key, channel.text("id") or "")
            if owner != channel.text("id"):
                findings.warn(path, ProblemCode.MATCH_TWICE, rule=rule_key[1][:80], id=owner)


def _check_definition(findings: Findings, channel: View, catalogue: Catalogue) -> None:
    """A channel that the catalogue does not know must tell all itself."""
    if channel.has("match") and not channel.items("match"):
        findings.error(channel.at("match"), ProblemCode.EMPTY)
    given = channel.text("id")
    if given is None or given in catalogue.channels or given in catalogue.groups:
        return
    if not channel.has("match"):
        fields = reference_fields(given, [*catalogue.groups, *catalogue.channels])
        findings.error(channel.at("id"), ProblemCode.CHANNEL_NOT_IN_CATALOGUE, **fields)
        return
    for key in ("name", "kind"):
        if not channel.has(key):
            findings.error(channel.at(key), ProblemCode.MISSING_KEY, name=key)


def _check_rule(findings: Findings, rule: View) -> None:
    if sum(rule.has(way) for way in _WAYS) != 1:
        findings.error(rule.path, ProblemCode.MATCH_NOT_ONE)
    elif rule.has("path") and not rule.has("host"):
        findings.error(rule.at("path"), ProblemCode.PATH_WITHOUT_HOST)
    title = rule.text("title")
    if title is not None and not findings.is_wrong(rule.at("title")):
        _check_title(findings, rule.at("title"), title)


def _check_title(findings: Findings, path: KeyPath, pattern: str) -> None:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        matches_nothing = re2.compile(pattern, options).search("") is not None
    except re2.error as error:
        reason = error.args[0] if error.args else b""
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        findings.error(path, ProblemCode.BAD_TITLE, reason=text[:120])
        return
    if matches_nothing:
        findings.error(path, ProblemCode.TITLE_MATCHES_ALL)


def _rule_keys(channel: View) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    """Yield what each of a channel's rules looks at, so that two alike are found."""
    for rule in channel.tables("match"):
        for way in _WAYS:
            value = rule.text(way)
            if value is not None:
                path = (rule.text("path") or "") if way == "host" else ""
                yield rule.path, (way, value if way == "title" else value.casefold(), path)
