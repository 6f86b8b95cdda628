"""``classify``: the channel of a window or address, and the rule that decided."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import POLICY
from tests.tracker.cli.conftest import Shell

FIREFOX = ("--app", "firefox", "--title")


@pytest.fixture
def with_policy(shell: Shell) -> Shell:
    shell.paths.ensure()
    shell.paths.policy.write_text(POLICY, "utf-8")
    return shell


@pytest.mark.parametrize(
    ("arguments", "channel", "via", "certain"),
    [
        (("--app", "discord"), "discord", "app", True),
        (("--url", "https://se.linkedin.com/in/ada"), "linkedin", "host", True),
        ((*FIREFOX, "(3) Ada | LinkedIn — Mozilla Firefox"), "linkedin", "title", False),
        ((*FIREFOX, "Ada | LinkedIn", "--url", "https://example.se/"), None, None, True),
        (("--app", "gedit", "--title", "Ada | LinkedIn"), None, None, True),
        (("--url", "https://notlinkedin.com/"), None, None, True),
        (("--url", "http://[::1"), None, None, True),
        (("--app", "", "--title", "", "--url", ""), None, None, True),
        ((), None, None, True),
    ],
)
def test_verdict_is_as_designed_when_asked_for_json(
    with_policy: Shell, arguments: tuple[str, ...], channel: Any, via: Any, certain: bool
) -> None:
    found = with_policy("classify", *arguments, "--json").json
    assert list(found)[:4] == ["channel", "via", "rule", "certain"]
    assert (found["channel"], found["via"], found["certain"]) == (channel, via, certain)
    assert isinstance(found["rule"], str)
    assert found["rule"]


def test_rule_is_named_when_a_person_reads(with_policy: Shell) -> None:
    assert with_policy("classify", "--app", "discord").out.startswith("discord\n")
    title = with_policy("classify", *FIREFOX, "Ada | LinkedIn — Mozilla Firefox").out
    assert title.splitlines()[-1] == "A title is a guess: the time is shown as uncertain."
    assert with_policy("classify").out.startswith("no channel of the policy\n")


def test_answer_names_no_title_when_none_decided(with_policy: Shell) -> None:
    secret = "Quallenstein"
    arguments = (
        *FIREFOX,
        f"{secret} | LinkedIn — Mozilla Firefox",
        "--url",
        f"https://{secret}.se",
    )
    assert secret not in with_policy("classify", *arguments, "--json").out
