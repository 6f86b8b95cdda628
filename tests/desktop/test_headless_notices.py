"""The headless tracker speaks to the real notification daemon."""

from __future__ import annotations

from tests.desk import POLICY
from tests.desktop.tracking import Tracker
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until

FIRST_SECONDS = POLICY.replace('{ at = "80%", do = "notify" }', '{ at = "1%", do = "notify" }')


def test_person_is_told_that_it_measures_and_how_a_limit_stands(
    own_desktop: VirtualDesktop,
) -> None:
    tracker = Tracker(own_desktop, FIRST_SECONDS, {"LANGUAGE": "en"})
    tracker.start()
    told = own_desktop.notices.wait_for("Kanaltid measures your time")
    assert (told.app, told.urgency) == ("Kanaltid", "LOW")
    assert "kanaltid pause" in told.body
    own_desktop.open_windows().open("discord", "allmänt")
    limit = own_desktop.notices.wait_for("left")
    assert (limit.summary, limit.body) == ("Private time: 10 min left.", "0 of 10 min today.")
    assert tracker.stop() == 0


def test_more_time_is_taken_from_a_notice_without_the_app(own_desktop: VirtualDesktop) -> None:
    tracker = Tracker(own_desktop, FIRST_SECONDS, {"LANGUAGE": "en"})
    tracker.start()
    own_desktop.open_windows().open("discord", "allmänt")
    own_desktop.notices.wait_for("Private time: 10 min left.")
    own_desktop.notices.press("5 more min")
    wait_until(lambda: tracker.today()["limits"][0]["extended_s"] == 300, "more time")
    assert tracker.stop() == 0
