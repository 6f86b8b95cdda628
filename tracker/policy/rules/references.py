"""Ids that are given twice, lead nowhere, or lead round in a circle."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tracker.model import PRIVATE
from tracker.policy.problems import KeyPath, ProblemCode
from tracker.policy.types import ANY
from tracker.policy.view import Findings, View

Edges = Mapping[str, list[tuple[KeyPath, str]]]
"""For each id the places that name another, with the other's id."""


@dataclass(frozen=True, slots=True)
class Known:
    """The ids of the file."""

    contacts: frozenset[str]
    groups: frozenset[str]
    channels: frozenset[str]
    purposes: frozenset[str]
    limits: frozenset[str]
    ladders: frozenset[str]
    levels: frozenset[str]


def check_ids(findings: Findings) -> Known:
    """Collect the ids; report those that are given twice or reserved."""
    root, crisis = findings.root, findings.root.table("crisis")
    for purpose in root.tables("purpose"):
        if purpose.text("id") == PRIVATE:
            findings.error(purpose.at("id"), ProblemCode.RESERVED_ID, id=PRIVATE)
    _ids(findings, root, "guideline")
    return Known(
        contacts=_ids(findings, root, "contact"),
        groups=_ids(findings, root, "group"),
        channels=_ids(findings, root, "channel"),
        purposes=_ids(findings, root, "purpose"),
        limits=_ids(findings, root, "limit"),
        ladders=frozenset(root.table("ladder").data),
        levels=_ids(findings, crisis, "level"),
    )


def _ids(findings: Findings, view: View, name: str) -> frozenset[str]:
    lines: dict[str, int] = {}
    for entry in view.tables(name):
        given = entry.text("id")
        if given is None:
            continue
        if given in lines:
            findings.error(
                entry.at("id"), ProblemCode.DUPLICATE_ID, id=given, first_line=lines[given]
            )
        lines.setdefault(given, findings.document.scan.line_of(entry.at("id")))
    return frozenset(lines)


def check_references(findings: Findings, known: Known) -> None:
    """Check that each reference leads somewhere."""
    for view, key, ids, code in _references(findings.root, known):
        for path, name in view.texts(key):
            if name not in ids:
                findings.error(path, code, **reference_fields(name, ids))
    for group in findings.root.tables("group"):
        choices = group.table("default_purpose")
        for channel in choices.data:
            if channel not in known.channels:
                fields = reference_fields(channel, known.channels)
                findings.error(choices.at(channel), ProblemCode.UNKNOWN_CHANNEL, **fields)


def reference_fields(name: str, ids: Collection[str]) -> dict[str, object]:
    """Return the fields of a reference that leads nowhere: its name and the nearest id."""
    near = difflib.get_close_matches(name[:80], sorted(ids)[:200], n=1)
    return {"id": name[:80], "near": near[0] if near else ""}


def _references(
    root: View, known: Known
) -> Iterator[tuple[View, str, Collection[str], ProblemCode]]:
    """Yield each key that names something, with the ids that it may name."""
    defaults = known.purposes | {PRIVATE}
    purposes = defaults | {ANY}
    channels, groups = known.channels | {ANY}, known.groups | {ANY}
    yield root.table("policy"), "default_purpose", defaults, ProblemCode.UNKNOWN_PURPOSE
    yield root.table("monitoring"), "contact", known.contacts, ProblemCode.UNKNOWN_CONTACT
    for contact in root.tables("contact"):
        yield contact, "backup", known.contacts, ProblemCode.UNKNOWN_CONTACT
    for group in root.tables("group"):
        chosen = group.table("default_purpose")
        for channel in chosen.data:
            yield chosen, channel, defaults, ProblemCode.UNKNOWN_PURPOSE
    for channel_table in root.tables("channel"):
        yield channel_table, "default_purpose", defaults, ProblemCode.UNKNOWN_PURPOSE
    for purpose in root.tables("purpose"):
        yield purpose, "channels", channels, ProblemCode.UNKNOWN_CHANNEL
        yield purpose, "groups", groups, ProblemCode.UNKNOWN_GROUP
        yield purpose, "approver", known.contacts, ProblemCode.UNKNOWN_CONTACT
    for limit in root.tables("limit"):
        yield limit, "groups", groups, ProblemCode.UNKNOWN_GROUP
        yield limit, "purposes", purposes, ProblemCode.UNKNOWN_PURPOSE
        yield limit, "channels", channels, ProblemCode.UNKNOWN_CHANNEL
        yield limit, "replaces", known.limits, ProblemCode.UNKNOWN_LIMIT
        yield limit, "ladder", known.ladders, ProblemCode.UNKNOWN_LADDER
    crisis = root.table("crisis")
    for level in crisis.tables("level"):
        yield level, "owner", known.contacts, ProblemCode.UNKNOWN_CONTACT
        yield level, "lifts", known.limits, ProblemCode.UNKNOWN_LIMIT
    for step in crisis.tables("step"):
        yield step, "level", known.levels, ProblemCode.UNKNOWN_LEVEL
        yield step, "who", known.contacts, ProblemCode.UNKNOWN_CONTACT


def check_cycles(findings: Findings) -> None:
    """Check that backups and replaced limits come to an end."""
    for name, key, code in (
        ("contact", "backup", ProblemCode.BACKUP_CYCLE),
        ("limit", "replaces", ProblemCode.REPLACES_CYCLE),
    ):
        edges: dict[str, list[tuple[KeyPath, str]]] = {}
        for entry in findings.root.tables(name):
            edges.setdefault(entry.text("id") or "", []).extend(entry.texts(key))
        for path, chain in _closing_edges(edges):
            findings.error(path, code, chain=" → ".join(chain[-6:]))


def _closing_edges(edges: Edges) -> Iterator[tuple[KeyPath, list[str]]]:
    """Yield each edge that leads back to where it came from, with the way around."""
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        way = [start]
        on_way = {start: 0}
        waiting = [iter(edges[start])]
        while waiting:
            edge = next(waiting[-1], None)
            if edge is None:
                waiting.pop()
                left = way.pop()
                del on_way[left]
                done.add(left)
                continue
            path, target = edge
            if target in on_way:
                yield path, [*way[on_way[target] :], target]
            elif target not in done and target in edges:
                on_way[target] = len(way)
                way.append(target)
                waiting.append(iter(edges[target]))
