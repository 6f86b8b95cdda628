from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from tools.bench import __main__ as bench
from tools.bench import latency, machine, process, store, windows, year
from tools.bench.figures import (
    CannotMeasureError,
    Figure,
    Missing,
    Part,
    Result,
    median,
    quantile,
)
from tools.bench.large_policy import CHANNELS, LIMITS, large_policy
from tools.bench.script import REST, Act
from tools.bench.table import as_json, format_value, table
from tools.bench.truth import Done
from tools.parts import Part as Program
from tools.parts import PartMissingError
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.load import load_or_raise
from tracker.trace import read_trace

FAST = Figure("start", 0.71, "s", 0.8, "nine starts")
SLOW = Figure("flush", 1.234, "ms", 1, "a busy disk")
MISSING = Missing("icon", "trayer not installed", "make test-parts")


def part(name: str, *results: Result) -> Part:
    return Part(name, tuple(each.name for each in results), lambda _quick: results, 0.1)


def failing(error: Exception) -> Part:
    def measure(_quick: bool) -> Sequence[Result]:
        raise error

    return Part("broken", ("icon",), measure, 0.1)


def test_middle_is_told_when_values_are_unordered() -> None:
    assert (median([3, 1, 2]), quantile([*range(100)], 0.99), quantile([7], 0.99)) == (2, 99, 7)


def test_goal_is_met_when_the_value_is_not_above_it() -> None:
    assert FAST.met is True
    assert SLOW.met is False
    assert Figure("visits missed", 0, "", 0, "").met is True
    assert Figure("bytes", 70, "B", None, "").met is None


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0, "", "0"), (3, "", "3"), (0, "%", "0 %"), (0.01, "%", "0.010 %"), (1.234, "ms", "1.23 ms"),
     (53.62, "MB", "53.6 MB"), (1234.5, "B", "1,234 B")],
)  # fmt: skip
def test_value_has_three_digits_when_told(value: float, unit: str, text: str) -> None:
    assert format_value(value, unit) == text


def test_row_says_how_it_went_when_the_table_is_made() -> None:
    told = table([FAST, SLOW, MISSING], 100).splitlines()
    assert told[2].split("  ")[0] == "start"
    assert "met" in told[2]
    assert "MISSED" in told[3]
    assert "a busy disk" in told[3]
    assert "MISSING" in told[4]
    assert told[4].endswith("trayer not installed; remedy: make test-parts")


def test_lines_fit_when_a_note_is_long() -> None:
    long = Figure("start", 0.71, "s", 0.8, "one word and another " * 20)
    assert max(len(line) for line in table([long], 90).splitlines()) <= 90


def test_json_has_figures_and_what_is_missing_when_asked_for() -> None:
    found = as_json([FAST, MISSING])
    assert found["figures"] == [
        {"name": "start", "measured": 0.71, "unit": "s", "goal": 0.8, "met": True,
         "note": "nine starts"}
    ]  # fmt: skip
    assert [each["remedy"] for each in found["missing"]] == ["make test-parts"]


def test_parts_keep_their_order_when_chosen_by_name_or_figure() -> None:
    parts = [part("first", FAST), part("second", SLOW)]
    assert bench.chosen([], parts) == parts
    assert bench.chosen(["flu", "first"], parts) == parts
    assert bench.chosen(["second"], parts) == parts[1:]
    assert bench.chosen(["today"], [part("rest", Figure("Today open", 1, "MB", None, ""))])
    with pytest.raises(LookupError):
        bench.chosen(["third"], parts)


def test_usage_is_wrong_when_nothing_has_that_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(["--only", "coffee"])
    assert ended.value.code == 2
    assert "accuracy: error of the totals" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "reason", "remedy"),
    [
        (CannotMeasureError("no app yet", "write it"), "no app yet", "write it"),
        (PartMissingError(Program("Xvfb", "xvfb")), "Xvfb not installed", "make test-parts"),
        (RuntimeError("it broke"), "RuntimeError: it broke", "mend what failed"),
    ],
)
def test_figure_is_named_with_its_remedy_when_it_cannot_be_measured(
    error: Exception, reason: str, remedy: str
) -> None:
    (found,) = bench.measure(failing(error), quick=True)
    assert isinstance(found, Missing)
    assert found.name == "icon"
    assert found.reason.startswith(reason)
    assert found.remedy == remedy


def test_load_is_told_when_a_goal_is_missed() -> None:
    slow, fast = bench.measure(part("both", SLOW, FAST), quick=True)
    assert isinstance(slow, Figure)
    assert slow.note.startswith("a busy disk; load up to ")
    assert fast == FAST


def test_table_and_file_are_written_when_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "PARTS", (part("first", FAST), part("second", MISSING)))
    file = tmp_path / "figures.json"
    assert bench.main(["--quick", "--json", str(file)]) == 1
    assert "trayer not installed" in capsys.readouterr().out
    assert json.loads(file.read_text("utf-8"))["machine"]["cores"] >= 1
    assert bench.main(["--only", "first"]) == 0


def test_large_policy_loads_with_all_it_promises() -> None:
    text = large_policy(2000)
    assert text.count("\n") == 2000
    policy = load_or_raise(text.encode(), "large", shipped_catalogue(), date(2026, 11, 23))
    assert (len(policy.channels), len(policy.limits)) == (CHANNELS, LIMITS) == (100, 50)


def test_trace_is_one_that_the_simulation_reads_when_made() -> None:
    rows = [*year.trace(6)]
    lines = [*read_trace("\n".join(map(json.dumps, rows)).encode(), "year")]
    assert len(lines) == 6 * 1002
    days = {datetime.fromisoformat(row["t"]).date() for row in rows if row["kind"] == "unlock"}
    assert len(days) == 6
    assert all(day.weekday() < 5 for day in days)


def test_arrival_is_the_first_note_of_that_channel_after_the_request() -> None:
    done = [Done(Act(0, "focus", 2), 100, 104), Done(Act(0, "focus", REST), 200, 204)]
    noted = [
        (50.0, "discord"),
        (101.0, None),
        (103.0, "discord"),
        (150.0, "discord"),
        (203.5, None),
    ]
    assert latency.arrivals(done, noted) == [(done[0], 103.0), (done[1], 203.5)]
    assert latency.arrivals(done[:1], [(5000.0, "discord")]) == []


def test_processor_time_grows_when_this_process_works() -> None:
    import os

    before = process.processor_ns(os.getpid())
    while process.processor_ns(os.getpid()) - before < 1_000_000:
        sum(range(10_000))
    assert process.threads_of(os.getpid()) >= 1


def test_memory_as_if_alone_is_between_share_and_whole() -> None:
    import os

    memory = process.memory_of(os.getpid())
    assert 0 < memory.pss <= memory.alone <= memory.rss


def test_only_pythons_files_count_as_shared_when_they_are_mapped_elsewhere() -> None:
    smaps = [
        "55d0-55d1 r--p 00000000 fe:00 1   /opt/python",
        "Rss:                 100 kB",
        "Pss:                  40 kB",
        "7f00-7f01 r--p 00000000 fe:00 2   /lib/libc.so.6",
        "Rss:                 500 kB",
        "Pss:                  20 kB",
        "7f02-7f03 rw-p 00000000 00:00 0",
        "Rss:                  70 kB",
        "Pss:                  70 kB",
    ]
    assert process.shared_with_pythons(smaps, ("/opt/python",)) == 60


@pytest.mark.parametrize(
    ("text", "name"),
    [("processor : 0\nmodel name\t: Some CPU\n", "Some CPU"), ("Model : Pi 5\n", "Pi 5")],
)
def test_processor_has_a_name_when_the_system_tells_it(text: str, name: str) -> None:
    assert machine.cpu_name(text) == name


def test_storage_is_measured_when_asked_for() -> None:
    figures = store.PART.measure(True)
    assert tuple(figure.name for figure in figures) == store.PART.figures
    by_name = {figure.name: figure for figure in figures if isinstance(figure, Figure)}
    assert 20 < by_name[store.BYTES].measured < 400


def block(ms: float) -> dict[str, object]:
    return {"ms": ms, "cpu_ms": ms, "act": "opening"}


def test_longest_block_is_the_middle_of_several_drives() -> None:
    drives = [{"pages": {"today": block(ms), "week": block(20)}} for ms in (90, 10, 30)]
    found = windows.longest_blocks(drives)
    assert [(page, each["ms"]) for page, each in found.items()] == [("today", 30), ("week", 20)]


def test_every_page_is_driven_through_on_years_of_data() -> None:
    found = windows.drive(0.2, rest_ms=10)
    assert found["open_ms"] > 0
    assert {"today", "week", "spans", "policy", "crisis", "privacy", "settings"} <= {
        *found["pages"]
    }
    for page, longest in found["pages"].items():
        assert 0 < longest["ms"] < 5000, page
        assert longest["act"] in {"opening", "scrolling", "following", "resizing"}


def test_a_drive_that_fails_says_why() -> None:
    with pytest.raises(CannotMeasureError, match="the drive ended with"):
        windows.drive(0.2, rest_ms="never")  # type: ignore[arg-type]
