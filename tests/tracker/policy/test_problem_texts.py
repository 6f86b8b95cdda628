from __future__ import annotations

from datetime import date

import pytest

from tests.tracker.policy.catalogues import small_catalogue
from tests.tracker.policy.test_check import BROKEN, TODAY
from tracker.i18n import Language
from tracker.policy.load import load
from tracker.policy.problem_texts import describe
from tracker.policy.problems import Problem, ProblemCode, key_text

EN, SV = Language("en"), Language("sv")
WHOLE_FILES = [
    Problem(1, "", ProblemCode.FILE_TOO_LARGE, {"most": 1000}),
    Problem(1, "", ProblemCode.NOT_UTF8),
    Problem(1, "", ProblemCode.CONTROL_CHARACTER),
    Problem(1, "", ProblemCode.TOO_MANY_PROBLEMS, {"most": 300}),
]


def problems() -> list[Problem]:
    found = list(WHOLE_FILES)
    for file in BROKEN:
        loaded = load(file.read_bytes(), file.name, small_catalogue(), TODAY)
        found += [*loaded.errors, *loaded.warnings]
    return found


def test_every_problem_has_words_of_its_own_when_told_in_either_language() -> None:
    told: dict[str, set[ProblemCode]] = {}
    for problem in problems():
        english, swedish = describe(problem, EN), describe(problem, SV)
        assert english != swedish
        for text in (english, swedish):
            assert text[-1] in ".?"
            # Braces are left only where a table is shown.
            assert "{" not in text.replace("{ ", "")
        told.setdefault(english, set()).add(problem.code)
    assert {code for codes in told.values() for code in codes} == set(ProblemCode)
    assert [codes for codes in told.values() if len(codes) > 1] == []


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            Problem(1, "a", ProblemCode.UNKNOWN_KEY, {"name": "dag", "near": "day", "choices": ""}),
            "There is no key “dag” here. Is “day” meant?",
        ),
        (
            Problem(1, "a", ProblemCode.OUT_OF_RANGE, {"most": 1440}),
            "This is too much: 1440 is the most.",
        ),
        (
            Problem(1, "a", ProblemCode.REVIEW_PASSED, {"date": date(2026, 9, 1)}),
            (
                "The policy should have been reviewed by 1 September 2026. "
                "Review it and set a later date."
            ),
        ),
        (
            Problem(1, "a", ProblemCode.WRONG_TYPE, {"expected": "texts"}),
            'Write this by language: { sv = "…", en = "…" }.',
        ),
        (
            Problem(1, "a", ProblemCode.UNKNOWN_LIMIT, {"id": "{near}", "near": ""}),
            "There is no limit “{near}”. Add a [[limit]] with this id, or correct the name.",
        ),
    ],
)
def test_the_fields_are_filled_in_when_a_problem_is_told(problem: Problem, text: str) -> None:
    assert describe(problem, EN) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("limit", 2, "day"), "limit[2].day"),
        (("hours", "mon-fri", 0), "hours.mon-fri[0]"),
        (("a b", 'c"\\d'), '"a b"."c\\"\\\\d"'),
        (("",), '""'),
        (("a\x1b[31m\n",), '"a\ufffd[31m\ufffd"'),
        (("x" * 100_000,), f'"{"x" * 80}…"'),
    ],
)
def test_a_key_is_written_as_in_the_file_when_told(path: tuple[str | int, ...], text: str) -> None:
    assert key_text(path) == text
