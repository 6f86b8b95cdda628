"""The figures as one table for people, and as JSON for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from tools.bench.figures import Figure, Missing, Result

_HEADS = ("figure", "goal", "measured", "", "how, and why")
_GAP = "  "
_LEAST_NOTE = 40


def format_value(value: float, unit: str) -> str:
    """Return a value with three significant digits, counts whole."""
    if not unit:
        return f"{value:.0f}"
    if value == 0:
        text = "0"
    elif abs(value) >= 100:
        text = f"{value:,.0f}"
    elif abs(value) >= 10:
        text = f"{value:.1f}"
    elif abs(value) >= 1:
        text = f"{value:.2f}"
    else:
        text = f"{value:.3f}"
    return f"{text} {unit}"


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return "–"
    if figure.goal == 0:
        return "none"
    return f"≤ {figure.goal:g} {figure.unit}".rstrip()


def _cells(result: Result) -> tuple[str, str, str, str, str]:
    if isinstance(result, Missing):
        why = f"{result.reason}; remedy: {result.remedy}"
        return result.name, "", "not measured", "MISSING", why
    verdict = {True: "met", False: "MISSED", None: ""}[result.met]
    measured = format_value(result.measured, result.unit)
    return result.name, _goal(result), measured, verdict, result.note


def table(results: Sequence[Result], width: int) -> str:
    """Return the table; what is said of a figure is wrapped to ``width``."""
    rows = [_cells(result) for result in results]
    widths = [max(len(row[n]) for row in [_HEADS, *rows]) for n in range(4)]
    before = sum(widths) + len(_GAP) * 4
    note_width = max(_LEAST_NOTE, width - before)
    lines = []
    for row in [_HEADS, tuple("─" * each for each in [*widths, note_width]), *rows]:
        start = _GAP.join(cell.ljust(size) for cell, size in zip(row, widths, strict=False))
        first, *more = textwrap.wrap(row[4], note_width, break_on_hyphens=False) or [""]
        lines += [start + _GAP + first, *(" " * before + line for line in more)]
    return "\n".join(line.rstrip() for line in lines)


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """Return the results in a form for programs."""
    return {
        "figures": [
            {
                "name": each.name,
                "measured": each.measured,
                "unit": each.unit,
                "goal": each.goal,
                "met": each.met,
                "note": each.note,
            }
            for each in results
            if isinstance(each, Figure)
        ],
        "missing": [
            {"name": each.name, "reason": each.reason, "remedy": each.remedy}
            for each in results
            if isinstance(each, Missing)
        ],
    }
