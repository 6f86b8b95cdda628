from __future__ import annotations

import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.policy.catalogues import small_catalogue
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import LANGUAGES, Language
from tracker.policy.document import MAX_BYTES
from tracker.policy.load import Loaded, load, load_or_raise
from tracker.policy.problem_texts import describe
from tracker.policy.problems import Problem, ProblemCode
from tracker.policy.select import shipped_policy
from tracker.policy.types import (
    ChannelKind,
    DayAllowance,
    FlexibleBreak,
    Ladder,
    Match,
    Policy,
    Range,
)

TODAY = date(2026, 11, 23)
MINIMAL = """\
schema = 1

[policy]
id = "firm"
version = "1"
languages = ["sv", "en"]
timezone = "Europe/Stockholm"
title = { en = "Policy", sv = "Policyn" }

[monitoring]
purpose = { sv = "Visa dig din tid." }
"""


def loaded(text: str | bytes) -> Loaded:
    data = text.encode() if isinstance(text, str) else text
    return load(data, "test.toml", small_catalogue(), TODAY)


def policy_of(text: str) -> Policy:
    result = loaded(text)
    assert result.errors == ()
    assert result.policy is not None
    return result.policy


def test_defaults_hold_when_a_policy_says_the_least() -> None:
    policy = policy_of(MINIMAL)
    assert policy.title.by_language == (("sv", "Policyn"), ("en", "Policy"))
    assert (policy.day_start, policy.default_purpose) == (time(0), "private")
    assert (policy.hours, policy.enforce_titles) == (None, False)
    assert policy.ladders == (Ladder("default", ()),)
    assert policy.monitoring.legal_basis == ""
    assert policy.hash != policy_of(MINIMAL + "\n").hash


def test_the_catalogue_is_worked_in_when_a_channel_changes_it() -> None:
    policy = policy_of(
        MINIMAL
        + """
[[channel]]
id = "wordpress"
exclude = [{ host = "intern.wordpress.com" }]
[[channel]]
id = "x"
name = { sv = "Xet" }
kind = "forum"
match = [{ app = "X" }]
[[channel]]
id = "blogs"
exclude = [{ host = "medium.com", path = "/firm" }]
[[channel]]
id = "forums"
match = [{ host = "forum.example.se" }]
"""
    )
    wordpress, x, blogs, forums = policy.channels
    assert wordpress.match == (Match(host="wordpress.com"),)
    assert wordpress.exclude == (
        Match(host="wordpress.com", path="/support"),
        Match(host="intern.wordpress.com"),
    )
    assert (x.match, x.kind) == ((Match(app="X"),), ChannelKind.FORUM)
    assert x.name.in_language("en") == "Xet"
    assert blogs.match == (Match(host="medium.com"), Match(host="wordpress.com"))
    assert blogs.exclude[-1] == Match(host="medium.com", path="/firm")
    assert (blogs.group, blogs.name.in_language("fi")) == (True, "Bloggar")
    assert (forums.group, forums.match) == (False, (Match(host="forum.example.se"),))


def test_hours_are_laid_out_when_they_cross_midnight() -> None:
    policy = policy_of(
        MINIMAL
        + """
[hours]
sat-mon = ["22:00-06:00"]
fri = ["12:00-16:00", "08:00-12:00"]
breaks = ["11:30-12:30", "02:00-02:30", { within = "23:00-01:00", minutes = 20 }]
"""
    )
    assert policy.hours is not None
    night = (Range(1320, 1800),)
    assert policy.hours.by_weekday == (
        *(night, (), (), ()),
        *((Range(480, 720), Range(720, 960)), night, night),
    )
    assert policy.hours.breaks == (Range(120, 150), Range(690, 750))
    assert policy.hours.flexible == (FlexibleBreak(Range(1380, 1500), 20),)


def test_a_weekday_has_no_allowance_when_the_table_names_neither_it_nor_a_default() -> None:
    policy = policy_of(MINIMAL + '[[channel]]\nid = "x"\n[[limit]]\nid = "a"\nday = { mon = 5 }\n')
    assert policy.limits[0].day == DayAllowance((5, None, None, None, None, None, None))


def test_an_example_is_read_when_it_has_do_and_dont() -> None:
    text = '[[guideline]]\nid = "a"\ntext = { sv = "A" }\nexample = { dont = { sv = "Nej" } }\n'
    guideline = policy_of(MINIMAL + text).guidelines[0]
    assert guideline.example_do is None
    assert guideline.example_dont is not None
    assert guideline.example_dont.in_language("sv") == "Nej"


def test_a_file_loads_when_it_was_written_on_windows() -> None:
    text = "\ufeff" + MINIMAL.replace("\n", "\r\n")
    policy = policy_of(text)
    assert policy.text == text


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"#" * (MAX_BYTES + 1), ProblemCode.FILE_TOO_LARGE, 1),
        (b"a" * 50_000_000, ProblemCode.FILE_TOO_LARGE, 1),
        (MINIMAL.encode("utf-16"), ProblemCode.NOT_UTF8, 1),
        (MINIMAL.encode("utf-16-le"), ProblemCode.CONTROL_CHARACTER, 1),
        (b"# caf\n# caf\xe9\n", ProblemCode.NOT_UTF8, 2),
        (b"schema = 1\n\n[policy]\0\n", ProblemCode.CONTROL_CHARACTER, 3),
        (b"\x1b[31m", ProblemCode.CONTROL_CHARACTER, 1),
        (b"a = " + b"[" * 900_000, ProblemCode.NESTED_TOO_DEEP, 1),
        (b"\na = " + b"{a=" * 300_000, ProblemCode.NESTED_TOO_DEEP, 2),
        (b"[" + b"a." * 400_000 + b"a]", ProblemCode.NESTED_TOO_DEEP, 1),
        (b"a." * 400_000 + b"a = 1", ProblemCode.NESTED_TOO_DEEP, 1),
        (b"\n\na = " + b"9" * 900_000, ProblemCode.NUMBER_TOO_LONG, 3),
        (b"a = 0x" + b"f" * 900_000, ProblemCode.NUMBER_TOO_LONG, 1),
        (b'a = "' + b"x" * 900_000, ProblemCode.TOML_NOT_CLOSED, 1),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value),
)
def test_one_error_is_told_when_a_file_can_not_be_read(
    data: bytes, code: ProblemCode, line: int
) -> None:
    result = loaded(data)
    assert result.policy is None
    assert [(error.line, error.code) for error in result.errors] == [(line, code)]


@pytest.mark.parametrize(
    "unit",
    [
        "[[limit]]\n",
        '[[limit]]\nid = "a"\nchannels = ["b"]\nreplaces = ["a"]\n',
        '[[channel]]\nid = "linkedinn"\n',
        "[[purpose]]\nprivate = 1\n",
        "[[contact]]\nbackup = 1\n",
    ],
)
def test_errors_end_when_there_are_too_many(unit: str) -> None:
    text = MINIMAL + unit * (900_000 // len(unit))
    result = loaded(text)
    assert result.errors[-1].code is ProblemCode.TOO_MANY_PROBLEMS
    assert len(result.errors) <= 301
    assert result.policy is None


def test_the_first_error_is_raised_when_a_policy_is_needed() -> None:
    data = MINIMAL.replace('"firm"', '"a firm"').replace("Stockholm", "Uppsala").encode()
    with pytest.raises(OutsideError) as caught:
        load_or_raise(data, "firm.toml", small_catalogue(), TODAY)
    fields = caught.value.fields
    assert caught.value.code is ErrorCode.POLICY_INVALID
    assert (fields["file"], fields["line"], fields["key"]) == ("firm.toml", 4, "policy.id")
    assert fields["count"] == 2
    assert isinstance(fields["problem"], Problem)
    assert load_or_raise(MINIMAL.encode(), "a", small_catalogue(), TODAY).id == "firm"


def test_pydantic_is_not_imported_when_nothing_is_loaded() -> None:
    modules = "load, problem_texts, words, select, purposes, person, types, hours"
    code = f"import sys; from tracker.policy import {modules}; sys.exit('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0


_PIECES = sorted(
    {
        line
        for file in Path(__file__).with_name("broken").glob("*.toml")
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith("# ")
    }
)


@given(st.binary() | st.text().map(str.encode))
def test_errors_and_no_exception_come_when_the_bytes_are_anything(data: bytes) -> None:
    result = loaded(data)
    assert result.policy is None
    assert result.errors


@given(st.lists(st.sampled_from(_PIECES) | st.text("[]{}=.,\"'#\n ab1\\-", max_size=12)))
def test_every_problem_has_words_when_lines_of_policies_are_mixed(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    result = loaded(text)
    assert (result.policy is None) == bool(result.errors)
    for problem in (*result.errors, *result.warnings):
        assert 1 <= problem.line <= text.count("\n") + 1
        for code in LANGUAGES:
            assert describe(problem, Language(code))


@given(st.data())
def test_the_check_ends_when_one_value_is_of_any_type(data: st.DataObject) -> None:
    names = ("nordisk-konsult.toml", "harrow.toml", "starter.toml")
    text = shipped_policy(data.draw(st.sampled_from(names))).decode()
    lines = text.splitlines()
    keys = [number for number, line in enumerate(lines) if " = " in line and line[0].isalpha()]
    number = data.draw(st.sampled_from(keys))
    key = lines[number].partition(" = ")[0]
    value = data.draw(
        st.sampled_from(
            [
                *("1", "-1", "0.5", "true", '""', '"x"', "[]", "[1]", '["x"]', "{}", "{ a = 1 }"),
                *("2026-01-01", "08:00:00", "inf", "[{}]", '{ sv = "x", en = 1 }', "[[]]", '"*"'),
            ]
        )
    )
    lines[number] = f"{key} = {value}"
    broken = "\n".join(lines)
    result = loaded(broken)
    assert (result.policy is None) == bool(result.errors)
    for problem in (*result.errors, *result.warnings):
        assert describe(problem, Language("en"))
