from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, time
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.tracker.policy.catalogues import small_catalogue
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import LANGUAGES, Language
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.document import MAX_BYTES
from tracker.policy.forms import WEEKDAYS
from tracker.policy.load import Loaded, load, load_or_raise
from tracker.policy.problem_texts import describe
from tracker.policy.problems import Problem, ProblemCode
from tracker.policy.shape import PolicyFile
from tracker.policy.types import (
    Channel,
    ChannelKind,
    Consulted,
    DayAllowance,
    Extend,
    FlexibleBreak,
    KeepDays,
    Ladder,
    Limit,
    LimitWindow,
    Mark,
    MarkKind,
    Match,
    Policy,
    Range,
    Recipient,
    Step,
    StepKind,
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


def shipped(name: str) -> bytes:
    return (resources.files("resources") / "policies" / name).read_bytes()


def reference(name: str) -> Policy:
    result = load(shipped(name), name, shipped_catalogue(), TODAY)
    assert (result.errors, result.warnings) == ((), ())
    assert result.policy is not None
    return result.policy


def limit(policy: Policy, given: str) -> Limit:
    (found,) = [each for each in policy.limits if each.id == given]
    return found


def channel(policy: Policy, given: str) -> Channel:
    (found,) = [each for each in policy.channels if each.id == given]
    return found


def test_the_swedish_reference_policy_loads_when_the_catalogue_is_shipped() -> None:
    policy = reference("nordisk-konsult.toml")
    assert (policy.id, policy.version, policy.languages) == ("nordisk-konsult", "2.1", ("sv", "en"))
    assert policy.effective_from == date(2026, 9, 1)
    assert policy.review_by == date(2027, 9, 1)
    assert policy.approved_by == "Ledningsgruppen, § 14"
    assert (policy.timezone, policy.day_start) == ("Europe/Stockholm", time(4))
    assert policy.title.in_language("en") == "Social media policy"
    assert policy.title.in_language("fi") == "Policy för sociala medier"
    assert policy.monitoring.consulted == Consulted("Unionen", "MBL 11 §", date(2026, 8, 11))
    assert policy.monitoring.keep_days == KeepDays(30, 400)
    assert policy.monitoring.recipients == ()
    assert (policy.monitoring.idle_after, policy.monitoring.audible_cap) == (180, 120)
    assert policy.text.encode() == shipped("nordisk-konsult.toml")
    assert [each.id for each in policy.purposes] == ["varumarke", "leads", "kundsvar"]
    assert policy.purposes[1].result == "leads"
    assert policy.groups[0].members == ("os-group:sales", "user:karin")
    assert policy.groups[0].default_purpose == (("linkedin", "leads"),)
    assert policy.contacts[0].backup == "vd"
    assert policy.crisis_levels[1].lifts == ("arbete", "salj-linkedin")
    assert policy.crisis_steps[2].within == 10_080
    assert policy.guidelines[0].example_do is not None
    assert policy.guidelines[0].applies == "work"


def test_the_swedish_hours_are_as_written_when_loaded() -> None:
    hours = reference("nordisk-konsult.toml").hours
    assert hours is not None
    assert hours.by_weekday == ((Range(480, 1020),),) * 5 + ((), ())
    assert hours.breaks == ()
    assert hours.flexible == (FlexibleBreak(Range(660, 810), 60),)
    assert date(2026, 12, 24) in hours.holidays


def test_the_swedish_limits_are_as_written_when_loaded() -> None:
    policy = reference("nordisk-konsult.toml")
    work = limit(policy, "arbete")
    assert work.shared
    assert (work.day, work.week) == (DayAllowance((45,) * 7), 180)
    assert work.purposes == ("varumarke", "kundsvar")
    sales = limit(policy, "salj-linkedin")
    assert sales.day == DayAllowance((60, 60, 60, 60, 90, 60, 60))
    assert (sales.groups, sales.replaces) == (("salj",), ("arbete",))
    assert sales.name.in_language("sv") == ""
    assert limit(policy, "privat").window is LimitWindow.WORK
    rest = limit(policy, "rast")
    assert (rest.unlimited, rest.day, rest.week) == (True, None, None)
    assert policy.ladders == (
        Ladder(
            "default",
            (
                Step(Mark(MarkKind.SHARE, 80, "80%"), StepKind.NOTIFY),
                Step(Mark(MarkKind.BEFORE, 5, "-5m"), StepKind.NOTIFY),
                Step(Mark(MarkKind.SHARE, 100, "100%"), StepKind.ASK),
                Step(Mark(MarkKind.AFTER, 5, "+5m"), StepKind.OVERLAY),
            ),
            Extend(minutes=5, per_day=2, reason="optional"),
        ),
    )


def test_the_swedish_channels_hold_the_catalogue_when_loaded() -> None:
    policy = reference("nordisk-konsult.toml")
    linkedin = channel(policy, "linkedin")
    assert Match(host="linkedin.com") in linkedin.match
    assert (linkedin.name.in_language("sv"), linkedin.group) == ("LinkedIn", False)
    blogs = channel(policy, "blogs")
    assert (blogs.group, blogs.kind) == (True, ChannelKind.BLOG)
    assert blogs.name.in_language("sv") == "Bloggar"
    assert {"wordpress.com", "medium.com"} <= {match.host for match in blogs.match}
    trade = channel(policy, "branschforum")
    assert trade.match == (
        Match(host="forum.example.se"),
        Match(host="example.se", path="/forum"),
        Match(title="Branschforumet"),
    )


def test_the_english_reference_policy_loads_when_the_catalogue_is_shipped() -> None:
    policy = reference("harrow.toml")
    assert (policy.id, policy.version, policy.languages) == ("harrow", "7", ("en",))
    assert policy.day_start == time(0)
    assert policy.monitoring.keep_days == KeepDays(7, 365)
    assert policy.monitoring.recipients == (Recipient("compliance", "weekly_totals"),)
    assert policy.hours is not None
    assert policy.hours.by_weekday[0] == (Range(510, 1050),)
    assert policy.hours.breaks == (Range(750, 810),)
    other = channel(policy, "other")
    assert other.exclude == (
        Match(host="developers.facebook.com"),
        Match(host="x.com", path="/harrow"),
    )
    assert limit(policy, "no-private").day == DayAllowance((0,) * 7)
    assert limit(policy, "breaks").window is LimitWindow.BREAKS
    assert policy.purposes[0].until == date(2027, 3, 31)
    assert policy.ladders[0].extend == Extend(minutes=5, per_week=1, reason="optional")
    assert policy.crisis_steps[1].who is None


@pytest.mark.parametrize("name", ["starter.toml", "demo.toml"])
def test_a_shipped_policy_is_right_when_loaded_with_the_shipped_catalogue(name: str) -> None:
    result = load(shipped(name), name, shipped_catalogue(), TODAY)
    assert result.errors == ()
    assert result.policy is not None
    assert result.policy.hours is None
    assert {each.id for each in result.policy.channels} == {
        *("linkedin", "x", "instagram", "facebook", "youtube", "blogs", "forums"),
    }
    assert {"sv", "en"} == {*result.policy.languages}


def test_the_starter_shows_every_key_when_its_comments_are_taken_away() -> None:
    # These two can't stand beside what the file says in their place.
    comment = re.compile(r"# (?!unlimited|replaces)(?=\[|[\w-]+ = )")
    lines = [
        comment.sub("", line, count=1) for line in shipped("starter.toml").decode().splitlines()
    ]
    result = load("\n".join(lines).encode(), "starter", shipped_catalogue(), TODAY)
    assert (result.errors, result.warnings) == ((), ())
    assert result.policy is not None
    assert result.policy.hours is not None
    assert result.policy.channels[-1].id == "trade-forum"
    named = {key for key in _keys(PolicyFile) if re.search(rf"\b{key}\b", "\n".join(lines))}
    assert _keys(PolicyFile) - named == {*WEEKDAYS} - named


def _keys(model: type[BaseModel]) -> set[str]:
    """Return the names of all keys that a file may have."""
    inner = {name for table in _tables(model) for name in _keys(table)}
    return inner | {field.alias or name for name, field in model.model_fields.items()}


def _tables(annotation: object) -> Iterator[type[BaseModel]]:
    annotations = (
        [field.annotation for field in annotation.model_fields.values()]
        if isinstance(annotation, type) and issubclass(annotation, BaseModel)
        else get_args(annotation)
    )
    for each in annotations:
        if isinstance(each, type) and issubclass(each, BaseModel):
            yield each
        else:
            yield from _tables(each)


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


def test_pydantic_and_re2_are_not_imported_when_nothing_is_loaded() -> None:
    modules = "load, problem_texts, words, select, purposes, person, types, hours"
    code = (
        f"import sys; from tracker.policy import {modules}\n"
        "sys.exit('pydantic' in sys.modules or 're2' in sys.modules)"
    )
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
    text = shipped(data.draw(st.sampled_from(names))).decode()
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
