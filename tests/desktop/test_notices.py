"""Notices on a real notification daemon: their words, their button, and its death."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.desk import POLICY
from tests.desktop.running_app import RETURN, WORK, RunningApp, logs
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until
from tools.windows import WindowProcess

EACH_ITS_OWN = (
    POLICY.replace("shared = true\nday = 10", "day = 1")
    .replace('"80%"', '"-1m"')
    .replace(', { at = "100%", do = "ask" }', "")
    + '[[channel]]\nid = "youtube"\n'
)
"""A minute a channel, told of from the first moment on."""

TAB, SPACE = 0xFF09, 0x20
LINKEDIN = ("firefox", "Ada Lovelace | LinkedIn — Mozilla Firefox")
YOUTUBE = ("firefox", "Regn i tio timmar - YouTube — Mozilla Firefox")
DISCORD = ("discord", "allmänt")


@pytest.fixture
def app(own_desktop: VirtualDesktop) -> Iterator[RunningApp]:
    running = RunningApp(own_desktop, EACH_ITS_OWN).start()
    running.be_there()
    yield running
    running.close()
    assert "Traceback" not in logs(own_desktop)


@pytest.fixture
def windows(app: RunningApp) -> WindowProcess:
    return app.desktop.open_windows()


def test_notice_reaches_the_daemon_and_its_button_opens_today(
    app: RunningApp, windows: WindowProcess
) -> None:
    windows.open(*DISCORD)
    notice = app.desktop.notices.wait_for("Discord")
    assert notice.app == "Kanaltid"
    assert notice.summary == "Discord: 1 min left."
    # Told at the first moment, a millisecond more or less.
    assert notice.body.replace(" s ", " ") == "0 of 1 min of private time today."
    assert notice.urgency == "NORMAL"
    app.desktop.notices.press("Show")
    today = app.window("Today")
    wait_until(lambda: app.client.active_window() == today, "the window in front")


def test_click_on_a_notice_says_why(app: RunningApp, windows: WindowProcess) -> None:
    windows.open(*DISCORD)
    app.desktop.notices.wait_for("Discord")
    app.desktop.notices.press("Why?")
    why = app.window("Why?")
    wait_until(lambda: app.client.active_window() == why, "the answer in front")


def test_what_was_on_the_screen_waits_in_the_app_when_the_daemon_dies(
    app: RunningApp, windows: WindowProcess
) -> None:
    front = windows.open(*DISCORD).window
    app.desktop.notices.wait_for("Discord")
    app.desktop.stop_part("notifications", signal.SIGKILL)
    app.window("Kanaltid")
    assert app.client.active_window() == front


def test_daemon_is_used_again_when_it_comes_back(app: RunningApp, windows: WindowProcess) -> None:
    app.desktop.stop_part("notifications", signal.SIGKILL)
    windows.open(*LINKEDIN)
    app.window("Kanaltid")
    assert not app.desktop.notices.received()
    app.desktop.start_part("notifications")
    windows.open(*YOUTUBE)
    app.desktop.notices.wait_for("YouTube: 1 min left.")
    assert [notice.summary for notice in app.desktop.notices.received()] == ["YouTube: 1 min left."]


def test_notice_waits_in_the_app_when_there_is_no_bus_and_goes_out_when_it_comes(
    app: RunningApp, windows: WindowProcess
) -> None:
    app.desktop.stop_part("bus", signal.SIGKILL)
    windows.open(*LINKEDIN)
    app.window("Kanaltid")
    app.desktop.start_part("bus")
    app.desktop.start_part("notifications")
    # The app looks for the bus every few seconds.
    wait_until(app.on_bus, "the app on the new bus", within_s=60)
    windows.open(*DISCORD)
    app.desktop.notices.wait_for("Discord: 1 min left.")


def test_buttons_choose_a_purpose_and_take_more_time(own_desktop: VirtualDesktop) -> None:
    app = RunningApp(own_desktop, EACH_ITS_OWN + WORK).start()
    try:
        app.be_there()
        windows = own_desktop.open_windows()
        windows.open(*DISCORD)
        own_desktop.notices.wait_for("Discord: 1 min left.")
        own_desktop.notices.press("5 more min")
        wait_until(lambda: app.limits()["private", "discord"]["extended_s"] == 300, "more time")
        assert not app.titles()
        windows.open(*YOUTUBE)
        own_desktop.notices.wait_for("YouTube: 1 min left.")
        own_desktop.notices.press("Work: Build the brand")
        wait_until(lambda: app.limits()["work", None]["used_s"], "the time to be work")
        # From the start of the visit: none of it is private any more.
        assert app.limits()["private", "youtube"]["used_s"] == 0
        assert not app.titles()
    finally:
        app.close()


def test_more_time_is_asked_for_in_a_window_when_the_policy_wants_a_reason(
    own_desktop: VirtualDesktop,
) -> None:
    policy = EACH_ITS_OWN.replace('reason = "none"', 'reason = "required"')
    app = RunningApp(own_desktop, policy).start()
    try:
        app.be_there()
        own_desktop.open_windows().open(*DISCORD)
        own_desktop.notices.wait_for("Discord: 1 min left.")
        own_desktop.notices.press("5 more min …")
        window = app.window("Discord – Kanaltid")
        wait_until(lambda: app.client.active_window() == window, "the window in front")
        app.press(TAB, RETURN)  # without a reason nothing is given
        assert app.limits()["private", "discord"]["extended_s"] == 0
        app.press(ord("q"), RETURN)
        wait_until(lambda: app.limits()["private", "discord"]["extended_s"] == 300, "more time")
        wait_until(lambda: not app.titles(), "the window to go")
    finally:
        app.close()


def test_purpose_is_chosen_in_a_window_when_there_are_more_than_a_notice_can_hold(
    own_desktop: VirtualDesktop,
) -> None:
    more = "".join(
        f'[[purpose]]\nid = "more{number}"\nname = {{ en = "More {number}" }}\n'
        for number in range(2)
    )
    app = RunningApp(own_desktop, EACH_ITS_OWN + WORK + more).start()
    try:
        app.be_there()
        own_desktop.open_windows().open(*DISCORD)
        own_desktop.notices.wait_for("Discord: 1 min left.")
        own_desktop.notices.press("It is for work …")
        window = app.window("Discord – Kanaltid")
        wait_until(lambda: app.client.active_window() == window, "the window in front")
        app.press(TAB, SPACE)
        wait_until(lambda: app.limits()["work", None]["used_s"], "the time to be work")
        assert app.limits()["private", "discord"]["used_s"] == 0
        wait_until(lambda: not app.titles(), "the window to go")
    finally:
        app.close()


def test_words_are_swedish_when_the_person_is(own_desktop: VirtualDesktop) -> None:
    app = RunningApp(own_desktop, EACH_ITS_OWN, {"LANGUAGE": "sv"}).start()
    try:
        app.be_there()
        own_desktop.open_windows().open(*DISCORD)
        notice = own_desktop.notices.wait_for("Discord")
        assert notice.summary == "Discord: 1 min kvar."
        assert notice.body.replace(" s ", " ") == "0 av 1 min privat tid i dag."
        own_desktop.notices.press("Visa")
        app.window("I dag")
    finally:
        app.close()
