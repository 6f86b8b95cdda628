"""What the control socket answers, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.desk import MONDAY, POLICY, TODAY, Desk
from tracker.control import VERSION, answer
from tracker.errors import ErrorCode, OutsideError
from tracker.service_control import ServiceControl


class Asker:
    """Asks a desk's service, through the bytes of the socket."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.did: list[str] = []
        self._control = ServiceControl(
            desk.service, lambda: self.did.append("raise"), lambda: self.did.append("quit")
        )

    def __call__(self, do: object, **values: object) -> dict[str, Any]:
        request = {"v": VERSION, "do": do, **values}
        reply = answer(self._control, json.dumps(request).encode())
        return dict(json.loads(json.dumps(reply)))

    def value(self, do: str, **values: object) -> Any:
        reply = self(do, **values)
        assert reply["ok"], reply
        return reply["value"]

    def code(self, do: object, **values: object) -> str:
        reply = self(do, **values)
        assert not reply["ok"]
        return str(reply["code"])


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Asker]:
    asker = Asker(Desk(tmp_path).start())
    yield asker
    asker.desk.service.stop()


def test_app_is_raised_and_ended_when_asked_to(ask: Asker) -> None:
    assert ask.value("raise") is None
    assert ask.value("quit") is None
    assert ask.did == ["raise", "quit"]


@pytest.mark.parametrize("do", ["", "nonsense", "__call__", None, 5, ["today"], {"do": "today"}])
def test_request_is_refused_when_it_is_unknown(ask: Asker, do: object) -> None:
    assert ask.code(do) == "control_refused"


@pytest.mark.parametrize(
    ("do", "values", "code"),
    [
        ("week", {"week": 5}, "control_refused"),
        ("week", {"week": "2026-W60"}, "bad_date"),
        ("spans", {}, "control_refused"),
        ("spans", {"from": "2026-11-23"}, "control_refused"),
        ("spans", {"from": "today", "to": "2026-11-23"}, "bad_date"),
        ("spans", {"from": "2026-11-23", "to": ["2026-11-23"]}, "control_refused"),
        ("pause", {"until": "soon"}, "bad_date"),
        ("pause", {"until": "2026-11-23T10:00:00"}, "bad_date"),
        ("pause", {"until": 5}, "control_refused"),
        ("purpose", {}, "control_refused"),
        ("purpose", {"id": "x" * 201}, "control_refused"),
        ("purpose", {"id": "nonsense"}, "unknown_purpose"),
        ("purpose", {"id": "private", "channel": "orkut"}, "unknown_channel"),
        ("purpose", {"id": "private", "channel": 5}, "control_refused"),
        ("purpose", {"id": "private", "until": "2026-11-23T08:59:59+01:00"}, "bad_time"),
        ("purpose", {"id": "private", "until": "2026-11-23T19:00:00"}, "bad_date"),
        ("extend", {}, "control_refused"),
        ("extend", {"limit": "nonsense"}, "extension_refused"),
        ("extend", {"limit": "private"}, "extension_refused"),
        ("extend", {"limit": "private", "reason": 5}, "control_refused"),
    ],
)
def test_request_is_refused_when_its_values_are_wrong(
    ask: Asker, do: str, values: dict[str, object], code: str
) -> None:
    assert ask.code(do, **values) == code
    assert ask.desk.service.status().measuring  # and goes on


def test_extension_takes_a_reason_when_the_policy_wants_one(tmp_path: Path) -> None:
    policy = POLICY.replace('reason = "none"', 'reason = "required"')
    ask = Asker(Desk(tmp_path, policy).start())
    ask.desk.front("discord")
    ask.desk.wait(540)
    assert ask.code("extend", limit="private", reason="") == "extension_refused"
    assert ask.code("extend", limit="private", reason="x" * 5000) == "extension_refused"
    assert ask.value("extend", limit="private", reason="A customer") == {"minutes": 5}


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b"5", b"{}", b'{"v": 2, "do": "today"}', b"[" * 30_000]
)
def test_request_is_refused_when_it_is_none(ask: Asker, body: bytes) -> None:
    assert answer(ask._control, body) == {"ok": False, "code": "control_refused", "fields": {}}


@pytest.mark.expects_log("a request failed")
def test_asker_is_told_when_a_request_fails() -> None:
    def fail(_request: object) -> None:
        raise ZeroDivisionError

    reply = answer(fail, json.dumps({"v": VERSION, "do": "today"}).encode())
    assert reply == {"ok": False, "code": "internal", "fields": {}}


def test_week_is_that_of_any_day_when_named(ask: Asker) -> None:
    ask.desk.front("discord")
    ask.desk.wait(10)
    this = ask.value("week")
    assert (this["week"], this["days"][0]["channels"][0]["total_s"]) == ("2026-W48", 10)
    assert ask.value("week", week="2026-W48") == this
    assert ask.value("week", week="2026-W01")["from"] == "2025-12-29"
    assert ask.value("week", week="2030-W01")["days"][0]["channels"] == []


def test_spans_of_all_time_are_told_when_asked_for(ask: Asker) -> None:
    ask.desk.front("discord")
    ask.desk.wait(10)
    (span,) = ask.value("spans", **{"from": "0001-01-01", "to": "9999-12-31"})
    assert (span["start"], span["end"]) == (
        "2026-11-23T09:00:00.000+01:00",
        "2026-11-23T09:00:10.000+01:00",
    )
    assert ask.value("spans", **{"from": "2026-11-24", "to": "9999-12-31"}) == []


def test_spans_are_whole_when_some_were_stored_by_earlier_runs(ask: Asker) -> None:
    desk = ask.desk
    lengths = []
    for number in range(4):  # over two days, restarted in between
        desk.front("discord")
        desk.wait(10 + number)
        desk.front("gedit")
        desk.stand_still(9 * 3600)
        lengths.append(10 + number)
        desk.service.stop()
        desk.open()
        desk.start()
    ask = Asker(desk)
    desk.front("discord")
    desk.wait(1)
    rows = ask.value("spans", **{"from": "2026-11-23", "to": "2026-11-24"})
    spans = desk.service.spans(TODAY, TODAY + timedelta(days=1))
    assert [span.duration_ms // 1000 for span in spans] == [*lengths, 1]
    assert len(rows) == 5
    starts = [row["start"] for row in rows]
    assert starts == sorted(starts)
    assert len(ask.value("spans", **{"from": "2026-11-23", "to": "2026-11-23"})) < 5


def test_pause_and_resume_are_carried_out_when_asked_for(ask: Asker) -> None:
    until = MONDAY + timedelta(hours=1)
    ask.value("pause", until=until.isoformat())
    assert ask.desk.service.status().paused_until == until
    ask.value("resume")
    assert not ask.desk.service.status().paused
    ask.value("pause", until=None)
    assert ask.value("status")["state"] == "paused"


def test_acts_are_refused_when_nobody_has_accepted(tmp_path: Path) -> None:
    desk = Desk(tmp_path, accept_all=False).start()
    ask = Asker(desk)
    for do, values in (
        ("pause", {}),
        ("resume", {}),
        ("purpose", {"id": "private"}),
        ("break", {}),
    ):
        assert ask.code(do, **values) == "not_accepted"
    status = ask.value("status")
    assert (status["accepted"], status["measuring"], status["state"]) == (False, False, "stopped")
    assert ask.value("today")["measuring"] is False
    assert ask.value("spans", **{"from": "2026-11-23", "to": "2026-11-23"}) == []


def test_status_tells_of_trouble_when_the_disk_is_full(ask: Asker) -> None:
    ask.desk.storage.refuses = OutsideError(ErrorCode.STORE_FULL, file="/x")  # type: ignore[attr-defined]
    ask.desk.wait(8)
    assert ask.value("status")["trouble"] == [{"code": "store_full", "fields": {"file": "/x"}}]
    ask.desk.storage.refuses = None  # type: ignore[attr-defined]
