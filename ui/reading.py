"""A text to read: sections of blocks, and what a search finds in them. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text; with ``url`` all of it is a link."""

    text: str
    url: str = ""
    strong: bool = False
    dim: bool = False
    point: bool = False
    """Whether it is one of a list."""


@dataclass(frozen=True, slots=True)
class Block:
    """What belongs together: a title, lines, and more lines behind a button."""

    title: str = ""
    lines: tuple[Line, ...] = ()
    more_title: str = ""
    more: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text that has a heading."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole text."""

    title: str
    facts: tuple[Line, ...]
    """What is said of the text itself, before its sections."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the text with only what fits, and in how many places."""

    reading: Reading
    count: int


def find(reading: Reading, wanted: str) -> Found:
    """Return the blocks that hold ``wanted``, in any case; of an empty one, everything.

    Where a section's heading holds it, the section stays whole.
    """
    wanted = " ".join(wanted.split())
    if not wanted:
        return Found(reading, 0)
    sections = []
    for section in reading.sections:
        if places(section.heading, wanted):
            sections.append(section)
            continue
        blocks = tuple(each for each in section.blocks if _hits(each, wanted))
        if blocks:
            sections.append(replace(section, blocks=blocks))
    found = replace(reading, sections=tuple(sections))
    return Found(found, sum(len(list(places(text, wanted))) for text in _texts(found)))


def places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where ``wanted`` stands in ``text``, in any case: beginnings and ends."""
    wanted = " ".join(wanted.split()).casefold()
    folded = text.casefold()
    if not wanted or len(folded) != len(text):
        # ß folds to ss: there the places can't be told, and the text stands as it is.
        return [(0, len(text))] if wanted and wanted in folded else []
    found, at = [], folded.find(wanted)
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = folded.find(wanted, at + len(wanted))
    return found


def in_more(block: Block, wanted: str) -> bool:
    """Return whether what is behind the button holds ``wanted``."""
    return any(places(line.text, wanted) for line in block.more)


def _hits(block: Block, wanted: str) -> bool:
    return any(places(text, wanted) for text in _block_texts(block))


def _texts(reading: Reading) -> Iterator[str]:
    for section in reading.sections:
        yield section.heading
        for block in section.blocks:
            yield from _block_texts(block)


def _block_texts(block: Block) -> Iterator[str]:
    yield block.title
    yield from (line.text for line in (*block.lines, *block.more))
