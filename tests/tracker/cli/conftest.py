"""The command line in this process, at a made-up time, over a real store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.desk import MONDAY, POLICY, Desk
from tracker import control
from tracker.cli.context import Context
from tracker.cli.main import main
from tracker.clock import EPOCH, SystemTime
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.model import MILLISECOND
from tracker.paths import Paths, paths_for
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.service_control import ServiceControl
from tracker.storage.sql import SqlStorage

MORE = """
[[purpose]]
id = "brand"
name = { en = "Build the brand" }
channels = ["*"]
[[limit]]
id = "each"
purposes = ["brand"]
day = 60
[[limit]]
id = "free"
purposes = ["brand"]
shared = true
unlimited = true
[[limit]]
id = "weekly"
name = { en = "All week" }
purposes = ["*"]
shared = true
week = 240
"""


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)


class Shell:
    """Runs commands, as a person does in a terminal."""

    def __init__(self, capsys: pytest.CaptureFixture[str], environ: dict[str, str]) -> None:
        self._capsys = capsys
        self.started = 0
        self.now = MONDAY + timedelta(hours=1)
        self.paths: Paths = paths_for(environ)

    def __call__(self, *arguments: object) -> Said:
        self._capsys.readouterr()
        code = main(self._start_app, [str(each) for each in arguments], self._write_pdf)
        out, err = self._capsys.readouterr()
        return Said(code, out, err)

    def _write_pdf(self, facts: WeekFacts, language: Language, ticks: Ticks) -> bytes:
        # The real one needs Qt, and has its own tests.
        return f"%PDF-{facts.week} {language.code} {ticks.notes} {ticks.results}".encode()

    def _start_app(self, context: Context) -> None:
        assert context.paths == self.paths
        self.started += 1


@pytest.fixture
def shell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, kanaltid_home: Path
) -> Shell:
    made = Shell(capsys, {"KANALTID_HOME": str(kanaltid_home)})
    for name in ("elapsed_ns", "wall_ns"):
        monkeypatch.setattr(SystemTime, name, lambda _: (made.now - EPOCH) // MILLISECOND * 10**6)
    monkeypatch.setattr(SystemTime, "boot_id", lambda _: "made up")
    monkeypatch.setenv("LANGUAGE", "en")
    return made


@pytest.fixture
def make_desk(shell: Shell) -> Iterator[Callable[..., Desk]]:
    """Makes a desk over the store that the commands read, under the person's own policy."""
    stores: list[SqlStorage] = []

    def make(policy: str = POLICY + MORE, start: datetime = MONDAY) -> Desk:
        shell.paths.ensure()
        stores.append(SqlStorage(shell.paths.database))
        return Desk(shell.paths.config, policy, storage=stores[-1], start=start).start()

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def morning(make_desk: Callable[..., Desk]) -> Desk:
    """A desk at which a morning has passed, which still measures.

    09:00:00.000 discord, private, 312.480 s; a title of LinkedIn, for the brand, 40 s; 60 s
    of a pause; 100 s unseen; then 7.520 s in an editor.
    """
    desk = make_desk()
    desk.front("discord")
    desk.wait(312.480)
    desk.service.choose_purpose("brand", "linkedin")
    desk.front("firefox", "Ada | LinkedIn — Mozilla Firefox")
    desk.wait(40)
    desk.front("gedit")
    desk.service.pause()
    desk.wait(60)
    desk.service.resume()
    desk.service.check()
    desk.stand_still(100)
    desk.front("gedit")
    desk.wait(7.520)
    return desk


@pytest.fixture
def answer_from(monkeypatch: pytest.MonkeyPatch) -> Callable[[Desk], list[str]]:
    """Lets a desk's service answer commands, through the words of the control socket."""

    def connect(desk: Desk) -> list[str]:
        asked: list[str] = []
        handler = ServiceControl(
            desk.service, lambda: asked.append("raised"), lambda: asked.append("quit")
        )

        def ask(_path: Path, request: dict[str, Any]) -> Any:
            asked.append(request["do"])
            body = json.dumps({"v": control.VERSION, **request}).encode()
            reply = json.loads(json.dumps(control.answer(handler, body)))
            if not reply["ok"]:
                raise OutsideError(ErrorCode(reply["code"]), **reply["fields"])
            return reply["value"]

        monkeypatch.setattr(control, "ask", ask)
        return asked

    return connect
