"""Drawings put together."""

from __future__ import annotations

import pytest

from ui.charts.drawing import (
    Area,
    Box,
    Drawing,
    Hatch,
    Item,
    Line,
    Role,
    Shape,
    Sheet,
    Style,
    Words,
    column,
)

BOX = Box(1, 2, 3, 4)


@pytest.mark.parametrize(
    "shape",
    [
        Area(BOX, Role.TEXT, Role.DIM, 2),
        Hatch(BOX, Role.DIM, 1, falling=True),
        Words(BOX, "text", Role.DIM, Style.STRONG),
    ],
)
def test_shape_keeps_all_but_its_place_when_pasted(shape: Shape) -> None:
    sheet = Sheet()
    sheet.paste(Drawing(9, 9, (shape,)), 10, 20)
    (pasted,) = sheet.shapes
    assert pasted.box == Box(11, 22, 3, 4)  # type: ignore[union-attr]
    back = Sheet()
    back.paste(Drawing(9, 9, (pasted,)), -10, -20)
    assert back.shapes == [shape]


def test_line_and_item_move_when_pasted() -> None:
    line = Line(0, 1, 2, 3, Role.GRID, 2, dashed=True)
    sheet = Sheet()
    sheet.paste(Drawing(9, 9, (line,), (Item(BOX, "said"),)), 5, 5)
    assert sheet.shapes == [Line(5, 6, 7, 8, Role.GRID, 2, dashed=True)]
    assert sheet.items == [Item(Box(6, 7, 3, 4), "said")]


def test_column_puts_a_gap_between_parts_and_none_around_them() -> None:
    part = Drawing(10, 20, (Area(Box(0, 0, 10, 20), Role.TEXT),))
    together = column([part, part], 5, 10)
    assert together.height == 45
    assert [shape.box.y for shape in together.shapes] == [0, 25]  # type: ignore[union-attr]


def test_box_holds_its_first_corner_and_not_its_last() -> None:
    assert BOX.contains(1, 2)
    assert not BOX.contains(4, 2)
    assert not BOX.contains(1, 6)
