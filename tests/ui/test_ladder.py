"""The ladder on the screen: which window is open, what moves the keyboard, what minimises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_policy, made_up_standing
from tracker.clock import LedgerClock
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.limits.types import DueStep, Level
from tracker.loop import Callback
from tracker.notice import LimitNotice
from tracker.policy.types import Ladder, Mark, MarkKind, Step, StepKind
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.base import FrontPlace, Rect
from ui.ladder import Key, LadderScreen
from ui.theme import Theme
from ui.windows.ask import AskWindow
from ui.windows.countdown import CountdownWindow
from ui.windows.overlay import Overlay

MARK = Mark(MarkKind.SHARE, 100, "100%")
PLACE = FrontPlace(0, 1, 100, 80, 640, 420, full_screen=False, screen=Rect(0, 0, 800, 800))
"""A window of no number: there is none that the layer could be tied to."""


def held(do: StepKind, used: float = 15, extended: int = 0) -> LimitNotice:
    standing = made_up_standing("privat", used, 15, Level.REACHED, None, extended_min=extended)
    return LimitNotice(DueStep(standing, MARK, do), "linkedin", "private")


@dataclass
class FakeShortcut:
    """A shortcut that can be had, or not."""

    free: bool = True
    name: str = "Ctrl+Alt+K"
    pressed: Callback | None = None

    def take(self, pressed: Callback) -> bool:
        self.pressed = pressed if self.free else None
        return self.free

    def release(self) -> None:
        self.pressed = None


@dataclass
class Stage:
    """The ladder's screen on virtual time."""

    seconds: int | None = 20
    overview: FakeOverview = field(default_factory=lambda: FakeOverview(place=PLACE))
    shortcut: FakeShortcut = field(default_factory=FakeShortcut)
    explained: list[tuple[str, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Another program's, in which somebody writes.
        self.written_in = QWindow()
        self.written_in.show()
        self.time = VirtualTime(NOW)
        self.loop = VirtualLoop(self.time, LedgerClock(self.time))
        self.answered: set[Key] = set()
        self.screen = self.make()

    def make(self, language: str = "en") -> LadderScreen:
        """Make the screen, as the app does anew in another language."""
        return LadderScreen(
            self.overview,
            self.loop,
            Language(language),
            Theme(),
            countdown_s=lambda: self.seconds,
            shortcut=self.shortcut,
            why=lambda limit, channel: self.explained.append((limit, channel)),
            answered=self.answered,
        )

    def hold(self, *notices: LimitNotice) -> None:
        """Let these steps hold from now on; the keyboard stays where it is.

        The platform without a screen activates what is shown, whether asked to or not.
        """
        self.overview.holding = notices
        self.overview.change()
        self.loop.settle()
        self.written_in.requestActivate()
        QApplication.processEvents()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.loop.advance_to(self.loop.clock.now() + timedelta(seconds=seconds))
        self.loop.settle()
        QApplication.processEvents()

    @property
    def window(self) -> AskWindow | Overlay:
        assert self.screen.window is not None
        return self.screen.window

    def status(self) -> str:
        return self.window.panel.status.text()


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = Stage()
    qtbot.waitUntil(made.written_in.isExposed)
    yield made
    made.screen.close()
    made.written_in.destroy()


def test_nothing_is_on_the_screen_when_nothing_holds(stage: Stage) -> None:
    stage.hold()
    assert stage.screen.window is None


@pytest.mark.parametrize(
    ("do", "kind"),
    [
        (StepKind.ASK, AskWindow),
        (StepKind.OVERLAY, Overlay),
        (StepKind.MINIMISE, CountdownWindow),
    ],
)
def test_each_step_has_its_window_and_loses_it(
    stage: Stage, do: StepKind, kind: type[QWidget]
) -> None:
    stage.hold(held(do))
    window = stage.window
    assert type(window) is kind
    assert window.isVisible()
    stage.hold()
    assert stage.screen.window is None
    assert not window.isVisible()


def test_strongest_step_is_shown_when_several_hold(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK), held(StepKind.OVERLAY))
    assert isinstance(stage.window, Overlay)


def test_notices_are_left_to_the_herald(stage: Stage) -> None:
    assert not stage.screen.tell(held(StepKind.NOTIFY))
    assert stage.screen.tell(held(StepKind.ASK))


def test_told_step_opens_its_window_when_the_service_is_done(stage: Stage) -> None:
    stage.overview.holding = (held(StepKind.ASK),)
    stage.screen.tell(held(StepKind.ASK))
    assert stage.screen.window is None
    stage.loop.settle()
    assert isinstance(stage.window, AskWindow)


def test_words_keep_up_while_the_window_stays(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK))
    window = stage.window
    stage.hold(held(StepKind.ASK, used=17))
    assert stage.window is window
    assert window.panel.used.text() == "17 of 15 min."


def test_words_keep_up_by_themselves(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK))
    stage.overview.holding = (held(StepKind.ASK, used=17),)
    stage.wait(6)
    assert stage.window.panel.used.text() == "17 of 15 min."


def test_window_opens_at_once_when_a_step_holds_already(stage: Stage) -> None:
    stage.screen.close()
    later = Stage(overview=stage.overview)
    later.overview.holding = (held(StepKind.ASK),)
    later.loop.settle()
    assert later.window.isVisible()
    later.screen.close()
    later.written_in.destroy()


def test_layer_lies_over_the_channels_window_and_follows_it(stage: Stage) -> None:
    stage.hold(held(StepKind.OVERLAY))
    assert stage.window.geometry().getRect() == (100, 80, 640, 420)
    stage.overview.place = replace(PLACE, x=140, width=500)
    stage.wait(0.5)
    assert stage.window.geometry().getRect() == (140, 80, 500, 420)


def test_layer_waits_for_another_window_to_be_judged(stage: Stage) -> None:
    stage.hold(held(StepKind.OVERLAY))
    stage.overview.place = None
    stage.wait(0.25)
    assert not stage.window.isVisible()
    stage.overview.place = replace(PLACE, x=300)
    stage.wait(0.25)
    assert not stage.window.isVisible()
    stage.wait(0.25)
    assert stage.window.isVisible()
    assert stage.window.x() == 300


def test_layer_makes_room_for_another_of_our_windows(stage: Stage, qtbot: QtBot) -> None:
    stage.hold(held(StepKind.OVERLAY))
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    stage.wait(0.5)
    assert not stage.window.isVisible()
    other.close()
    stage.wait(0.5)
    assert stage.window.isVisible()


def test_layer_asks_when_no_place_for_it_is_known(stage: Stage) -> None:
    stage.overview.place = None
    stage.hold(held(StepKind.OVERLAY))
    assert type(stage.window) is AskWindow
    assert stage.window.panel.minimise_button.isHidden()


def test_keyboard_stays_where_it_is_while_somebody_types(stage: Stage) -> None:
    stage.overview.input_age = 300
    stage.hold(held(StepKind.ASK))
    stage.wait(60)
    assert not stage.window.isActiveWindow()


def test_keyboard_moves_when_nobody_types_and_presses_nothing(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK))
    stage.overview.input_age = 5_000
    stage.wait(1.5)
    assert not stage.window.isActiveWindow(), "two seconds have not passed since it came"
    stage.wait(1)
    assert stage.window.isActiveWindow()
    assert stage.window.panel.hasFocus(), "no button, no line of text"


def test_keyboard_stays_where_it_is_when_nobody_tells_of_input(stage: Stage) -> None:
    stage.overview.input_age = None
    stage.shortcut.free = False
    stage.hold(held(StepKind.ASK))
    stage.wait(60)
    assert not stage.window.isActiveWindow()
    assert stage.window.panel.hint.isHidden()


def test_shortcut_moves_the_keyboard_while_a_window_is_shown(stage: Stage) -> None:
    stage.hold(held(StepKind.OVERLAY))
    assert "Ctrl+Alt+K" in stage.window.panel.hint.text()
    assert stage.shortcut.pressed is not None
    stage.shortcut.pressed()
    QApplication.processEvents()
    assert stage.window.isActiveWindow()
    stage.hold()
    assert stage.shortcut.pressed is None, "the shortcut is given back"


@pytest.mark.parametrize(("do", "closes"), [(StepKind.ASK, True), (StepKind.OVERLAY, False)])
def test_window_says_what_keys_do_once_it_has_the_keyboard(
    stage: Stage, do: StepKind, closes: bool
) -> None:
    stage.hold(held(do))
    stage.screen._keyboard.take()
    QApplication.processEvents()
    told = stage.window.panel.hint.text()
    assert told.startswith("The keyboard is here: Tab goes to the ways out")
    assert ("Esc closes" in told) is closes


@pytest.mark.parametrize(
    ("free", "age", "told"),
    [
        (True, 0, "Ctrl+Alt+K moves the keyboard here, and so does a pause of 2 seconds."),
        (True, None, "Ctrl+Alt+K moves the keyboard here. Until"),
        (False, 0, "A pause of 2 seconds moves the keyboard here."),
        (False, None, ""),
    ],
)
def test_only_ways_that_there_are_move_the_keyboard(
    stage: Stage, free: bool, age: int | None, told: str
) -> None:
    stage.shortcut.free, stage.overview.input_age = free, age
    stage.hold(held(StepKind.ASK))
    assert stage.window.panel.hint.text().startswith(told)
    assert stage.window.panel.hint.isHidden() is (not told)


def test_shortcut_is_not_spoken_of_when_another_program_has_it(stage: Stage) -> None:
    stage.shortcut.free = False
    stage.hold(held(StepKind.ASK))
    assert stage.window.panel.hint.text().startswith("A pause of 2 seconds")


def test_answered_question_does_not_come_again_as_it_was(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK))
    stage.window.panel.stop_button.click()
    assert stage.screen.window is None
    stage.hold()
    stage.hold(held(StepKind.ASK, used=16))
    assert stage.screen.window is None
    stage.hold(held(StepKind.ASK, used=20, extended=5))
    assert stage.window.isVisible(), "more time was used up: that is another question"


def test_closed_question_is_answered(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK))
    stage.window.close()
    assert stage.screen.window is None


@pytest.mark.parametrize("do", [StepKind.OVERLAY, StepKind.MINIMISE])
def test_what_holds_is_not_closed_by_its_frame(stage: Stage, do: StepKind) -> None:
    stage.hold(held(do))
    stage.window.close()
    assert stage.window.isVisible()


def test_purpose_covers_the_visit_unless_the_second_choice_is_taken(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK))
    stage.window.panel.purpose_buttons["leads"].click()
    stage.hold()
    stage.hold(held(StepKind.OVERLAY))
    stage.window.panel.later.click()
    stage.window.panel.purpose_buttons["varumarke"].click()
    chosen = [call for call in stage.overview.calls if call[0] == "choose_purpose"]
    assert [call[1:4] for call in chosen] == [
        ("leads", "linkedin", True),
        ("varumarke", "linkedin", False),
    ]


def test_question_is_answered_by_any_purpose(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK))
    stage.window.panel.purpose_buttons["leads"].click()
    assert stage.screen.window is None


def test_layer_offers_other_ways_when_the_time_is_for_something_else(stage: Stage) -> None:
    stage.hold(held(StepKind.OVERLAY))
    assert set(stage.window.panel.purpose_buttons) == {"leads", "varumarke"}
    stage.screen._keyboard.take()
    QApplication.processEvents()
    stage.overview.choices["linkedin"] = "leads"
    stage.overview.change()
    stage.loop.settle()
    QApplication.processEvents()
    assert set(stage.window.panel.purpose_buttons) == {"varumarke", "private"}
    assert stage.window.isActiveWindow()


def test_more_time_is_taken_with_its_reason(stage: Stage) -> None:
    stage.overview.offered = replace(stage.overview.offered, reason="required")
    stage.hold(held(StepKind.OVERLAY))
    panel = stage.window.panel
    assert not panel.more_button.isEnabled()
    panel.reason.setText("  A customer called ")
    panel.more_button.click()
    assert ("extend", "privat", None, "A customer called") in stage.overview.calls


def test_window_stays_and_says_why_when_the_policy_refuses(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError(ErrorCode.EXTENSION_REFUSED, limit="privat", reason="used_up_today")

    monkeypatch.setattr(stage.overview, "extend", refuse)
    stage.hold(held(StepKind.ASK))
    stage.window.panel.more_button.click()
    assert stage.window.isVisible()
    assert stage.window.panel.problem.text()
    assert not stage.window.panel.problem.isHidden()


def test_window_is_minimised_when_the_countdown_is_over_and_nobody_types(stage: Stage) -> None:
    stage.hold(held(StepKind.MINIMISE))
    stage.overview.input_age = 500
    assert stage.status() == "LinkedIn is minimised in 20 seconds. Nothing is closed."
    stage.wait(10)
    assert "in 10 seconds" in stage.status()
    stage.wait(20)
    assert stage.status() == "LinkedIn is minimised as soon as you pause. Nothing is closed."
    assert stage.overview.calls == []
    stage.overview.input_age = 2_000
    stage.wait(0.5)
    assert stage.overview.calls == [("minimise_front", PLACE.window)]
    assert stage.screen.window is None


def test_countdown_is_not_begun_anew_while_its_window_goes(stage: Stage) -> None:
    stage.seconds = 1
    stage.overview.input_age = 3_000
    stage.hold(held(StepKind.MINIMISE))
    stage.wait(1.9)
    stage.hold(held(StepKind.MINIMISE))
    assert stage.screen.window is None
    stage.wait(1.5)
    assert isinstance(stage.window, CountdownWindow), "the window manager did not do it"


def test_another_window_of_the_channel_has_its_own_time(stage: Stage) -> None:
    stage.hold(held(StepKind.MINIMISE))
    stage.overview.input_age = 3_000
    stage.wait(15)
    stage.written_in.requestActivate()
    QApplication.processEvents()
    stage.overview.place = replace(PLACE, window=7)
    stage.wait(15)
    assert stage.overview.calls == []
    stage.wait(16)
    assert stage.overview.calls == [("minimise_front", 7)]


def test_nothing_opens_any_more_when_the_screen_was_closed(stage: Stage) -> None:
    stage.screen.close()
    stage.hold(held(StepKind.ASK))
    stage.screen.tell(held(StepKind.ASK))
    stage.loop.settle()
    assert stage.screen.window is None


def test_nothing_is_minimised_when_the_channel_was_left(stage: Stage) -> None:
    stage.seconds = 1
    stage.hold(held(StepKind.MINIMISE))
    stage.overview.input_age = 3_000
    stage.overview.holding = ()
    stage.wait(5)
    assert stage.overview.calls == []


def test_nothing_is_minimised_by_itself_when_the_person_wants_it_so(stage: Stage) -> None:
    stage.seconds = None
    stage.overview.input_age = 3_000
    stage.hold(held(StepKind.MINIMISE))
    stage.wait(3600)
    assert stage.overview.calls == []
    assert stage.window.panel.status.isHidden()
    stage.window.panel.minimise_button.click()
    assert stage.overview.calls == [("minimise_front", PLACE.window)]


def test_countdown_waits_for_who_answers_and_not_for_who_does_not(stage: Stage) -> None:
    stage.hold(held(StepKind.MINIMISE))
    assert stage.shortcut.pressed is not None
    stage.shortcut.pressed()
    QApplication.processEvents()
    stage.overview.input_age = 1_000
    stage.wait(60)
    assert stage.status() == "The countdown waits while you answer."
    stage.overview.input_age = 15_000
    stage.wait(25)
    assert stage.overview.calls == [("minimise_front", PLACE.window)]


def test_question_offers_to_minimise_when_the_policys_ladder_does(stage: Stage) -> None:
    steps = (Step(MARK, StepKind.ASK), Step(MARK, StepKind.MINIMISE))
    stage.hold(held(StepKind.ASK))
    assert stage.window.panel.minimise_button.isHidden()
    stage.hold()
    stage.overview.policy = made_up_policy(ladders=(Ladder("default", steps),))
    stage.hold(held(StepKind.ASK))
    stage.window.panel.minimise_button.click()
    assert stage.overview.calls == [("minimise_front", PLACE.window)]
    assert stage.screen.window is None


def test_answered_question_stays_answered_when_the_language_changes(stage: Stage) -> None:
    stage.hold(held(StepKind.ASK))
    stage.window.panel.stop_button.click()
    stage.screen.close()
    stage.screen = stage.make("sv")
    stage.hold(held(StepKind.ASK, used=16))
    assert stage.screen.window is None
    stage.hold(held(StepKind.ASK, used=20, extended=5))
    assert stage.window.isVisible()


@pytest.mark.parametrize("do", [StepKind.ASK, StepKind.OVERLAY, StepKind.MINIMISE])
def test_why_is_asked_of_the_limit_and_the_window_stays(stage: Stage, do: StepKind) -> None:
    stage.hold(held(do))
    before = stage.window
    before.panel.why_button.click()
    assert stage.explained == [("privat", None)]
    stage.wait(0.5)
    assert stage.window is before
    assert stage.answered == set()


def test_why_is_not_offered_when_nobody_says_it(stage: Stage) -> None:
    stage.screen.close()
    stage.screen = LadderScreen(stage.overview, stage.loop, Language("en"), Theme())
    stage.hold(held(StepKind.ASK))
    assert not stage.window.panel.why_button.isVisible()


def test_countdown_and_keyboard_wait_while_why_is_read(stage: Stage, qtbot: QtBot) -> None:
    stage.hold(held(StepKind.MINIMISE))
    why = QWidget()
    qtbot.addWidget(why)
    why.show()
    why.activateWindow()
    qtbot.waitUntil(why.isActiveWindow)
    stage.overview.input_age = 3_000
    stage.wait(60)
    assert why.isActiveWindow(), "the keyboard stays where the person reads"
    assert stage.status() == "The countdown waits while you answer."
    assert stage.overview.calls == []


def test_refusal_names_the_purpose_as_the_policy_does(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise OutsideError(ErrorCode.NO_NOTE, purpose="leads")

    monkeypatch.setattr(stage.overview, "choose_purpose", refuse)
    stage.hold(held(StepKind.ASK))
    stage.window.panel.purpose_buttons["leads"].click()
    assert "with “Win leads”." in stage.window.panel.problem.text()


def test_colours_change_while_it_is_shown(stage: Stage) -> None:
    stage.hold(held(StepKind.OVERLAY))
    stage.screen.set_theme(Theme())
    assert stage.window.isVisible()
