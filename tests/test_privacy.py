"""The numbered lines of DESIGN §6, each as a test, as far as they need no screen.

What needs real windows is in ``tests/desktop/test_privacy.py``; the tray and the first page
have their tests with the windows.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from tests.contracts.storage_contract import MONDAY, batch, span, with_everything
from tests.desk import HOURS, POLICY, TODAY, Desk
from tests.fakes import FakeOverview
from tests.made_up import made_up_policy
from tools.waiting import wait_until
from tracker import facts
from tracker.clock import EPOCH
from tracker.control import ask
from tracker.days import week_of
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.policy.types import Person, Recipient
from tracker.reports.json_form import day_json, week_json
from tracker.reports.own_data import own_data
from tracker.reports.week_facts import Ticks
from tracker.reports.writers import WRITERS
from tracker.service_control import ServiceControl
from tracker.storage import models
from tracker.storage.base import LASTING, Stored
from tracker.storage.sql import SqlStorage
from tracker.summary.forms import Form, make_summary
from ui.first_page_view import first_page
from ui.windows.stored_model import StoredModel

METADATA = models.metadata.sorted_tables

SECRET = "Sandelhjärta möter Quallenstein"
SECRET_URL = "https://www.linkedin.com/in/quallenstein-93?token=sandel"
TRACES = ("Sandelhj", "Quallenstein", "quallenstein", "token=sandel", "Geheimrat9000")
KANALTID = Path(sys.executable).with_name("kanaltid")
EVENING = datetime(2026, 11, 23, 16, 0, 1, tzinfo=UTC)  # one second after the hours


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes a desk with a real store below ``tmp_path / "home"``."""
    stores: list[SqlStorage] = []

    def make(policy: str = POLICY, **how: object) -> Desk:
        stores.append(SqlStorage(tmp_path / "home" / "kanaltid.db"))
        return Desk(tmp_path, policy, storage=stores[0], **how)  # type: ignore[arg-type]

    yield make
    for store in stores:
        store.close()


def everything_below(folder: Path) -> bytes:
    """Return all names and contents of a folder."""
    parts = []
    for path in sorted(folder.rglob("*")):
        parts.append(str(path.relative_to(folder)).encode())
        if path.is_file():
            parts.append(path.read_bytes())
    return b"\n".join(parts)


def tables(folder: Path) -> str:
    """Return all that the store's tables hold, as SQL."""
    connection = sqlite3.connect(f"file:{folder / 'kanaltid.db'}?mode=ro", uri=True)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def rows(folder: Path) -> list[str]:
    """Return what was inserted into the store beside the device and the revision."""
    return [
        line
        for line in tables(folder).splitlines()
        if line.startswith("INSERT") and not re.match(r'INSERT INTO "?(device|revision)"', line)
    ]


def found(content: bytes) -> list[str]:
    """Return the planted words that are in ``content``, in any usual encoding."""
    return [
        trace
        for trace in TRACES
        for encoding in ("utf-8", "utf-16-le", "latin-1")
        if trace.encode(encoding) in content
    ]


def stored_bytes(instant: datetime) -> bytes:
    """Return an instant as SQLite writes it: milliseconds, big-endian."""
    return ((instant - EPOCH) // timedelta(milliseconds=1)).to_bytes(6, "big")


def everything_said(desk: Desk) -> str:
    """Return all answers of the control socket and all files of a week."""
    control = ServiceControl(desk.service, lambda: None, lambda: None)
    requests = (
        {"do": "today"},
        {"do": "week"},
        {"do": "status"},
        {"do": "spans", "from": "2026-11-01", "to": "2026-12-01"},
    )
    said = [json.dumps(control(request), ensure_ascii=False) for request in requests]
    week = control({"do": "week"})
    said += [write(week).decode("utf-8", "replace") for write in WRITERS.values()]
    facts = desk.service.week_facts(desk.service.today().day)
    for form in (Form.HTML, Form.XLSX):
        content = make_summary(form, facts, Language("en"), Ticks(results=True), None)
        said.append(unpacked(content).decode("utf-8", "replace"))
    return "\n".join(said)


def test_6_1_nothing_is_stored_when_nobody_has_accepted(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(accept_all=False)
    before = tables(tmp_path / "home")
    desk.start()
    desk.wait(3600)
    desk.service.check()
    assert desk.watcher.host is None  # it was never started: nothing is even looked at
    for act in (desk.service.pause, desk.service.resume, desk.service.take_break):
        with pytest.raises(OutsideError):
            act()
    desk.service.stop()
    assert tables(tmp_path / "home") == before
    assert rows(tmp_path / "home") == []


def test_6_1_headless_tracker_refuses_when_nobody_has_accepted(kanaltid_home: Path) -> None:
    done = subprocess.run(
        [KANALTID, "track", "--headless", "--for", "5"],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "has not been accepted" in done.stderr
    assert rows(kanaltid_home / "data") == []


def test_6_1_nothing_is_measured_when_a_new_version_has_not_been_accepted(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(accept_all=False).start()
    desk.service.accept("sv")
    desk.front("discord")
    desk.wait(10)
    desk.policy_file.write_text(POLICY.replace('version = "1"', 'version = "2"'), "utf-8")
    desk.wait(8)
    before = tables(tmp_path / "home")
    desk.wait(3600)
    desk.service.stop()
    assert tables(tmp_path / "home") == before


def test_6_2_no_title_or_address_is_kept_when_they_are_seen(
    open_desk: Callable[..., Desk], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    desk = open_desk().start()
    desk.front("firefox", f"{SECRET} | LinkedIn — Mozilla Firefox")
    desk.wait(10)
    desk.watcher.tell(facts.Tab(desk.clock.now(), "firefox", url=SECRET_URL))
    desk.wait(10)
    desk.front("Geheimrat9000", SECRET)
    desk.wait(10)
    desk.policy_file.write_text(POLICY.replace("day = 10", "day = 5"), "utf-8")
    desk.wait(10)
    assert desk.used() == {"linkedin": 20_000}
    assert found(everything_said(desk).encode()) == []
    assert found(everything_below(tmp_path / "home")) == []  # with what waits in the -wal
    assert (tmp_path / "home" / "kanaltid.db-wal").stat().st_size > 0
    desk.service.stop()
    desk.storage.close()
    assert found(everything_below(tmp_path / "home")) == []
    assert found(caplog.text.encode()) == []


def test_6_2_a_window_of_no_channel_leaves_nothing_when_in_front(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk().start()
    desk.front("discord")
    desk.wait(8)
    desk.front("Geheimrat9000", SECRET)
    desk.wait(60)
    desk.service.stop()
    (span,) = desk.storage.spans(TODAY, TODAY)
    assert span.duration_ms == 8_000
    assert desk.storage.gaps(TODAY, TODAY) == []
    assert found(everything_below(tmp_path / "home")) == []


def test_6_3_nothing_is_stored_when_hours_are_over(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(POLICY + HOURS, start=EVENING - timedelta(seconds=31)).start()
    desk.front("discord")
    desk.wait(32)
    before = tables(tmp_path / "home")
    assert desk.storage.spans(TODAY, TODAY)[0].duration_ms == 30_000
    desk.wait(60)
    desk.front("gedit")
    desk.front("discord")
    desk.wait(900)
    now = desk.clock.now()
    desk.watcher.tell(facts.Idle(now, now - timedelta(seconds=180)))
    desk.watcher.tell(facts.Active(now))
    desk.watcher.tell(facts.Lock(now))
    desk.watcher.tell(facts.Unlock(now))
    desk.service.choose_purpose("private")
    desk.service.take_break()
    desk.service.end_break()
    desk.stand_still(3600)  # a stall
    desk.wait(10)
    desk.watcher.tell(facts.Blind(desk.clock.now(), "display_lost"))
    desk.wait(100)
    desk.open()  # it was killed, and is started again
    desk.start()
    desk.front("discord")
    desk.wait(3 * 3600)
    desk.service.stop()
    assert tables(tmp_path / "home") == before


def test_6_3_nothing_is_stored_when_it_runs_on_a_day_off(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    saturday = datetime(2026, 11, 28, 9, tzinfo=UTC)
    desk = open_desk(POLICY + HOURS, start=saturday)
    before = tables(tmp_path / "home")
    desk.start()
    desk.front("discord")
    desk.wait(6 * 3600)
    desk.service.stop()
    assert tables(tmp_path / "home") == before


def test_6_3_private_windows_leave_nothing_when_in_front(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk().start()
    desk.front("firefox", f"{SECRET} | LinkedIn — Mozilla Firefox Private Browsing")
    desk.wait(30)
    desk.front("firefox", "Ada | LinkedIn — Mozilla Firefox")
    desk.watcher.tell(facts.Tab(desk.clock.now(), "firefox", url=SECRET_URL, private=True))
    desk.wait(30)
    desk.service.stop()
    assert desk.storage.spans(TODAY, TODAY) == []
    assert desk.storage.gaps(TODAY, TODAY) == []
    assert desk.storage.totals(TODAY, TODAY) == {}


def day_with_everything(desk: Desk) -> None:
    """Let an hour pass in which idle, paused and unseen time are told apart by their lengths."""
    desk.front("discord")
    desk.wait(60)
    desk.front("gedit")
    desk.wait(400)
    now = desk.clock.now()
    desk.watcher.tell(facts.Idle(now, now - timedelta(seconds=347)))
    desk.wait(30)
    desk.watcher.tell(facts.Active(desk.clock.now()))
    desk.service.pause()
    desk.wait(120)
    desk.service.resume()
    desk.stand_still(600)
    desk.wait(4)


def test_6_4_exports_hold_no_idle_time_and_no_instants(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk().start()
    day_with_everything(desk)
    week = desk.service.week(TODAY)
    form = week_json(week_of(TODAY), week, ())
    idle_s = 347 + 30
    for write in WRITERS.values():
        text = write(form).decode("utf-8-sig")
        assert "idle" not in text.casefold()
        assert str(idle_s) not in text
        assert re.findall(r"\d\d:\d\d|\dT\d", text) == []
        assert re.search(r"\b600(\.0+)?\b", text)  # not measured, in seconds
        assert re.search(r"\b120(\.0+)?\b", text)  # paused


def test_6_4_reports_know_no_idle_time(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk().start()
    day_with_everything(desk)
    day = day_json(desk.service.today())
    assert set(day) == {
        "day", "policy", "device", "measuring", "channels", "limits", "not_measured_s", "paused_s",
        "lifted",
    }  # fmt: skip
    assert "377" not in json.dumps(day)
    spans, gaps = desk.service.rows(TODAY)
    assert [span.channel for span in spans] == ["discord"]
    assert {gap.kind.value for gap in gaps} == {"not_measured", "paused"}
    assert "377" not in tables(Path(desk.policy_file.parent) / "home")


@pytest.mark.parametrize("restarted", [False, True])
def test_6_5_spans_are_gone_from_every_file_when_they_are_old(
    open_desk: Callable[..., Desk], tmp_path: Path, restarted: bool
) -> None:
    keep = POLICY.replace("dpia", "keep_days = { spans = 2, totals = 4 }\ndpia")
    keep = keep.replace("day = 10", "day = 1")
    desk = open_desk(keep).start()
    desk.wait(1)
    desk.front("discord")
    start = desk.clock.now()
    desk.wait(50)  # past the first mark: a step is kept, with its instant
    assert len(desk.notices) == 1
    step = start + timedelta(seconds=48)
    desk.front("gedit")
    desk.wait(10)
    for instant in (start, step):
        assert stored_bytes(instant) in everything_below(tmp_path / "home")
    report = desk.service.day(TODAY)
    for days_off in (2, 1):
        assert stored_bytes(start) in everything_below(tmp_path / "home")
        if restarted:
            desk.service.stop()
        desk.stand_still(days_off * 86_400)
        if restarted:
            desk.open()
            desk.start()
        desk.wait(8)
    for instant in (start, step):
        assert stored_bytes(instant) not in everything_below(tmp_path / "home")
    assert desk.storage.spans(TODAY, TODAY) == []
    kept = desk.service.day(TODAY)
    assert kept.channels == report.channels
    assert kept.limits == report.limits
    desk.stand_still(2 * 86_400)
    desk.wait(8)
    assert not desk.storage.totals(TODAY, TODAY)
    assert b"discord" not in tables(tmp_path / "home").replace(keep, "").encode().replace(
        b'id = "discord"', b""
    )


@pytest.fixture
def running(kanaltid_home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A ``track --headless`` without a screen, under a umask that closes nothing."""
    process = subprocess.Popen(
        [KANALTID, "track", "--headless", "--accept"], umask=0, stderr=subprocess.PIPE
    )
    control = kanaltid_home / "run" / "control.sock"

    def answers() -> bool:
        try:
            return bool(ask(control, {"do": "status"}))
        except (OutsideError, FileNotFoundError):
            return False

    wait_until(answers, "the tracker to answer")
    yield process
    process.terminate()
    process.communicate(timeout=10)


@pytest.mark.usefixtures("running")
def test_6_9_files_are_the_owners_alone_while_it_runs(kanaltid_home: Path) -> None:
    control = kanaltid_home / "run" / "control.sock"
    ask(control, {"do": "pause", "until": None})
    done = subprocess.run([KANALTID, "spans", "--from", "2026-01-01", "--to", "2027-01-01"],
                          umask=0, check=False)  # fmt: skip
    assert done.returncode == 0
    export = kanaltid_home.parent / "week.csv"
    command = [KANALTID, "export", "--week", "2026-W48", "--format", "csv", "--output", export]
    assert (
        subprocess.run(
            list(map(str, command)), umask=0, capture_output=True, check=False
        ).returncode
        == 0
    )
    paths = [kanaltid_home, export, *kanaltid_home.rglob("*")]
    assert {"control.sock", "kanaltid.db", "kanaltid.lock"} <= {path.name for path in paths}
    for path in paths:
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert (path, oct(mode)) == (path, oct(0o700 if path.is_dir() else 0o600))
        assert path.lstat().st_uid == os.getuid()


def test_6_9_no_network_socket_is_open_while_it_runs(running: subprocess.Popen[bytes]) -> None:
    process = psutil.Process(running.pid)
    assert process.net_connections(kind="inet") == []
    assert any(each.laddr for each in process.net_connections(kind="unix"))


def test_6_1_nothing_is_stored_when_everything_was_erased_until_it_is_accepted_again(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(accept_all=False).start()
    desk.service.accept("sv")
    desk.front("discord")
    desk.wait(10)
    while desk.service.erase():
        pass
    before = tables(tmp_path / "home")
    assert rows(tmp_path / "home") == []
    desk.wait(3600)
    desk.service.stop()
    assert tables(tmp_path / "home") == before


@pytest.mark.parametrize("code", ["sv", "en"])
def test_6_1_all_that_must_be_known_is_told_before_it_is_accepted(code: str) -> None:
    policy = made_up_policy()
    page = first_page(policy, Language(code))
    told = [page.promise, *(line for each in page.topics for line in each.paragraphs)]
    monitoring = policy.monitoring
    contact = next(each for each in policy.contacts if each.id == monitoring.contact)
    for fact in (
        "LinkedIn",  # what
        monitoring.purpose.in_language(code),  # why
        str(monitoring.keep_days.spans),  # for how long
        str(monitoring.keep_days.totals),
        contact.role.in_language(code),  # whom to ask
        "imy@imy.se",  # where to complain
    ):
        assert any(fact in line for line in told), fact
    assert all(each.heading and all(each.paragraphs) for each in page.topics)
    nothing = {
        "sv": "Det här ser din arbetsgivare: ingenting.",
        "en": "What your employer sees: nothing.",
    }
    assert page.promise == nothing[code]
    boss = replace(monitoring, recipients=(Recipient("Boss", "weekly_totals"),))
    page = first_page(replace(policy, monitoring=boss), Language(code))
    assert page.promise != nothing[code]
    assert "Boss" in page.promise


def own_data_of(desk: Desk) -> str:
    """Return the person's own export, as it is written."""
    return b"".join(piece.data for piece in own_data(desk.storage, None, desk.clock.now())).decode()


def test_6_4_own_data_hold_no_idle_time_either(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk().start()
    day_with_everything(desk)
    desk.service.check()
    data = own_data_of(desk)
    assert "idle" not in data.replace(POLICY, "").casefold()
    for idle_ms in (347_000, 30_000, 377_000):
        assert str(idle_ms) not in data
    assert '"length_ms": 600000' in data  # not measured: that is no measure of the person
    assert '"length_ms": 120000' in data


def test_6_4_no_score_ranking_or_idle_measure_has_a_place_to_be_stored() -> None:
    columns = {f"{table.name}.{column.name}" for table in METADATA for column in table.c}
    for word in ("idle", "active", "input", "key", "score", "rank", "presence", "title", "url"):
        found = {name for name in columns if word in name.partition(".")[2]}
        assert found <= {"note.key"}, found


RARE = "quallenforum"
RARE_CHANNEL = f"""[[channel]]
id = "{RARE}"
name = {{ en = "Rare" }}
kind = "forum"
match = [{{ app = "{RARE}" }}]
[[limit]]"""
RARE_POLICY = POLICY.replace("[[limit]]", RARE_CHANNEL, 1)


def plant_days(desk: Desk) -> None:
    """Measure a rare channel today, beside another, and let the policy be another then."""
    for app in ("discord", RARE, "discord", RARE):
        desk.front(app)
        desk.wait(40)
    desk.front("gedit")
    desk.service.check()
    desk.stand_still(86_400)
    desk.wait(8)
    desk.policy_file.write_text(POLICY.replace('version = "1"', 'version = "2"'), "utf-8")
    desk.front("discord")
    desk.wait(20)


def copies(folder: Path) -> list[str]:
    """Return the files that hold the rare word in any usual encoding."""
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        and any(RARE.encode(encoding) in path.read_bytes() for encoding in ("utf-8", "utf-16-le"))
    ]


@pytest.mark.parametrize("everything", [False, True])
def test_6_5_what_is_deleted_is_gone_from_every_file(
    open_desk: Callable[..., Desk], tmp_path: Path, everything: bool
) -> None:
    desk = open_desk(RARE_POLICY).start()
    plant_days(desk)
    assert copies(tmp_path / "home")
    if everything:
        while desk.service.erase():
            pass
    else:
        assert desk.service.delete(TODAY, TODAY) is None
        assert desk.used() == {"discord": 20_000}  # of the day after
    assert copies(tmp_path / "home") == []
    desk.wait(60)
    desk.service.stop()
    desk.storage.close()
    assert copies(tmp_path / "home") == []
    left = {path.name for path in (tmp_path / "home").iterdir()}
    assert left == {"kanaltid.db"}  # no backup, nothing set aside


def test_6_5_no_backup_holds_what_was_deleted_when_the_store_was_migrated(tmp_path: Path) -> None:
    store = SqlStorage(tmp_path / "home" / "kanaltid.db")
    store.close()
    with sqlite3.connect(tmp_path / "home" / "kanaltid.db") as older:
        older.execute("DROP TABLE evaluation")
        older.execute("DROP TABLE crisis_mark")
        older.execute("DROP TABLE result_count")
        older.execute("ALTER TABLE purpose_choice DROP COLUMN note")
        older.execute("ALTER TABLE purpose_choice DROP COLUMN until")
        older.execute(f"INSERT INTO note VALUES ('{RARE}', 'x')")
        older.execute("UPDATE revision SET version_num = '0001'")
    older.close()
    store = SqlStorage(tmp_path / "home" / "kanaltid.db")
    assert store.note(RARE) == "x"
    while store.erase():
        pass
    store.close()
    assert copies(tmp_path / "home") == []


@pytest.mark.expects_log("was damaged")
@pytest.mark.parametrize("how", ["forget", "delete", "erase"])
def test_6_5_a_damaged_file_that_was_set_aside_goes_with_its_days(tmp_path: Path, how: str) -> None:
    path = tmp_path / "home" / "kanaltid.db"
    store = SqlStorage(path)
    store.write(batch(span(1, channel=RARE)))
    store.close()
    whole = path.read_bytes()
    path.write_bytes(b"\0" + whole[1:])
    store = SqlStorage(path, mends=True)
    assert len(copies(tmp_path / "home")) == 2
    if how == "forget":
        store.forget(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
    elif how == "delete":
        assert store.delete(MONDAY, MONDAY) is None
    else:
        while store.erase():
            pass
    store.close()
    assert copies(tmp_path / "home") == []
    assert [each.name for each in path.parent.iterdir()] == ["kanaltid.db"]


def test_6_7_every_row_of_every_table_is_seen_and_exported(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk()
    for number in range(3):
        day = MONDAY + timedelta(days=number)
        desk.storage.write(with_everything(day, first_seq=1 + 2 * number))
    model = StoredModel(FakeOverview(store=desk.storage), Language("en"))  # type: ignore[arg-type]
    exported = json.loads(own_data_of(desk))["rows"]
    plain = sqlite3.connect(f"file:{tmp_path / 'home' / 'kanaltid.db'}?mode=ro", uri=True)
    with contextlib.closing(plain):
        names = [
            name
            for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "revision"  # which form the tables have: nothing of the person
        ]
        assert sorted(names) == sorted(table.name for table in METADATA)
        for name in names:
            columns = [column[1] for column in plain.execute(f"PRAGMA table_info({name})")]
            stored = plain.execute(f"SELECT * FROM {name}").fetchall()
            assert stored, name
            told = exported[name]
            model.show_rows(Stored(name), date.min, date.max)
            assert len(told) == len(stored) == model.rowCount()
            for row in told:
                assert set(row) == set(columns) - {"id"}
            for column in set(columns) - {"id", "device", "day", "at", "start", "until", "opened",
                                          "rows_from"}:  # fmt: skip
                at = columns.index(column)
                assert sorted(map(str, (row[at] for row in stored))) == sorted(
                    str(int(row[column]) if isinstance(row[column], bool) else row[column])
                    for row in told
                )


def test_6_7_all_or_some_days_can_be_deleted(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(accept_all=False)
    for number in range(3):
        day = MONDAY + timedelta(days=number)
        desk.storage.write(with_everything(day, first_seq=1 + 2 * number))
    desk.service.delete(MONDAY, MONDAY)
    counted = desk.storage.counted(MONDAY, MONDAY)
    assert [kind for kind in Stored if counted[kind] and kind not in LASTING] == []
    assert desk.storage.counted(date.min, date.max)[Stored.SPAN] == 2
    while desk.service.erase():
        pass
    counted = desk.storage.counted(date.min, date.max)
    assert [kind for kind in Stored if counted[kind]] == [Stored.DEVICE]


def unpacked(content: bytes) -> bytes:
    """Return a file, or all files in it where it is packed."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


def test_6_8_summaries_hold_no_name_and_no_note_when_there_are_no_recipients(
    open_desk: Callable[..., Desk],
) -> None:
    brand = 'id = "brand"\nname = { en = "Brand" }\nchannels = ["*"]\nnote = "optional"\n'
    policy = f"{POLICY}\n[[purpose]]\n{brand}"
    desk = open_desk(policy).start()
    desk.person = Person("karin.quallenstein")
    assert desk.service.policy.monitoring.recipients == ()
    desk.service.choose_purpose("brand", "discord", note=SECRET)
    desk.front("discord")
    desk.wait(60)
    week = week_json(week_of(TODAY), desk.service.week(TODAY), ())
    for write in WRITERS.values():
        content = write(week)
        assert found(content) == []
        assert b"karin" not in content.lower()
        assert b"brand" in content
    facts = desk.service.week_facts(TODAY)
    for form in (Form.CSV, Form.JSON, Form.HTML, Form.XLSX):
        content = unpacked(make_summary(form, facts, Language("en"), Ticks(), None))
        assert found(content) == []
        assert b"karin" not in content.lower()
        ticked = make_summary(form, facts, Language("en"), Ticks(notes=True), None)
        assert found(unpacked(ticked)) != []
    desk.service.check()
    assert SECRET in own_data_of(desk)  # the person's own


def test_6_9_own_data_are_the_owners_alone_and_logs_hide_parameters(
    running: subprocess.Popen[bytes], kanaltid_home: Path
) -> None:
    assert running.poll() is None
    file = kanaltid_home.parent / "own.json"
    command = [KANALTID, "data", "export", "--output", file]
    done = subprocess.run(list(map(str, command)), umask=0, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    store = SqlStorage(kanaltid_home.parent / "other" / "store.db")
    with pytest.raises(Exception, match="parameters hidden") as raised:
        store._connection.exec_driver_sql("INSERT INTO note VALUES (?, ?, ?)", (SECRET, "x", "y"))
    store.close()
    assert found(str(raised.value).encode()) == []
