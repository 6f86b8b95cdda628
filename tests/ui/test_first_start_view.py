"""What the pages before the first measuring say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk import catalogue
from tests.made_up import NOW, made_up_policy
from tracker.i18n import Language
from tracker.policy.extent import Extent, extent_of
from tracker.policy.load import load
from tracker.policy.types import Group, KeepDays, Person, Policy, Recipient
from ui.first_page_view import first_page
from ui.first_start_view import FirstStart, Sheet, SheetView, first_start

POLICIES = Path(__file__).parents[2] / "resources" / "policies"
KARIN = Person("karin")


def story(
    policy: Policy | None = None,
    accepted: Extent | None = None,
    person: Person = KARIN,
    code: str = "en",
) -> FirstStart:
    return first_start(policy or made_up_policy(), person, accepted, NOW.date(), Language(code))


def page(sheet: Sheet, shown: FirstStart) -> SheetView:
    (found,) = [each for each in shown.sheets if each.sheet is sheet]
    return found


def words(sheet: SheetView) -> str:
    told = [paragraph for topic in sheet.topics for paragraph in topic.paragraphs]
    return "\n".join([sheet.title, sheet.lead, *told])


def shipped(name: str) -> Policy:
    policy = load((POLICIES / f"{name}.toml").read_bytes(), name, catalogue(), NOW.date()).policy
    assert policy is not None
    return policy


def kept_longer(**changes: str) -> Policy:
    policy = made_up_policy(**changes)
    return replace(policy, monitoring=replace(policy.monitoring, keep_days=KeepDays(90, 400)))


def test_first_start_has_four_pages() -> None:
    assert [each.sheet for each in story().sheets] == [
        Sheet.ABOUT,
        Sheet.MEASURED,
        Sheet.POLICY,
        Sheet.TRAY,
    ]


@pytest.mark.parametrize("code", ["en", "sv"])
@pytest.mark.parametrize("name", ["starter", "nordisk-konsult", "harrow"])
def test_every_page_says_something_whatever_the_policy(name: str, code: str) -> None:
    for sheet in story(shipped(name), code=code).sheets:
        assert sheet.title
        assert all(topic.paragraphs for topic in sheet.topics)
        assert "{" not in words(sheet)


def test_second_page_holds_all_that_must_be_known() -> None:
    known = first_page(made_up_policy(), Language("en"))
    shown = page(Sheet.MEASURED, story())
    assert (shown.lead, shown.topics) == (known.promise, known.topics)


def test_policy_is_three_sentences_with_private_time_and_the_way_to_more() -> None:
    shown = page(Sheet.POLICY, story(shipped("nordisk-konsult")))
    sentences = shown.topics[0].paragraphs
    assert len(sentences) == 3
    assert "private, in working time: 15 minutes" in "".join(sentences)
    assert "If it is not enough" in sentences[2]
    assert "things more" in shown.topics[1].paragraphs[0]


def test_sentence_for_the_persons_own_group_comes_before_those_for_all() -> None:
    policy = shipped("nordisk-konsult")
    group = next(each for each in policy.limits if each.groups != ("*",)).groups[0]
    members = Group(group, ("user:karin",))
    policy = replace(policy, groups=(members,))
    first = page(Sheet.POLICY, story(policy)).topics[0].paragraphs[0]
    assert "LinkedIn for leads" in first
    other = page(Sheet.POLICY, story(policy, person=Person("nils"))).topics[0].paragraphs
    assert not any("LinkedIn for leads" in each for each in other)


def test_all_is_said_when_a_policy_has_little_to_say() -> None:
    shown = page(Sheet.POLICY, story(made_up_policy(limits=())))
    assert [each.paragraphs for each in shown.topics] == [("There are no limits.",)]


def test_default_purposes_are_named_by_channel_and_the_rest_as_one() -> None:
    shown = words(page(Sheet.TRAY, story(shipped("nordisk-konsult"))))
    assert "LinkedIn: Win leads; all else: private" in shown


def test_all_time_is_private_to_begin_with_when_no_default_says_otherwise() -> None:
    assert "all time counts as private" in words(page(Sheet.TRAY, story(shipped("starter"))))
    strict = words(page(Sheet.TRAY, story(made_up_policy(purposes=(), limits=()))))
    assert "something else" not in strict


def test_new_version_that_measures_more_says_what_and_shows_the_policy() -> None:
    accepted = extent_of(made_up_policy())
    shown = story(kept_longer(version="2"), accepted)
    assert [each.sheet for each in shown.sheets] == [Sheet.MEASURED, Sheet.POLICY]
    first = shown.sheets[0]
    assert first.title == "The policy measures more than you accepted"
    assert first.topics[0].paragraphs == (
        "The single stretches of time are kept for 90 days, before it was 30.",
        "You accepted version 1. Until you accept this one, nothing is measured.",
    )
    assert first.topics[1:] == first_page(kept_longer(), Language("en")).topics


def test_new_version_that_measures_no_more_is_one_page_with_all_of_it() -> None:
    shown = story(made_up_policy(version="2"), extent_of(kept_longer()))
    (only,) = shown.sheets
    assert only.title == "The policy has a new version"
    assert "It measures no more than what you accepted." in words(only)
    assert only.topics[1:] == first_page(made_up_policy(), Language("en")).topics


def test_every_way_of_measuring_more_is_a_sentence() -> None:
    policy = made_up_policy()
    bare = replace(
        extent_of(policy),
        channels=(*extent_of(policy).channels[1:-1], ("branschforum", ("app:other",))),
        hours=((),) * 7,
        idle_after_s=60,
        audible_cap_min=60,
        keep_totals_days=1,
    )
    told = replace(policy.monitoring, recipients=(Recipient("compliance", "weekly_totals"),))
    shown = story(replace(policy, version="2", monitoring=told), bare)
    assert shown.sheets[0].topics[0].paragraphs[:-1] == (
        "These channels are measured too: LinkedIn.",
        "More windows and pages count as: Branschforumet.",
        "There are no working hours any more: time is measured at any hour.",
        "By the policy this is handed over too: compliance: the week's totals.",
        "Each day's totals are kept for 400 days, before it was 1.",
        "Time counts on for 3 min without input, before it was 1 min.",
        "What can be heard counts on for 2 h 00 min without input, before it was 1 h 00 min.",
    )
