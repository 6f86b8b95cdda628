"""The crisis plan in words: what is due, by when, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.made_up import NOW
from tests.ui.crisis_plan import LINK, plan, words
from tracker.crisis import FIRST_REPLY, OpenCrisis
from tracker.i18n import Language
from tracker.policy.types import Contact, CrisisLevel, Group, Person, Policy
from tracker.storage.base import Evaluation
from ui.crisis_view import ContactView, CrisisWords, Due, MailView, OpenView

KARIN = Person("karin")


def said(policy: Policy | None = None, *, measured: bool = True) -> CrisisWords:
    return CrisisWords(policy or plan(), KARIN, Language("en"), measured=measured)


def opened(
    minutes_ago: float, *done: int, level: str = "critic", policy: Policy | None = None
) -> OpenView:
    crisis = OpenCrisis(level, NOW - timedelta(minutes=minutes_ago), LINK, frozenset(done))
    found = said(policy).view(crisis, None, NOW).open
    assert found is not None
    return found


def test_levels_are_chosen_by_their_triggers() -> None:
    view = said().view(None, None, NOW)
    assert [(each.trigger, each.facts) for each in view.levels] == [
        ("A customer complains", ("First reply within 1 hour", "Head of communications")),
        ("The press calls", ("CEO <3",)),
    ]
    assert (view.open, view.closed) == (None, "")


def test_tasks_have_deadlines_from_the_moment_of_opening() -> None:
    view = opened(20)
    assert [(task.index, task.text, task.due, task.deadline, task.left) for task in view.tasks] == [
        (FIRST_REPLY, "Give the first reply.", Due.AHEAD, "by 14:52", "40 min left"),
        (0, "Delete nothing.", Due.FREE, "", ""),
        (1, "Answer kindly.", Due.AHEAD, "by 14:22", "10 min left"),
        (2, "Evaluate.", Due.AHEAD, "by Monday 30 November 2026, 13:52", "6 days left"),
    ]
    assert view.since == "Open since 23 November 2026 13:52"


def test_what_is_due_next_comes_first_and_what_is_done_counts_no_more() -> None:
    assert (opened(20).number, opened(20).words) == ("10 min left", "Answer kindly.")
    assert (opened(20, 1).number, opened(20, 1).words) == ("40 min left", "Give the first reply.")
    assert opened(20).spoken == "by 14:22"
    late = opened(35)
    assert late.spoken == "overdue"
    assert (late.number, late.words) == ("5 min overdue", "Answer kindly.")
    assert [task.due for task in late.tasks] == [Due.AHEAD, Due.FREE, Due.OVERDUE, Due.AHEAD]
    done = opened(35, 1).tasks[2]
    assert (done.due, done.left, done.deadline) == (Due.DONE, "done", "by 14:07")


def test_steps_are_counted_when_no_deadline_is_left() -> None:
    view = opened(35, FIRST_REPLY, 1, 2)
    assert (view.number, view.words) == ("3 of 4", "done; the rest has no deadline")
    view = opened(35, FIRST_REPLY, 0, 1, 2)
    assert (view.number, view.words) == ("4 of 4", "All is done. Close the level when it is over.")


def test_each_task_says_who_does_it_and_whom_to_try_otherwise() -> None:
    first, nobody, *_ = opened(1).tasks
    assert nobody.who is None
    who = first.who
    assert who == ContactView(
        "Head of communications", "press+x@example.se", "+46 8 123 45 67", ContactView("CEO <3")
    )
    assert who.mail_url == "mailto:press%2Bx@example.se"
    assert who.phone_url == "tel:+4681234567"
    assert who.backup is not None
    assert (who.backup.mail_url, who.backup.phone_url) == ("", "")


def test_lifted_limits_are_named_when_they_are_the_persons() -> None:
    assert opened(1).lifts == (
        "While this level is open, the limits “Social media for work”,"
        " “Private during working hours” take no step. They count on."
    )
    policy = plan()
    others = [
        replace(limit, groups=("board",)) if limit.id == "privat" else limit
        for limit in policy.limits
    ]
    policy = replace(policy, limits=tuple(others), groups=(Group("board", ("user:somebody",)),))
    assert opened(1, policy=policy).lifts == (
        "While this level is open, the limit “Social media for work” takes no step. It counts on."
    )
    assert opened(1, level="storm").lifts == ""
    unmeasured = said(measured=False).view(OpenCrisis("critic", NOW), None, NOW).open
    assert unmeasured is not None
    assert unmeasured.lifts == ""


def read_mail(mail: MailView) -> tuple[str, str, str]:
    parts = urlsplit(mail.url)
    fields = parse_qs(parts.query, strict_parsing=True)
    return unquote(parts.path), fields["subject"][0], fields["body"][0]


def test_mail_tells_level_time_and_link() -> None:
    to, subject, body = read_mail(opened(20).mail)
    assert (to, subject) == ("press+x@example.se", "Crisis: A customer complains")
    assert body.split("\r\n") == [
        "Crisis plan, level: A customer complains",
        "Opened: 23 November 2026 13:52",
        f"It is about: {LINK}",
        "First reply: 23 November 2026 14:52",
        "",
    ]


@pytest.mark.parametrize("trigger", ["50 % & more?", "å = ö # 1", "a\nBcc: c"])
def test_mail_is_whole_whatever_the_policy_says(trigger: str) -> None:
    policy = plan()
    level = replace(policy.crisis_levels[0], trigger=words(trigger))
    mail = opened(1, policy=replace(policy, crisis_levels=(level,))).mail
    assert "\n" not in mail.url
    assert " " not in mail.url
    assert read_mail(mail)[1] == " ".join(f"Crisis: {trigger}".split())
    assert trigger in read_mail(mail)[2].replace("\r\n", "\n")


def test_backup_or_whoever_has_an_address_is_told_when_the_owner_has_none() -> None:
    to = opened(1, level="storm").mail.to
    assert to is not None
    assert to.role == "Head of communications"
    policy = replace(plan(), contacts=(Contact("vd", words("CEO")),))
    mail = opened(1, level="storm", policy=policy).mail
    assert (mail.to, read_mail(mail)[0]) == (None, "")


def test_level_can_be_closed_when_the_policy_knows_it_no_more() -> None:
    view = opened(20, 0, level="flood")
    assert (view.trigger, view.tasks, view.number, view.reply) == ("flood", (), "", "")
    assert view.words == "The policy has this level no more. Close it, or open another one."
    assert [each.id for each in view.others] == ["critic", "storm"]


def test_other_levels_are_there_when_one_is_open() -> None:
    assert [each.id for each in opened(1).others] == ["storm"]


def test_closed_crisis_asks_to_be_evaluated_unless_another_is_open() -> None:
    closed = OpenCrisis("critic", NOW - timedelta(hours=3))
    text = "“A customer complains” is closed. It was opened on 23 November 2026 11:12."
    assert said().view(None, closed, NOW).closed == text
    assert said().view(OpenCrisis("storm", NOW), closed, NOW).closed == ""


def test_evaluations_are_told_the_latest_first() -> None:
    first = Evaluation(NOW, NOW - timedelta(days=2), "critic", LINK, "A", "B", "C")
    second = replace(first, opened=NOW, level="gone", link="")
    later, earlier = said().evaluations([first, second])
    assert (later.title, earlier.title) == (
        "gone, 23 November 2026",
        "A customer complains, 21 November 2026",
    )
    assert earlier.facts == (
        f"It is about: {LINK}",
        "Opened: 21 November 2026 14:12",
        "Written down: 23 November 2026 14:12",
    )
    assert len(later.facts) == 2
    assert earlier.answers == (
        ("What happened?", "A"),
        ("What was at fault?", "B"),
        ("What did we learn?", "C"),
    )
    kept = "It stays on this computer, for 400 days, and nobody is sent it."
    assert said().kept() == kept


def test_reply_at_once_is_due_when_the_level_opens() -> None:
    policy = plan()
    level = CrisisLevel("now", words("Now"), 0)
    view = opened(0, level="now", policy=replace(policy, crisis_levels=(level,)))
    assert [task.left for task in view.tasks] == ["due now"]
    assert view.tasks[0].due is Due.OVERDUE
