"""The crisis that a person has open holds anywhere, and each day knows of it in its hours."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.desk import HOURS, MONDAY, POLICY, TODAY, Desk, StubbornStorage
from tests.made_up import made_up_policy
from tracker.crisis import CLOSED, CRISIS, FIRST_REPLY, CrisisBook, OpenCrisis
from tracker.errors import ErrorCode, OutsideError
from tracker.storage.base import Batch, CrisisMark, Evaluation, Storage
from tracker.storage.memory import MemoryStorage
from tracker.storage.sql import SqlStorage

CRISES = """
[[crisis.level]]
id = "criticism"
trigger = { en = "A customer complains" }
first_reply = 30
lifts = ["private"]
[[crisis.level]]
id = "storm"
trigger = { en = "The press calls" }
[[crisis.step]]
level = "criticism"
text = { en = "Delete nothing." }
[[crisis.step]]
level = "storm"
text = { en = "Gather the crisis group." }
[[crisis.step]]
level = "criticism"
within = 60
text = { en = "Answer." }
"""
LINK = "https://example.com/post/1"
EVENING = MONDAY + timedelta(hours=10)  # 18:00 in Stockholm
LATE = MONDAY + timedelta(hours=18.5)  # 03:30, half an hour before the day's end


def desk(folder: Path, policy: str = POLICY + CRISES, **more: object) -> Desk:
    return Desk(folder, policy, **more).start()  # type: ignore[arg-type]


def restarted(at: Desk) -> Desk:
    at.service.stop()
    at.open()
    return at.start()


def marks(storage: Storage, day: date = TODAY) -> list[tuple[datetime, str | None]]:
    return [(e.at, e.level) for e in storage.records(day, day) if isinstance(e, CrisisMark)]


def refusal(code: ErrorCode) -> AbstractContextManager[pytest.ExceptionInfo[OutsideError]]:
    return pytest.raises(OutsideError, match=code)


def test_crisis_holds_when_it_was_opened_before_acceptance(tmp_path: Path) -> None:
    at = Desk(tmp_path, POLICY + CRISES, accept_all=False).start()
    at.service.open_crisis("criticism", LINK)
    at.wait(60)
    at.service.set_crisis_step(1, done=True)
    at = restarted(at)
    held = OpenCrisis("criticism", MONDAY, LINK, frozenset({1}))
    assert at.service.crisis() == held
    assert (at.service.status().crisis, at.service.status().accepted) == ("criticism", False)
    assert marks(at.storage) == []
    at.service.accept("en")
    assert marks(at.storage) == [(MONDAY + timedelta(seconds=60), "criticism")]
    at.service.open_crisis(None)
    assert (at.service.crisis(), at.service.unevaluated_crisis()) == (None, held)


def test_only_the_link_changes_when_the_same_level_is_opened_again(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.open_crisis("criticism")
    at.service.set_crisis_step(0, done=True)
    at.wait(5)
    at.service.open_crisis("criticism", LINK)
    at.service.open_crisis("criticism")
    assert at.service.crisis() == OpenCrisis("criticism", MONDAY, LINK, frozenset({0}))
    at.service.open_crisis("criticism", "")
    assert at.service.crisis() == OpenCrisis("criticism", MONDAY, "", frozenset({0}))


def test_deadlines_begin_anew_when_another_level_is_opened(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.open_crisis("criticism", LINK)
    at.service.set_crisis_step(0, done=True)
    at.wait(5)
    at.service.open_crisis("storm")
    assert at.service.crisis() == OpenCrisis("storm", MONDAY + timedelta(seconds=5), LINK)
    assert at.service.unevaluated_crisis() is None


def test_first_reply_is_done_apart_from_the_steps(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.open_crisis("criticism")
    at.service.set_crisis_step(FIRST_REPLY, done=True)
    at.service.set_crisis_step(0, done=True)
    assert restarted(at).service.crisis() == OpenCrisis(
        "criticism", MONDAY, "", frozenset({FIRST_REPLY, 0})
    )
    at.service.open_crisis("storm")
    with refusal(ErrorCode.UNKNOWN_CRISIS_STEP):
        at.service.set_crisis_step(FIRST_REPLY, done=True)


def test_step_is_not_done_when_it_is_taken_back(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.open_crisis("criticism")
    at.service.set_crisis_step(0, done=True)
    at.service.set_crisis_step(1, done=True)
    at.service.set_crisis_step(0, done=False)
    at.service.set_crisis_step(0, done=False)
    held = at.service.crisis()
    assert held is not None
    assert held.done == {1}


@pytest.mark.parametrize("index", [-1, 1, 2])
def test_step_is_refused_when_the_level_has_none_such(tmp_path: Path, index: int) -> None:
    at = desk(tmp_path)
    with refusal(ErrorCode.NO_OPEN_CRISIS):
        at.service.set_crisis_step(0, done=True)
    at.service.open_crisis("storm")
    with refusal(ErrorCode.UNKNOWN_CRISIS_STEP):
        at.service.set_crisis_step(index, done=True)


def test_level_is_refused_when_the_policy_has_none_such(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.open_crisis("storm")
    with refusal(ErrorCode.UNKNOWN_CRISIS_LEVEL):
        at.service.open_crisis("flood")
    assert at.service.crisis() == OpenCrisis("storm", MONDAY)


def test_done_steps_stay_with_their_texts_when_the_policy_orders_them_anew(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.open_crisis("criticism")
    at.service.set_crisis_step(1, done=True)
    first = '[[crisis.step]]\nlevel = "criticism"\ntext = { en = "Breathe." }\n'
    at.policy_file.write_text(
        POLICY + CRISES.replace("[[crisis.step]]", first + "[[crisis.step]]", 1)
    )
    at.wait(5)
    held = at.service.crisis()
    assert held is not None
    assert held.done == {2}
    at.policy_file.write_text(POLICY + CRISES.replace('"Answer."', '"Answer kindly."'))
    at.wait(5)
    held = at.service.crisis()
    assert held is not None
    assert held.done == set()


def test_level_stays_open_and_lifts_nothing_when_the_policy_knows_it_no_more(
    tmp_path: Path,
) -> None:
    at = desk(tmp_path)
    at.service.open_crisis("criticism")
    at.policy_file.write_text(POLICY)
    at.wait(5)
    assert at.service.crisis() == OpenCrisis("criticism", MONDAY)
    assert at.service.today().lifted == ()
    at.service.open_crisis(None)
    assert at.service.crisis() is None


def test_note_of_a_level_alone_is_understood_when_an_earlier_release_wrote_it(
    tmp_path: Path,
) -> None:
    storage = MemoryStorage()
    storage.write(Batch(notes={CRISIS: "criticism"}))
    at = desk(tmp_path, storage=storage)
    assert at.service.crisis() == OpenCrisis("criticism", MONDAY)


@pytest.mark.parametrize(
    "note", ["{", "{}", '{"level": "storm", "opened": "noon", "link": "", "done": []}', "[]"]
)
def test_nothing_is_open_when_the_note_is_broken(note: str) -> None:
    storage = MemoryStorage()
    storage.write(Batch(notes={CLOSED: note}))
    book = CrisisBook(storage, lambda: MONDAY, lambda: pytest.fail("not asked"))
    if note == "[]":
        assert book._read(CLOSED) is not None  # as good as any id, and of no level
    else:
        assert book.closed is None


# Evaluation


def test_crisis_is_closed_when_it_is_evaluated(tmp_path: Path) -> None:
    at = desk(tmp_path, storage=SqlStorage(tmp_path / "store.db"))
    at.service.open_crisis("criticism", LINK)
    at.wait(60)
    written = at.service.evaluate_crisis("A lot", "Ours", "To answer")
    end = MONDAY + timedelta(seconds=60)
    assert written == Evaluation(end, MONDAY, "criticism", LINK, "A lot", "Ours", "To answer")
    at = restarted(at)
    assert (at.service.crisis(), at.service.unevaluated_crisis()) == (None, None)
    assert list(at.service.evaluations()) == [written]
    at.storage.close()


def test_evaluation_is_of_the_closed_crisis_when_none_is_open(tmp_path: Path) -> None:
    at = desk(tmp_path)
    with refusal(ErrorCode.NO_OPEN_CRISIS):
        at.service.evaluate_crisis("", "", "")
    at.service.open_crisis("criticism", LINK)
    at.service.open_crisis(None)
    at = restarted(at)
    at.stand_still(7 * 86_400)
    written = at.service.evaluate_crisis("A lot", "Ours", "To answer")
    assert (written.opened, written.level, written.link) == (MONDAY, "criticism", LINK)
    assert at.service.unevaluated_crisis() is None
    with refusal(ErrorCode.NO_OPEN_CRISIS):
        at.service.evaluate_crisis("", "", "")


def test_nothing_is_asked_for_any_more_when_a_closed_crisis_is_dropped(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.open_crisis("criticism")
    at.service.open_crisis(None)
    at.service.open_crisis(None)
    assert at.service.unevaluated_crisis() == OpenCrisis("criticism", MONDAY)
    at.service.drop_crisis()
    assert restarted(at).service.unevaluated_crisis() is None
    assert list(at.service.evaluations()) == []


def test_crisis_stays_open_when_its_evaluation_cannot_be_stored(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert isinstance(at.storage, StubbornStorage)
    at.service.open_crisis("criticism")
    at.storage.refuses = OutsideError(ErrorCode.STORE_FULL, file="store.db")
    with refusal(ErrorCode.STORE_FULL):
        at.service.evaluate_crisis("A lot", "Ours", "To answer")
    assert at.service.crisis() == OpenCrisis("criticism", MONDAY)
    at.storage.refuses = None
    at.service.evaluate_crisis("A lot", "Ours", "To answer")
    assert len(at.service.evaluations()) == 1


@pytest.mark.parametrize("accepted", [True, False])
def test_crisis_opens_all_the_same_when_the_disk_is_full(tmp_path: Path, accepted: bool) -> None:
    at = Desk(tmp_path, POLICY + CRISES, accept_all=accepted).start()
    assert isinstance(at.storage, StubbornStorage)
    at.storage.refuses = OutsideError(ErrorCode.STORE_FULL, file="store.db")
    at.service.open_crisis("criticism")
    at.wait(5)
    assert at.service.crisis() == OpenCrisis("criticism", MONDAY)
    assert [code for code, _ in at.service.status().trouble] == [ErrorCode.STORE_FULL]
    at.storage.refuses = None
    at.wait(5)
    assert at.service.status().trouble == ()
    assert restarted(at).service.crisis() == OpenCrisis("criticism", MONDAY)


class _Unreadable(MemoryStorage):
    locked = False

    def note(self, key: str) -> str | None:
        if self.locked:
            raise OutsideError(ErrorCode.STORE_BUSY, file="store.db")
        return super().note(key)


def test_crisis_is_there_again_when_the_store_could_not_be_read_for_a_while() -> None:
    storage = _Unreadable()
    storage.write(Batch(notes={CRISIS: "storm"}))
    book = CrisisBook(storage, lambda: MONDAY, made_up_policy)
    storage.locked = True
    assert (book.level, getattr(book.trouble, "code", None)) == (None, ErrorCode.STORE_BUSY)
    storage.locked = False
    book.flush()
    assert (book.level, book.trouble) == ("storm", None)


# What a day knows


def test_day_is_marked_when_a_level_opens_and_closes_in_hours(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.wait(1)
    assert at.service.today().lifted == ()
    at.service.open_crisis("criticism")
    at.wait(60)
    at.service.open_crisis(None)
    at.wait(60)
    at.service.open_crisis("storm")
    opened = MONDAY + timedelta(seconds=1)
    assert at.service.today().lifted == ("private",)
    at = restarted(at)
    assert at.service.today().lifted == ("private",)
    assert marks(at.storage) == [
        (opened, "criticism"),
        (opened + timedelta(seconds=60), None),
        (opened + timedelta(seconds=120), "storm"),
    ]


def test_nothing_is_marked_when_a_level_is_open_outside_hours_only(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + HOURS + CRISES, start=EVENING)
    at.service.open_crisis("criticism")
    at.wait(3600)
    assert at.service.today().lifted == ()
    at.service.open_crisis(None)
    at.wait(13.5 * 3600)  # 08:30
    assert (marks(at.storage), marks(at.storage, date(2026, 11, 24))) == ([], [])


def test_day_is_marked_at_its_first_hour_when_a_level_was_opened_the_evening_before(
    tmp_path: Path,
) -> None:
    at = desk(tmp_path, POLICY + HOURS + CRISES, start=EVENING)
    at.service.open_crisis("criticism")
    at.wait(14.5 * 3600)  # 08:30
    morning = MONDAY + timedelta(hours=23)
    assert marks(at.storage, date(2026, 11, 24)) == [(morning, "criticism")]
    assert at.service.today().lifted == ("private",)
    assert [day.lifted for day in at.service.week(TODAY)][:3] == [(), ("private",), ()]


def test_day_is_marked_closed_when_the_level_was_closed_between_its_hours(tmp_path: Path) -> None:
    hours = '[hours]\nmon-fri = ["08:00-10:00", "11:00-17:00"]\n'
    at = desk(tmp_path, POLICY + hours + CRISES)
    at.service.open_crisis("criticism")
    at.wait(1.5 * 3600)
    at.service.open_crisis(None)
    at.wait(3600)
    assert marks(at.storage) == [(MONDAY, "criticism"), (MONDAY + timedelta(hours=2), None)]


def test_each_day_is_marked_when_a_level_stays_open_over_midnight(tmp_path: Path) -> None:
    at = desk(tmp_path, start=LATE)
    at.service.open_crisis("criticism")
    at.wait(3600)
    assert marks(at.storage) == [(LATE, "criticism")]
    turn = MONDAY + timedelta(hours=19)
    assert marks(at.storage, date(2026, 11, 24)) == [(turn, "criticism")]


def test_day_is_judged_by_its_own_policy_when_another_lifts_nothing(tmp_path: Path) -> None:
    at = desk(tmp_path, start=LATE)
    at.front("discord")
    at.service.open_crisis("criticism")
    at.wait(60)
    at.service.open_crisis(None)
    at.wait(3600)
    at.policy_file.write_text(POLICY)
    at.wait(5)
    assert at.service.day(TODAY).lifted == ("private",)
    at.service.stop()
    assert at.service.day(TODAY).lifted == ("private",)
