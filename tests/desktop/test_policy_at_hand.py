"""The policy where the work is: a broken file, and a guideline, in the real program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk import POLICY
from tests.desktop.running_app import DOWN, RETURN, WORK, RunningApp, logs
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until

GUIDELINE = """
[[guideline]]
id = "kind"
text = { en = "Write as you would speak to a customer." }
"""
AT_WORK = POLICY.replace(
    'title = { en = "Test" }', 'title = { en = "Test" }\ndefault_purpose = "brand"'
)
DISCORD = ("discord", "allmänt")


@pytest.fixture
def app(own_desktop: VirtualDesktop) -> Iterator[RunningApp]:
    running = RunningApp(own_desktop, AT_WORK + WORK + GUIDELINE).start()
    running.be_there()
    yield running
    running.close()
    assert "Traceback" not in logs(own_desktop)


def test_last_good_policy_stays_in_force_and_says_why_when_the_file_is_broken(
    app: RunningApp,
) -> None:
    app.policy.write_text(POLICY.replace("day = 10", "day = -1"), "utf-8")
    line = POLICY.splitlines().index("day = 10") + 1
    app.desktop.notices.wait_for(f"The new policy has an error in line {line}.")
    assert app.limits()["private", None]["allowed_s"] == 600
    app.open_menu()
    app.press(DOWN, RETURN)
    app.window("Policy")
    app.policy.write_text(POLICY.replace("day = 10", "day = 12"), "utf-8")
    wait_until(lambda: app.limits()["private", None]["allowed_s"] == 720, "the policy put right")


def test_guideline_is_shown_once_when_a_channel_is_first_used_for_work(app: RunningApp) -> None:
    app.desktop.open_windows().open(*DISCORD)
    # It comes with the first check that finds the visit older than five seconds.
    (notice,) = wait_until(app.desktop.notices.received, "the guideline", within_s=30)
    assert notice.summary == "Discord: from the policy's guidelines"
    assert notice.body == "Write as you would speak to a customer."
    assert notice.urgency == "LOW"
