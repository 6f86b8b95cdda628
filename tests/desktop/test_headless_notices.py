"""The headless tracker speaks to the real notification daemon."""

from __future__ import annotations

from tests.desk import POLICY
from tests.desktop.tracking import Tracker
from tools.desktop import VirtualDesktop

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
