"""Notices over the bus, whatever becomes of the daemon."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

import pytest

from tests.fake_bus import SERVICE_UNKNOWN, FakeBus, FakeSession
from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_standing
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.limits.extending import ExtendRefusal, ExtensionOffer
from tracker.limits.types import DueStep, Level, Standing
from tracker.notice import GuidelineNotice, LimitNotice, Notice, StatusNotice
from tracker.notices.herald import CRITICAL, LOW, NAME, NORMAL, DesktopHerald
from tracker.notices.messages import Messages
from tracker.policy.types import Mark, MarkKind, Purpose, StepKind, Text
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.bus_message import NO_REPLY, Reply

NO_MORE = ExtensionOffer(0, refusal=ExtendRefusal.NOT_EXTENDABLE)
ALL = (["actions", "body", "body-markup"],)


class Stage:
    """A herald, its bus, and what it showed."""

    def __init__(self, *, windows: bool = True) -> None:
        self.session = FakeSession()
        self.messages = Messages()
        self.overview = FakeOverview(offered=NO_MORE)
        self.shown = 0
        self.policy_parts: list[str] = []
        self.chosen: list[LimitNotice] = []
        self.explained: list[tuple[str, str | None]] = []
        self.herald = DesktopHerald(
            VirtualLoop(VirtualTime(NOW)),
            self.session.as_session(),
            self.messages,
            overview=lambda: self.overview,
            language=Language("en"),
            show=self._show if windows else None,
            choose=self.chosen.append if windows else None,
            show_policy=self.policy_parts.append if windows else None,
            explain=self._explain if windows else None,
        )

    def _show(self) -> None:
        self.shown += 1

    def _explain(self, limit: str, channel: str | None) -> None:
        self.explained.append((limit, channel))

    def with_daemon(self, capabilities: tuple[list[str]] = ALL) -> FakeBus:
        """Connect to a bus on which a daemon is running and has said what it can do."""
        bus = self.session.connect()
        bus.owners[NAME](":1.5")
        bus.answer(Reply(capabilities))
        return bus

    def tell(self, standing: Standing | None = None, do: StepKind = StepKind.NOTIFY) -> None:
        mark = Mark(MarkKind.SHARE, 80, "80%")
        step = DueStep(standing or made_up_standing(), mark, do)
        self.herald.tell(LimitNotice(step, "linkedin", "leads"))

    def tell_private(self, bus: FakeBus, channel: str = "x") -> None:
        """Tell that private time is used up, and let the daemon show it as number 7."""
        standing = made_up_standing("privat", 15, 15, Level.REACHED, None)
        step = DueStep(standing, Mark(MarkKind.SHARE, 100, "100%"), StepKind.NOTIFY)
        self.herald.tell(LimitNotice(step, channel, "private"))
        self.actions = sent(bus)["actions"]
        bus.answer(Reply((7,)))

    def titles(self) -> list[str]:
        return [message.title for message in self.messages.waiting]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def sent(bus: FakeBus) -> dict[str, Any]:
    """Return the newest Notify by the names of its arguments."""
    names = ("app", "replaces", "icon", "title", "body", "actions", "hints", "timeout")
    assert bus.calls[-1].member == "Notify"
    return dict(zip(names, bus.calls[-1].body, strict=True))


def test_notice_carries_words_button_and_urgency(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    notice = sent(bus)
    assert notice["app"] == "Kanaltid"
    assert notice["title"] == "LinkedIn: 12 min left."
    assert notice["body"] == "48 of 60 min today."
    assert notice["actions"] == ["default", "Why?", "show", "Show"]
    assert notice["hints"]["urgency"] == ("y", NORMAL)
    assert notice["replaces"] == 0
    assert not stage.messages.waiting


def test_body_is_escaped_only_where_the_daemon_reads_markup(stage: Stage) -> None:
    policy = stage.overview.policy
    named = Text((("en", "Q&A <b>"),))
    channels = (replace(policy.channels[0], name=named), *policy.channels[1:])
    stage.overview.policy = replace(policy, channels=channels)
    stage.overview.policy = replace(
        stage.overview.policy,
        purposes=(replace(policy.purposes[0], result="a < b"), *policy.purposes[1:]),
        limits=(replace(policy.limits[0], purposes=("leads",)), *policy.limits[1:]),
    )
    bus = stage.with_daemon()
    stage.tell()
    # A title is plain text by the specification.
    assert sent(bus)["title"] == "Q&A <b>: 12 min left."
    assert sent(bus)["body"] == "48 of 60 min for a &lt; b today."
    stage.session.lose()
    bus = stage.with_daemon((["body"],))
    stage.tell()
    assert sent(bus)["body"] == "48 of 60 min for a < b today."
    assert sent(bus)["actions"] == []


def test_later_notice_of_a_limit_takes_the_place_of_the_one_on_the_screen(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    bus.answer(Reply((7,)))
    stage.tell(made_up_standing(used_min=60, level=Level.REACHED))
    assert sent(bus)["replaces"] == 7
    bus.answer(Reply((7,)))
    stage.tell(made_up_standing("privat", 15, 15, Level.REACHED, None))
    assert sent(bus)["replaces"] == 0


def test_nothing_is_replaced_when_the_notice_was_closed(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    bus.answer(Reply((7,)))
    bus.emit("NotificationClosed", 7, 2)
    stage.tell()
    assert sent(bus)["replaces"] == 0


def test_button_opens_today_and_others_buttons_do_not(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    bus.answer(Reply((7,)))
    bus.emit("ActionInvoked", 8, "show")
    bus.emit("ActionInvoked", 7, "something-else")
    bus.emit("ActionInvoked", "7", "show")
    assert stage.shown == 0
    bus.emit("ActionInvoked", 7, "show")
    assert stage.shown == 1


def test_click_on_a_limits_notice_says_why(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    bus.answer(Reply((7,)))
    bus.emit("ActionInvoked", 7, "default")
    assert stage.explained == [("salj-linkedin", "linkedin")]
    assert stage.shown == 0


def test_click_on_another_notice_opens_today(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.herald.tell(StatusNotice(ErrorCode.NO_BACKEND.value))
    assert sent(bus)["actions"][:2] == ["default", "Show"]
    bus.answer(Reply((7,)))
    bus.emit("ActionInvoked", 7, "default")
    assert (stage.explained, stage.shown) == ([], 1)


def test_message_that_waits_says_why_too(stage: Stage) -> None:
    stage.tell()
    (message,) = stage.messages.waiting
    assert message.explain is not None
    message.explain()
    assert stage.explained == [("salj-linkedin", "linkedin")]
    stage.herald.tell(StatusNotice(ErrorCode.NO_BACKEND.value))
    assert stage.messages.waiting[0].explain is None


@pytest.mark.parametrize(
    ("level", "do", "urgency"),
    [
        (Level.NEAR, StepKind.NOTIFY, NORMAL),
        (Level.REACHED, StepKind.NOTIFY, NORMAL),
        (Level.REACHED, StepKind.ASK, CRITICAL),
        (Level.OVER, StepKind.OVERLAY, CRITICAL),
        (Level.NEAR, StepKind.ASK, NORMAL),
    ],
)
def test_ladder_decides_how_urgent_a_notice_is(
    stage: Stage, level: Level, do: StepKind, urgency: int
) -> None:
    bus = stage.with_daemon()
    stage.tell(made_up_standing(level=level), do)
    assert sent(bus)["hints"]["urgency"] == ("y", urgency)


def test_notice_waits_in_the_app_when_there_is_no_bus(stage: Stage) -> None:
    stage.tell()
    assert stage.titles() == ["LinkedIn: 12 min left."]


@pytest.mark.parametrize("error", [SERVICE_UNKNOWN, NO_REPLY])
def test_notice_waits_in_the_app_when_no_daemon_answers(stage: Stage, error: str) -> None:
    bus = stage.session.connect()
    bus.owners[NAME]("")
    stage.tell()
    assert bus.answer(Reply(error=error)).member == "GetCapabilities"
    assert stage.titles() == ["LinkedIn: 12 min left."]


def test_daemon_that_the_bus_starts_for_it_shows_the_notice(stage: Stage) -> None:
    bus = stage.session.connect()
    bus.owners[NAME]("")
    stage.tell()
    bus.answer(Reply(ALL))
    assert sent(bus)["title"] == "LinkedIn: 12 min left."
    bus.owners[NAME](":1.5")
    bus.answer(Reply((7,)))
    assert not stage.messages.waiting


def test_notice_waits_in_the_app_when_the_daemon_refuses_it(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    bus.answer(Reply(error="org.freedesktop.Notifications.Error.ExcessNotifications"))
    assert stage.titles() == ["LinkedIn: 12 min left."]


def test_what_is_on_the_screen_waits_in_the_app_when_the_daemon_dies(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    bus.answer(Reply((7,)))
    stage.tell(made_up_standing("privat", 15, 15, Level.REACHED, None))
    bus.answer(Reply((8,)))
    bus.emit("NotificationClosed", 8, 1)
    bus.owners[NAME]("")
    assert stage.titles() == ["LinkedIn: 12 min left."]


def test_notice_under_way_waits_in_the_app_when_another_daemon_took_over(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    under_way = bus.calls.pop()
    bus.owners[NAME](":1.6")
    assert under_way.done is not None
    under_way.done(Reply((7,)))
    assert stage.titles() == ["LinkedIn: 12 min left."]


def test_daemon_that_comes_back_is_used_and_clears_what_waited(stage: Stage) -> None:
    bus = stage.with_daemon()
    bus.owners[NAME]("")
    stage.tell()
    bus.answer(Reply(error=SERVICE_UNKNOWN))
    assert stage.titles()
    bus.owners[NAME](":1.6")
    bus.answer(Reply(ALL))
    stage.tell()
    assert sent(bus)["replaces"] == 0
    bus.answer(Reply((1,)))
    assert not stage.messages.waiting


def test_what_is_on_the_screen_waits_in_the_app_when_the_bus_is_lost(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.tell()
    bus.answer(Reply((7,)))
    stage.session.lose()
    assert stage.titles() == ["LinkedIn: 12 min left."]
    new = stage.with_daemon()
    stage.tell()
    assert sent(new)["replaces"] == 0


def test_trouble_is_told_once_a_code(stage: Stage) -> None:
    bus = stage.with_daemon()
    for line in ("48", "49"):
        fields = (("file", "p.toml"), ("line", line), ("key", "limit"))
        stage.herald.tell(StatusNotice("policy_invalid", fields))
    first, second = (call.body for call in bus.calls)
    assert first[3] == "The new policy has an error in line 48."
    assert "49" in second[3]
    assert first[1] == second[1] == 0


def test_purpose_is_chosen_from_the_start_of_the_visit_when_its_button_is_pressed(
    stage: Stage,
) -> None:
    bus = stage.with_daemon()
    stage.tell_private(bus)
    assert stage.actions[2:] == ["purpose:varumarke", "Work: Build the brand", "show", "Show"]
    bus.emit("ActionInvoked", 7, "purpose:leads")  # which was not offered
    assert not stage.overview.calls
    bus.emit("ActionInvoked", 7, "purpose:varumarke")
    assert stage.overview.calls == [("choose_purpose", "varumarke", "x", True)]
    assert not stage.shown


def test_more_time_is_taken_when_its_button_is_pressed(stage: Stage) -> None:
    stage.overview.offered = ExtensionOffer(5)
    bus = stage.with_daemon()
    stage.tell_private(bus)
    assert stage.actions[4:6] == ["extend", "5 more min"]
    bus.emit("ActionInvoked", 7, "extend")
    assert stage.overview.calls == [("extend", "privat", None, "")]
    assert not bus.calls


def test_refusal_is_told_when_more_time_is_no_longer_to_be_had(stage: Stage) -> None:
    stage.overview.offered = ExtensionOffer(5)
    bus = stage.with_daemon()
    stage.tell_private(bus)

    def refuse(limit: str, channel: str | None = None, reason: str = "") -> NoReturn:
        assert not reason
        assert channel is None
        raise OutsideError(
            ErrorCode.EXTENSION_REFUSED, limit=limit, reason=ExtendRefusal.USED_UP_TODAY.value
        )

    stage.overview.extend = refuse  # type: ignore[method-assign]
    bus.emit("ActionInvoked", 7, "extend")
    notice = sent(bus)
    assert notice["title"] == "There is no more time to take"
    assert notice["replaces"] == 0


def test_choice_opens_when_more_time_wants_a_reason(stage: Stage) -> None:
    stage.overview.offered = ExtensionOffer(5, reason="required")
    bus = stage.with_daemon()
    stage.tell_private(bus)
    assert stage.actions[4:6] == ["extend", "5 more min …"]
    bus.emit("ActionInvoked", 7, "extend")
    assert [notice.step.standing.limit for notice in stage.chosen] == ["privat"]
    assert not stage.overview.calls


def test_choice_opens_for_that_notice_when_there_are_many_purposes(stage: Stage) -> None:
    many = tuple(Purpose(f"p{n}", Text((("en", f"P{n}"),))) for n in range(4))
    stage.overview.policy = replace(stage.overview.policy, purposes=many)
    bus = stage.with_daemon()
    stage.tell_private(bus)
    assert stage.actions[2:4] == ["choose", "It is for work …"]
    bus.emit("ActionInvoked", 7, "choose")
    assert [notice.channel for notice in stage.chosen] == ["x"]
    assert not stage.overview.calls


def test_ways_out_are_there_without_windows_too() -> None:
    stage = Stage(windows=False)
    stage.overview.offered = ExtensionOffer(5)
    bus = stage.with_daemon()
    stage.tell_private(bus)
    assert stage.actions == [
        *("purpose:varumarke", "Work: Build the brand"),
        *("extend", "5 more min"),
    ]
    bus.emit("ActionInvoked", 7, "default")
    bus.emit("ActionInvoked", 7, "extend")
    assert stage.overview.calls == [("extend", "privat", None, "")]


def test_no_button_is_sent_when_the_daemon_has_none(stage: Stage) -> None:
    stage.overview.offered = ExtensionOffer(5)
    bus = stage.with_daemon((["body"],))
    stage.tell_private(bus)
    assert stage.actions == []


@pytest.mark.parametrize(
    ("notice", "part"),
    [
        (GuidelineNotice("kind", "linkedin"), "guidelines"),
        (StatusNotice("policy_invalid", (("file", "policy.toml"), ("line", "3"))), "trouble"),
    ],
)
def test_policy_is_shown_when_a_notice_about_it_is_clicked(
    stage: Stage, notice: Notice, part: str
) -> None:
    bus = stage.with_daemon()
    stage.herald.tell(notice)
    bus.answer(Reply((7,)))
    bus.emit("ActionInvoked", 7, "show")
    assert stage.shown == 0
    assert stage.policy_parts == [part]


def test_guideline_is_calm_and_takes_the_last_ones_place(stage: Stage) -> None:
    bus = stage.with_daemon()
    stage.herald.tell(GuidelineNotice("kind", "linkedin"))
    assert sent(bus)["hints"]["urgency"] == ("y", LOW)
    bus.answer(Reply((7,)))
    stage.herald.tell(GuidelineNotice("secret", "x"))
    assert sent(bus)["replaces"] == 7


def test_guideline_opens_no_window_when_no_daemon_shows_it(stage: Stage) -> None:
    stage.herald.tell(GuidelineNotice("kind", "linkedin"))
    assert stage.titles() == []


def test_ways_out_go_along_when_the_notice_waits_in_the_app(stage: Stage) -> None:
    stage.overview.offered = ExtensionOffer(5)
    step = DueStep(
        made_up_standing("privat", 15, 15, Level.REACHED, None),
        Mark(MarkKind.SHARE, 100, "100%"),
        StepKind.NOTIFY,
    )
    stage.herald.tell(LimitNotice(step, "x", "private"))
    (message,) = stage.messages.waiting
    assert [button.label for button in message.buttons] == ["Work: Build the brand", "5 more min"]
    message.pressed("extend")
    message.pressed("purpose:leads")  # which was not offered
    assert stage.overview.calls == [("extend", "privat", None, "")]
