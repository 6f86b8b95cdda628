"""``python -m tools.bench``: measure, and print one table.

Exit code 0 where everything could be measured, goals met or not; 1 where a part is missing or
failed; 2 on wrong usage.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import xcffib

from tools.bench import (
    accuracy,
    classifying,
    latency,
    limits,
    policy_check,
    rest,
    start,
    store,
    windows,
    year,
)
from tools.bench.figures import CannotMeasureError, Figure, Missing, Part, Result
from tools.bench.machine import load, local_now, this_machine
from tools.bench.table import as_json, table
from tools.parts import REMEDY, PartMissingError
from tracker.errors import KanaltidError

PARTS: tuple[Part, ...] = (
    accuracy.PART,
    latency.PART,
    rest.PART,
    start.PART,
    limits.PART,
    classifying.PART,
    policy_check.PART,
    year.PART,
    store.PART,
    windows.PART,
)

_FAILURES = (
    AssertionError,
    KanaltidError,
    OSError,
    RuntimeError,
    ValueError,
    subprocess.SubprocessError,
    xcffib.XcffibException,
)


def chosen(names: Sequence[str], parts: Sequence[Part]) -> list[Part]:
    """Return the parts of these names, or that have a figure whose name contains one; all for none.

    Raises:
        LookupError: No part answers to a name.
    """
    found: list[Part] = []
    for name in names:
        fitting = [each for each in parts if each.name == name] or [
            each
            for each in parts
            if any(name.casefold() in figure.casefold() for figure in each.figures)
        ]
        if not fitting:
            raise LookupError(name)
        found += fitting
    return [each for each in parts if each in found or not names]


def measure(part: Part, *, quick: bool) -> list[Result]:
    """Measure a part; what stands in the way is told for each of its figures."""
    before = load()
    try:
        results = part.measure(quick)
    except PartMissingError as error:
        return [Missing(name, str(error), REMEDY) for name in part.figures]
    except CannotMeasureError as error:
        return [Missing(name, error.reason, error.remedy) for name in part.figures]
    except _FAILURES as error:
        reason = f"{type(error).__name__}: {error}"
        return [Missing(name, reason, "mend what failed") for name in part.figures]
    return [_with_load(result, max(before, load())) for result in results]


def _with_load(result: Result, busy: float) -> Result:
    if isinstance(result, Figure) and result.met is False:
        return replace(result, note=f"{result.note}; load up to {busy:.1f}")
    return result


def _arguments(argv: Sequence[str] | None) -> tuple[argparse.Namespace, list[Part]]:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME",
        help=f"a part ({', '.join(part.name for part in PARTS)}) or a piece of a figure's name",
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="few repetitions: in minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    arguments = parser.parse_args(argv)
    try:
        return arguments, chosen(arguments.only, PARTS)
    except LookupError as error:
        names = "".join(f"\n  {part.name}: {', '.join(part.figures)}" for part in PARTS)
        parser.error(f"nothing is called {error}; there are{names}")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; return the exit code."""
    arguments, parts = _arguments(argv)
    machine, begun, before = this_machine(), local_now(), load()
    results: list[Result] = []
    for part in parts:
        minutes = "a quick look" if arguments.quick else f"about {part.minutes:g} min"
        print(f"measuring {part.name} ({minutes}) …", file=sys.stderr, flush=True)
        results += measure(part, quick=arguments.quick)
    loads = f"load {before:.1f} before and {load():.1f} after"
    date = begun.isoformat(sep=" ", timespec="minutes")
    print(table(results, shutil.get_terminal_size((140, 24)).columns))
    print(f"\n{machine.line()}; {loads}; {date}{'; quick' if arguments.quick else ''}")
    if arguments.json is not None:
        about = {"date": begun.isoformat(), "machine": asdict(machine), "quick": arguments.quick}
        text = json.dumps(about | as_json(results), ensure_ascii=False, indent=2)
        arguments.json.write_text(text + "\n", encoding="utf-8")
    return int(any(isinstance(result, Missing) for result in results))


if __name__ == "__main__":
    sys.exit(main())
