"""The service at a made-up desk, through everything that may happen to it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.desk import HOURS, MONDAY, POLICY, TODAY, Desk, StubbornStorage
from tracker import facts
from tracker.errors import ErrorCode, OutsideError
from tracker.model import GapKind, Source, StateKind
from tracker.notice import LimitNotice, StatusNotice
from tracker.policy.person import PersonLookup
from tracker.policy.types import Person
from tracker.watchers.base import Sense

SECOND = 1000


def desk(tmp_path: Path, policy: str = POLICY, **how: object) -> Desk:
    return Desk(tmp_path, policy, **how).start()  # type: ignore[arg-type]


def steps(at: Desk) -> list[tuple[str, str]]:
    return [
        (notice.step.mark.text, notice.step.do.value)
        for notice in at.notices
        if isinstance(notice, LimitNotice)
    ]


def test_time_goes_to_the_channel_in_front_when_windows_change(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(5)
    at.front("firefox", "Ada Lovelace | LinkedIn — Mozilla Firefox")
    at.wait(3)
    at.front("gedit", "linkedin.txt")
    at.wait(60)
    at.front(None)
    at.wait(2)
    assert at.used() == {"discord": 5 * SECOND, "linkedin": 3 * SECOND}
    first, second = at.service.rows(TODAY)[0]
    assert (first.source, first.certain) == (Source.APP, True)
    assert (second.source, second.certain, second.start) == (
        Source.TITLE, False, MONDAY + timedelta(seconds=5),
    )  # fmt: skip


def test_nothing_is_stored_when_the_person_has_not_accepted(tmp_path: Path) -> None:
    at = desk(tmp_path, accept_all=False)
    assert at.watcher.host is None
    at.wait(60)
    assert at.service.status().accepted is False
    assert at.service.today().measuring is False
    assert at.storage.note("alive") is None
    with pytest.raises(OutsideError) as refused:
        at.service.pause()
    assert refused.value.code is ErrorCode.NOT_ACCEPTED
    at.service.accept("sv")
    at.front("discord")
    at.wait(4)
    assert at.used() == {"discord": 4 * SECOND}
    (consent,) = at.storage.consents()
    assert (consent.policy_id, consent.version, consent.language) == ("test", "1", "sv")


def test_measuring_ends_when_a_new_version_is_not_accepted_yet(tmp_path: Path) -> None:
    at = desk(tmp_path, accept_all=False)
    at.service.accept("en")
    at.front("discord")
    at.wait(6)
    at.policy_file.write_text(POLICY.replace('version = "1"', 'version = "2"'), "utf-8")
    at.wait(60)
    assert at.service.status().accepted is False
    assert at.service.day(TODAY).channels[0].total_ms == 8 * SECOND
    at.service.accept("en")
    assert at.service.status().accepted is True


def test_stall_is_credited_to_nothing_when_the_process_stood_still(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(4)
    at.stand_still(13)
    at.wait(10)
    assert at.used() == {"discord": 14 * SECOND}
    ((_, gap), gaps) = at.service.rows(TODAY)
    assert [g.kind for g in gaps] == [GapKind.NOT_MEASURED]
    assert gaps[0].duration_ms == 13 * SECOND
    assert at.service.today().not_measured_ms == 13 * SECOND
    assert gap.start == gaps[0].end


def test_delay_is_credited_when_it_is_shorter_than_a_stall(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(4)
    at.stand_still(7.9)
    at.wait(0.1)
    assert at.used() == {"discord": 12 * SECOND}


def test_suspend_is_sleep_when_no_signal_told_of_it(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(4)
    at.time.suspend(3600 * SECOND)
    at.wait(10)
    assert at.used() == {"discord": 14 * SECOND}
    assert at.service.today().not_measured_ms == 0
    assert at.service.run.ledger.elapsed[StateKind.ASLEEP] == 3600 * SECOND


def test_gap_is_not_measured_when_the_program_was_killed(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(10)  # the last check was after 8 s
    at.stand_still(60)
    at.open()  # nobody stopped it
    at.start()
    at.front("discord")
    at.wait(5)
    assert at.used() == {"discord": 13 * SECOND}
    assert at.service.today().not_measured_ms == 62 * SECOND
    spans, gaps = at.service.rows(TODAY)
    assert [span.duration_ms for span in spans] == [8 * SECOND, 5 * SECOND]
    assert gaps[0].start == spans[0].end
    assert gaps[0].end == spans[1].start


def test_nothing_is_lost_when_it_is_stopped_and_started(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(481)
    at.service.stop()
    at.open()
    at.start()
    at.front("discord")
    at.wait(200)
    assert at.used() == {"discord": 681 * SECOND}
    assert steps(at) == [("80%", "notify"), ("100%", "ask")]
    assert at.service.today().not_measured_ms == 0


def test_tail_is_taken_back_when_the_person_was_idle(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(200)
    now = at.clock.now()
    at.watcher.tell(facts.Idle(now, now - timedelta(seconds=180)))
    at.wait(60)
    assert at.used() == {"discord": 20 * SECOND}
    at.watcher.tell(facts.Active(at.clock.now()))
    at.wait(5)
    assert at.used() == {"discord": 25 * SECOND}
    stored = at.storage.totals(TODAY, TODAY)
    at.service.stop()
    stored = at.storage.totals(TODAY, TODAY)
    assert sum(stored[TODAY].channels.values()) == 25 * SECOND


def test_tail_of_an_earlier_run_is_taken_back_when_the_person_was_idle(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("linkedin")
    at.front("discord")
    at.wait(100)
    at.service.stop()
    at.open()
    at.start()
    at.front("discord")
    at.wait(150)
    now = at.clock.now()
    for _ in range(2):
        at.watcher.tell(facts.Idle(now, now - timedelta(seconds=180)))
    assert at.used() == {"discord": 70 * SECOND}
    at.wait(4)
    (span,) = at.storage.spans(TODAY, TODAY)
    assert span.duration_ms == 70 * SECOND
    assert sum(at.storage.totals(TODAY, TODAY)[TODAY].channels.values()) == 70 * SECOND


def test_tail_of_an_earlier_run_is_taken_back_once_when_idle_is_told_twice(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path).start()
    desk.front("discord")
    desk.wait(60)
    desk.service.stop()
    desk.open()
    desk.start()
    now = desk.clock.now()
    for seconds in (1, 2):
        desk.watcher.tell(facts.Idle(now, now - timedelta(seconds=seconds)))
    assert desk.used() == {"discord": 58_000}
    assert sum(span.duration_ms for span in desk.service.rows(TODAY)[0]) == 58_000


def test_ask_waits_for_input_when_nobody_typed_lately(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.watcher.idle = 10_001
    at.wait(700)
    assert steps(at) == [("80%", "notify")]
    at.watcher.idle = 9_999
    at.wait(4)
    assert steps(at) == [("80%", "notify"), ("100%", "ask")]


def test_missed_change_is_found_when_the_watcher_is_asked_again(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(2)
    at.watcher.confirmed.append(facts.Foreground(at.clock.now(), "gedit"))
    at.wait(10)
    assert at.used() == {"discord": 2 * SECOND}


def test_policy_file_takes_effect_when_it_changes(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(300)
    at.policy_file.write_text(POLICY.replace("day = 10", "day = 5"), "utf-8")
    at.wait(4)
    assert steps(at) == [("100%", "ask")]
    assert at.used() == {"discord": 304 * SECOND}


def test_last_good_policy_stays_when_the_file_breaks(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.policy_file.write_text(POLICY.replace("day = 10", "day = ten"), "utf-8")
    at.wait(20)
    assert at.used() == {"discord": 20 * SECOND}
    troubles = [n for n in at.notices if isinstance(n, StatusNotice)]
    assert [trouble.code for trouble in troubles] == ["policy_invalid"]
    assert dict(troubles[0].fields)["line"] == "23"
    assert at.service.status().trouble[0][0] == "policy_invalid"
    at.policy_file.write_text(POLICY, "utf-8")
    at.wait(4)
    assert at.service.status().trouble == ()


def test_batch_waits_when_the_disk_is_full(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert isinstance(at.storage, StubbornStorage)
    at.front("discord")
    at.storage.refuses = OutsideError(ErrorCode.STORE_FULL, file="store")
    at.wait(60)
    assert at.storage.spans(TODAY, TODAY) == []
    assert at.used() == {"discord": 60 * SECOND}
    assert [n.code for n in at.notices if isinstance(n, StatusNotice)] == ["store_full"]
    at.storage.refuses = None
    at.wait(4)
    (span,) = at.storage.spans(TODAY, TODAY)
    assert span.duration_ms == 64 * SECOND
    assert at.service.status().trouble == ()


def test_pause_ends_by_itself_and_holds_over_a_restart(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(10)
    at.service.pause(at.clock.now() + timedelta(seconds=100))
    at.wait(40)
    assert at.service.status().paused
    at.service.stop()
    at.open()
    at.start()
    at.front("discord")
    at.wait(30)
    assert at.service.status().paused
    at.wait(35)
    assert not at.service.status().paused
    assert at.used() == {"discord": 15 * SECOND}
    assert at.service.today().paused_ms == 100 * SECOND


def test_nothing_is_stored_when_hours_are_over(tmp_path: Path) -> None:
    evening = datetime(2026, 11, 23, 15, 59, 50, tzinfo=UTC)
    at = desk(tmp_path, POLICY + HOURS, start=evening)
    at.front("discord")
    at.wait(3600)
    alive = at.storage.note("alive")
    assert alive is not None
    assert datetime.fromisoformat(alive) <= datetime(2026, 11, 23, 16, 0, 1, tzinfo=UTC)
    assert at.used() == {"discord": 10 * SECOND}
    at.service.pause()
    at.wait(3600)
    at.service.stop()
    (span,) = at.storage.spans(TODAY, TODAY)
    assert span.end == datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert at.storage.gaps(TODAY, TODAY) == []


def test_break_is_other_when_no_limit_takes_it(tmp_path: Path) -> None:
    noon = datetime(2026, 11, 23, 10, 59, 50, tzinfo=UTC)
    at = desk(tmp_path, POLICY.replace("day = 10", 'day = 10\nwindow = "work"') + HOURS, start=noon)
    at.front("discord")
    at.wait(100)
    assert at.used() == {"discord": 10 * SECOND}
    assert at.service.status().state.reason == "break"


def test_time_is_not_measured_when_the_display_is_lost(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(5)
    at.watcher.tell(facts.Blind(at.clock.now(), ErrorCode.DISPLAY_LOST.value))
    at.wait(10)
    assert at.used() == {"discord": 5 * SECOND}
    assert at.service.today().not_measured_ms == 10 * SECOND
    assert [n.code for n in at.notices if isinstance(n, StatusNotice)] == ["display_lost"]
    at.watcher.tell(facts.Sighted(at.clock.now()))
    at.front("discord")
    at.wait(5)
    assert at.used() == {"discord": 10 * SECOND}


@pytest.mark.expects_log("watcher scripted: display_lost")
def test_time_is_not_measured_when_no_watcher_sees_the_front(tmp_path: Path) -> None:
    at = Desk(tmp_path)
    at.watcher.fails = OutsideError(ErrorCode.DISPLAY_LOST)
    at.start()
    at.wait(10)
    assert at.service.today().not_measured_ms == 10 * SECOND
    assert at.service.status().backend is None
    assert at.service.status().trouble[0][0] == "display_lost"
    at.watcher.fails = None
    at.watcher.senses = frozenset({Sense.FOCUS})
    at.watcher.first = [lambda now: facts.Foreground(now, "discord")]
    at.wait(6)
    assert at.used() == {"discord": 4 * SECOND}
    assert at.service.status().trouble == ()


def test_own_and_private_windows_leave_nothing_when_in_front(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("kanaltid", "Ada | LinkedIn")
    at.wait(5)
    at.front("firefox", "Ada | LinkedIn — Mozilla Firefox Private Browsing")
    at.wait(5)
    assert at.used() == {}
    at.service.stop()
    assert at.storage.spans(date(2026, 1, 1), date(2027, 1, 1)) == []


def test_spans_are_gone_when_they_are_older_than_the_policy_keeps(tmp_path: Path) -> None:
    keep = POLICY.replace("dpia", "keep_days = { spans = 1, totals = 3 }\ndpia")
    at = desk(tmp_path, keep)
    at.front("discord")
    at.wait(60)
    at.front("gedit")
    at.wait(30 * 3600)
    assert at.storage.spans(TODAY, TODAY)
    at.wait(24 * 3600)
    assert at.storage.spans(TODAY, TODAY) == []
    assert at.storage.totals(TODAY, TODAY)
    at.wait(48 * 3600)
    assert not at.storage.totals(TODAY, TODAY)


def test_synchronised_clock_is_followed_as_not_measured(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(4)
    at.time.trusted = True
    at.time.set_wall(at.clock.now() + timedelta(hours=1))
    at.wait(4)
    assert at.used() == {"discord": 8 * SECOND}
    assert at.service.today().not_measured_ms == 3600 * SECOND
    assert sum(at.service.run.ledger.elapsed.values()) == 3608 * SECOND


def test_purpose_holds_from_the_visits_start_when_asked_for(tmp_path: Path) -> None:
    purposes = '[[purpose]]\nid = "leads"\nname = { en = "Win leads" }\nchannels = ["discord"]\n'
    at = desk(tmp_path, POLICY + purposes)
    at.front("gedit")
    at.wait(10)
    at.front("discord")
    at.wait(20)
    at.service.choose_purpose("leads", "discord", visit=True)
    at.wait(5)
    (channel,) = at.service.today().channels
    assert channel.purposes == {"leads": 25 * SECOND}
    at.service.choose_purpose("private")
    at.wait(5)
    (channel,) = at.service.today().channels
    assert channel.purposes == {"leads": 25 * SECOND, "private": 5 * SECOND}
    for wrong, code in (
        (("leads", "linkedin"), ErrorCode.UNKNOWN_PURPOSE),
        (("leads", "mastodon"), ErrorCode.UNKNOWN_CHANNEL),
        (("nonsense", None), ErrorCode.UNKNOWN_PURPOSE),
    ):
        with pytest.raises(OutsideError) as refused:
            at.service.choose_purpose(*wrong)
        assert refused.value.code is code


def test_extension_is_refused_before_the_first_mark(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(479)
    with pytest.raises(OutsideError) as refused:
        at.service.extend("private")
    assert refused.value.code is ErrorCode.EXTENSION_REFUSED
    at.wait(1)
    taken = at.service.extend("private")
    assert (taken.minutes, taken.at) == (5, at.clock.now())
    assert at.service.today().limits[0].extended_ms == 300 * SECOND


def test_senses_and_listeners_are_told_when_asked(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    status = at.service.status()
    assert status.backend == "scripted"
    assert Sense.TITLE in status.senses
    assert status.measuring
    before = at.changes
    at.front("gedit")
    assert at.changes > before


def test_app_is_its_process_when_the_window_does_not_say(tmp_path: Path) -> None:
    at = desk(tmp_path)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        pid = process.pid
        front = at.service.run.judge.front(facts.Foreground(at.clock.now(), "", "A title", pid))
        assert front.front.app is not None
        assert front.front.app.startswith("python")
        process.communicate(b"\n")
    front = at.service.run.judge.front(facts.Foreground(at.clock.now(), "", "A title", pid))
    assert front.front.app == ""


REST = """
[[purpose]]
id = "leads"
name = { en = "Win leads" }
channels = ["discord"]
reset_after = 1
"""


def test_choice_ends_when_it_rests_unused_and_a_restart_does_not_revive_it(
    tmp_path: Path,
) -> None:
    at = desk(tmp_path, POLICY + REST)
    at.service.choose_purpose("leads", "discord")
    at.wait(50)
    at.front("discord")
    at.wait(100)
    at.front("gedit")
    at.wait(59)
    at.front("discord")
    at.wait(10)
    at.front("gedit")
    at.wait(60)
    at.front("discord")
    at.wait(7)
    (channel,) = at.service.today().channels
    assert channel.purposes == {"leads": 110 * SECOND, "private": 7 * SECOND}
    at.service.stop()
    at.open()
    at.start()
    at.front("discord")
    at.wait(3)
    (channel,) = at.service.today().channels
    assert channel.purposes == {"leads": 110 * SECOND, "private": 10 * SECOND}


CRISIS = """
[[crisis.level]]
id = "storm"
trigger = { en = "Everybody talks" }
lifts = ["private"]
"""


def test_limit_takes_no_step_when_a_crisis_level_lifts_it(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + CRISIS)
    at.service.open_crisis("storm")
    at.front("discord")
    at.wait(700)
    assert steps(at) == []
    at.service.stop()
    at.open()
    at.start()
    at.front("discord")
    at.wait(10)
    assert steps(at) == []
    assert at.service.today().limits[0].used_ms == 710 * SECOND
    at.service.open_crisis(None)
    assert steps(at) == [("100%", "ask")]
    with pytest.raises(OutsideError) as refused:
        at.service.open_crisis("flood")
    assert refused.value.code is ErrorCode.UNKNOWN_CRISIS_LEVEL


def test_day_off_has_no_hours_until_the_next_day(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + HOURS)
    at.front("discord")
    at.wait(10)
    at.service.take_day_off()
    at.wait(3600)
    assert at.service.status().state.kind is StateKind.OFF_HOURS
    at.service.stop()
    at.open()
    at.start()
    at.front("discord")
    at.wait(3600)
    assert at.used() == {"discord": 10 * SECOND}
    at.wait(24 * 3600)
    assert at.service.status().state.kind is StateKind.CHANNEL


def test_day_counts_again_from_then_on_when_a_day_off_is_taken_back(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + HOURS)
    at.front("discord")
    at.wait(10)
    at.service.take_day_off()
    assert at.service.status().day_off
    at.wait(600)
    at.service.end_day_off()
    assert not at.service.status().day_off
    at.wait(20)
    assert at.used() == {"discord": 30 * SECOND}
    at.service.stop()
    at.open()
    at.start()
    assert not at.service.status().day_off
    spans, gaps = at.service.rows(TODAY)
    assert [span.duration_ms for span in spans] == [10 * SECOND, 20 * SECOND]
    assert not gaps


FLEXIBLE = """
[hours]
mon-fri = ["08:00-17:00"]
breaks = [{ within = "11:00-13:30", minutes = 60 }]
"""


def test_break_says_how_long_it_lasts_when_one_may_be_taken(tmp_path: Path) -> None:
    assert desk(tmp_path, POLICY + HOURS).service.break_left_ms() is None
    at = desk(tmp_path, POLICY + FLEXIBLE)
    assert at.service.break_left_ms() == 0  # it is nine
    at.wait(3 * 3600)
    assert at.service.break_left_ms() == 3600 * SECOND
    assert not at.service.status().on_break
    at.service.take_break()
    at.wait(600)
    assert at.service.status().on_break
    assert at.service.break_left_ms() == 3000 * SECOND
    at.service.end_break()
    assert not at.service.status().on_break
    at.wait(60)
    assert at.service.break_left_ms() == 3000 * SECOND
    at.service.take_day_off()
    assert at.service.break_left_ms() == 0


SALES = """
[[purpose]]
id = "leads"
name = { en = "Win leads" }
channels = ["discord"]
groups = ["sales"]
[[group]]
id = "sales"
members = ["os-group:sales"]
default_purpose = { discord = "leads" }
[[limit]]
id = "sales-only"
groups = ["sales"]
channels = ["discord"]
shared = true
day = 60
"""
SALESPERSON = Person("karin", frozenset({"sales"}))


def purposes(at: Desk) -> dict[str, int]:
    (channel,) = at.service.today().channels
    return dict(channel.purposes)


def limits(at: Desk) -> list[str]:
    return [standing.limit for standing in at.service.today().limits]


def test_group_takes_effect_with_the_next_day_when_membership_changed(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + SALES, start=datetime(2026, 11, 24, 2, 59, tzinfo=UTC))
    at.front("discord")
    at.person = SALESPERSON
    at.wait(50)
    assert (purposes(at), limits(at)) == ({"private": 50 * SECOND}, ["private"])
    at.wait(20)
    assert (purposes(at), limits(at)) == ({"leads": 10 * SECOND}, ["private", "sales-only"])
    (before,) = at.service.day(TODAY).channels
    assert before.purposes == {"private": 60 * SECOND}


def test_group_takes_effect_at_once_when_the_policy_changes(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + SALES)
    at.front("discord")
    at.wait(10)
    at.person = SALESPERSON
    at.policy_file.write_text(POLICY + SALES.replace("60", "30"), "utf-8")
    at.service.check()
    at.wait(5)
    assert purposes(at) == {"private": 10 * SECOND, "leads": 5 * SECOND}
    assert limits(at) == ["private", "sales-only"]


def test_group_is_kept_when_the_directory_is_away_at_the_turn_of_the_day(tmp_path: Path) -> None:
    names = {100: "sales"}
    lookup = PersonLookup(lambda: "karin", lambda: (100,), lambda number: names[number])
    at = Desk(tmp_path, POLICY + SALES, start=datetime(2026, 11, 24, 2, 59, tzinfo=UTC))
    at.look_up = lookup.current
    at.open()
    at.start()
    at.front("discord")
    names.clear()
    at.wait(70)
    assert purposes(at) == {"leads": 10 * SECOND}


def test_unused_purpose_lapses_once_when_it_was_chosen_long_after_the_last_visit(
    tmp_path: Path,
) -> None:
    purposes = (
        '[[purpose]]\nid = "leads"\nname = { en = "Win leads" }\nchannels = ["discord"]\n'
        "reset_after = 10\n"
    )
    at = desk(tmp_path, POLICY + purposes)
    at.front("gedit")
    at.wait(3600)
    at.service.choose_purpose("leads")
    before = at.changes
    at.wait(599)
    at.front("discord")
    at.wait(1)
    at.front("gedit")
    at.wait(300)
    at.service.choose_purpose("leads")  # once more: it rests anew
    at.wait(301)
    at.front("discord")
    at.wait(1)
    at.front("gedit")
    at.wait(601)
    at.front("discord")
    at.wait(1)
    (channel,) = at.service.today().channels
    assert channel.purposes == {"leads": 2 * SECOND, "private": 1 * SECOND}
    assert at.changes - before < 20
