"""Each file of ``broken`` says in its first lines what is wrong with it, and no more is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.tracker.policy.catalogues import small_catalogue
from tracker.policy.load import load
from tracker.policy.problems import ProblemCode

TODAY = date(2026, 11, 23)
BROKEN = sorted(Path(__file__).with_name("broken").glob("*.toml"))

Expected = tuple[str, int, str, str]
"""``error`` or ``warning``, line, code and key."""


def expected_of(file: Path) -> list[Expected]:
    """Read the comments at the top: ``# error 12 unknown_key limit[0].dayy``."""
    expected: list[Expected] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        _, *words = line.split(" ", 4) if line.startswith("# ") else ("",)
        if not words or words[0] not in ("error", "warning"):
            break
        kind, number, code = words[:3]
        expected.append((kind, int(number), code, words[3] if len(words) > 3 else ""))
    return sorted(expected)


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_all_problems_are_told_when_a_file_is_broken(file: Path) -> None:
    loaded = load(file.read_bytes(), file.name, small_catalogue(), TODAY)
    found = [("error", item.line, str(item.code), item.key) for item in loaded.errors]
    found += [("warning", item.line, str(item.code), item.key) for item in loaded.warnings]
    assert sorted(found) == expected_of(file)
    assert (loaded.policy is None) == bool(loaded.errors)


AT_THE_BOUNDS = """\
schema = 1

[policy]
id = "firm"
version = "1"
languages = ["en"]
timezone = "Europe/Stockholm"
title = { en = "Policy" }
review_by = 2026-11-23

[monitoring]
purpose = { en = "Show you your time." }
dpia = "DPIA-1"
consulted = { body = "The union" }

[hours]
mon = ["08:00-12:00", "12:00-16:00", "16:00-24:00"]
tue = ["00:00-02:00"]
sun = ["22:00-06:00"]
breaks = ["11:30-12:30", "02:00-02:30", { within = "23:00-00:30", minutes = 90 }]

[[channel]]
id = "x"

[[limit]]
id = "a"
day = { default = 60, fri = 90 }
week = 90
window = "breaks"
"""


def test_nothing_is_told_when_a_file_is_at_the_bounds() -> None:
    loaded = load(AT_THE_BOUNDS.encode(), "bounds", small_catalogue(), TODAY)
    assert (loaded.errors, loaded.warnings) == ((), ())


def test_the_check_ends_when_limits_replace_each_other_in_countless_ways() -> None:
    limits = "".join(
        f'[[limit]]\nid = "l{n}"\nday = 1\nreplaces = ["l{n + 1}", "l{n + 2}"]\n'
        for n in range(1000)
    )
    last = '[[limit]]\nid = "l1000"\nday = 1\n[[limit]]\nid = "l1001"\nday = 1\n'
    loaded = load((AT_THE_BOUNDS + limits + last).encode(), "many", small_catalogue(), TODAY)
    assert loaded.errors == ()


def test_every_code_is_met_when_all_broken_files_are_read() -> None:
    # These belong to whole files, which test_load makes as bytes.
    whole_files = {
        ProblemCode.FILE_TOO_LARGE,
        ProblemCode.NOT_UTF8,
        ProblemCode.CONTROL_CHARACTER,
        ProblemCode.TOO_MANY_PROBLEMS,
    }
    met = {ProblemCode(code) for file in BROKEN for _, _, code, _ in expected_of(file)}
    assert met | whole_files == set(ProblemCode)
    assert len(BROKEN) >= 80
