"""Reading traces; what a person is told of their faults is in ``cli/test_simulate.py``."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import ErrorCode, OutsideError
from tracker.trace import TraceFault, TraceLine, read_trace

LOCK = b'{"t": "2026-11-23T09:00:00+01:00", "kind": "lock"}'


def read(data: bytes) -> list[TraceLine]:
    return list(read_trace(data, "trace"))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-23T09:00:00+01:00", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-11-23T08:00:00Z", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-11-23T09:00:00.5+01:00", datetime(2026, 11, 23, 8, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-23T08:00:00.123999Z", datetime(2026, 11, 23, 8, 0, 0, 123_000, tzinfo=UTC)),
    ],
)
def test_instant_is_cut_to_milliseconds_when_read(text: str, instant: datetime) -> None:
    (line,) = read(json.dumps({"t": text, "kind": "lock"}).encode())
    assert (line.at, line.number, line.source) == (instant, 1, "trace")


def test_lines_are_numbered_as_in_the_file_when_some_are_empty() -> None:
    data = b"\n\r\n" + LOCK + b"\r\n  \n" + LOCK
    assert [line.number for line in read(data)] == [3, 5]


def test_lines_before_a_fault_are_read_when_it_is_not_reached() -> None:
    lines = read_trace(LOCK + b"\nnonsense", "trace")
    assert next(lines).kind == "lock"
    with pytest.raises(OutsideError) as refused:
        next(lines)
    assert refused.value.code is ErrorCode.TRACE_INVALID
    assert refused.value.fields["reason"] == TraceFault.NO_OBJECT
    assert refused.value.fields["line"] == 2


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
kinds = st.sampled_from(["foreground", "tab", "idle", "clock", "purpose", "end", "policy"])
keys = st.sampled_from(["t", "app", "title", "pid", "since", "to", "url", "audible", "id", "file"])
lines_of_a_kind = st.builds(
    lambda kind, values: {"t": "2026-11-23T09:00:00Z", "kind": kind, **values},
    kinds | json_values,
    st.dictionaries(keys, json_values),
).map(lambda value: json.dumps(value).encode())


@given(st.lists(st.binary(max_size=40) | json_values.map(lambda v: json.dumps(v).encode())
                | lines_of_a_kind, max_size=4))  # fmt: skip
def test_any_bytes_are_lines_or_a_fault(parts: list[bytes]) -> None:
    fault: OutsideError | None = None
    lines: list[TraceLine] = []
    try:
        lines = read(b"\n".join(parts))
    except OutsideError as error:
        fault = error
    assert fault is None or fault.code is ErrorCode.TRACE_INVALID
    assert fault is None or fault.fields["reason"] in set(TraceFault)
    assert all(line.at.tzinfo is not None for line in lines)
