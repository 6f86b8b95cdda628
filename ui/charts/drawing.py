"""What a chart comes to before it is painted: boxes, lines and texts, placed. No Qt here."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tracker.i18n import Language


class Role(enum.StrEnum):
    """What a colour is for; the theme knows which it is."""

    TEXT = "text"
    DIM = "dim"
    GROUND = "ground"
    GRID = "grid"
    TRACK = "track"
    LIMIT = "limit"
    """The fill of a limit's bar, and the mark where it ends."""

    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Hue:
    """A channel's own colour by its place in the palette; None is the grey of the others."""

    slot: int | None
    soft: bool = False
    """A tint of it, for the inside of an outlined box."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A step of a scale, from 0, the ground, to :data:`SHADES`; texts can be read on each."""

    step: int


SHADES = 5

Ink = Role | Hue | Shade


class Style(enum.StrEnum):
    """The three sizes and two weights in which texts are set."""

    BODY = "body"
    STRONG = "strong"
    HEADING = "heading"
    NUMBER = "number"


class Side(enum.StrEnum):
    """Which end of its box a text keeps to."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the chart's own units, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Box:
        """Return the same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def contains(self, x: float, y: float) -> bool:
        """Return whether a point lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Area:
    """A filled box; ``outline`` is drawn inside its edge, ``radius`` rounds its corners."""

    box: Box
    ink: Ink
    outline: Ink | None = None
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Hatch:
    """A box of diagonal lines: time for which nothing is known."""

    box: Box
    ink: Ink
    radius: float = 0.0
    falling: bool = False
    """Whether the lines fall from left to right."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: Ink
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text, centred by height in its box; cut with an ellipsis where it is too long."""

    box: Box
    text: str
    ink: Ink = Role.TEXT
    style: Style = Style.BODY
    side: Side = Side.START


Shape = Area | Hatch | Line | Words


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a chart that can be pointed at, reached by arrow keys and read aloud."""

    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A chart's figures as rows of text: its twin for those who would rather read."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    """The columns that are set to the right."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart laid out for a width."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    items: tuple[Item, ...] = ()


class Gauge(Protocol):
    """Measures texts, and gives the grid that all distances are multiples of."""

    @property
    def unit(self) -> float:
        """The grid: 8 px where the font has its usual size."""

    def line(self, style: Style) -> float:
        """Return the height of a line of text."""

    def text(self, text: str, style: Style) -> float:
        """Return the width of a text."""


class Chart(Protocol):
    """Something that can be laid out for a width, and read as a table."""

    @property
    def language(self) -> Language:
        """The language of its words."""

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """Place everything; the height follows from the contents."""

    def table(self) -> Table:
        """Return the figures."""


@dataclass(slots=True)
class Sheet:
    """A drawing in the making."""

    shapes: list[Shape] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        """Put shapes on top of those that are there."""
        self.shapes += shapes

    def paste(self, drawing: Drawing, dx: float, dy: float) -> None:
        """Put another drawing on top, moved."""
        self.shapes += [_moved(shape, dx, dy) for shape in drawing.shapes]
        self.items += [Item(item.box.moved(dx, dy), item.text) for item in drawing.items]

    def finish(self, width: float, height: float) -> Drawing:
        """Return the drawing."""
        return Drawing(width, height, tuple(self.shapes), tuple(self.items))


def _moved(shape: Shape, dx: float, dy: float) -> Shape:
    match shape:
        case Area(box, ink, outline, radius):
            return Area(box.moved(dx, dy), ink, outline, radius)
        case Hatch(box, ink, radius, falling):
            return Hatch(box.moved(dx, dy), ink, radius, falling)
        case Words(box, text, ink, style, side):
            return Words(box.moved(dx, dy), text, ink, style, side)
        case Line(x1, y1, x2, y2, ink, width, dashed):
            return Line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, ink, width, dashed)


def column(parts: Sequence[Drawing], gap: float, width: float) -> Drawing:
    """Return the drawings one below the other."""
    sheet, y = Sheet(), 0.0
    for part in parts:
        if sheet.shapes:
            y += gap
        sheet.paste(part, 0.0, y)
        y += part.height
    return sheet.finish(width, y)
