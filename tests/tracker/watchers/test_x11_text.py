"""What the X server sends, read as text and numbers."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.watchers.x11_text import Property, client_pid, counters

HEADER = bytes(32)


def reply(data: bytes, width: int = 8, after: int = 0) -> bytes:
    count = len(data) // (width // 8)
    return (
        struct.pack("=BBHIIII12x", 1, width, 7, 0, 31, after, count) + data + bytes(-len(data) % 4)
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Flöde | LinkedIn – Chromium".encode(), "Flöde | LinkedIn – Chromium"),
        ("Räksmörgås".encode("latin-1"), "Räksmörgås"),
        (b"closed\0", "closed"),
        (b"one\0two\0", "one"),
        (b"\0late", "late"),
        (b"", ""),
        (b"\0\0", ""),
        ("🙂".encode() * 3, "🙂🙂🙂"),
    ],
)
def test_title_reads_as_it_was_meant_when_its_bytes_are(data: bytes, text: str) -> None:
    assert Property.from_reply(reply(data)).text() == text


def test_split_character_is_left_out_when_a_long_title_was_cut() -> None:
    cut = "ab€".encode()[:-1]
    assert Property.from_reply(reply(cut, after=1)).text() == "ab"
    assert Property.from_reply(reply(cut)).text() == cut.decode("latin-1")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"Navigator\0firefox\0", "firefox"),
        (b"Navigator\0firefox", "firefox"),
        (b"xterm\0\0", "xterm"),
        (b"xterm\0", "xterm"),
        (b"xterm", "xterm"),
        (b"\0Gimp\0", "Gimp"),
        (b"", ""),
        (b"\0\0", ""),
        ("a\0Räkna\0".encode(), "Räkna"),
    ],
)
def test_class_is_the_second_part_when_there_are_two(data: bytes, name: str) -> None:
    assert Property.from_reply(reply(data)).class_name() == name


def test_numbers_are_those_sent_when_there_are_several() -> None:
    sent = Property.from_reply(reply(struct.pack("=3I", 5, 6, 2**32 - 1), width=32))
    assert sent.numbers() == (5, 6, 2**32 - 1)
    assert sent.number() == 5
    assert Property().number() is None


def test_padding_is_no_part_of_a_value_when_its_length_is_odd() -> None:
    assert Property.from_reply(reply(b"abcde")).data == b"abcde"


def test_counters_are_found_by_name_when_names_have_any_length() -> None:
    def entry(number: int, name: bytes) -> bytes:
        body = struct.pack("=IiIH", number, 0, 4, len(name)) + name
        return body + bytes(-len(body) % 4)

    names = {b"SERVERTIME": 61, b"IDLETIME": 62, b"DEVICEIDLETIME 2": 63, b"x": 64}
    listed = HEADER + b"".join(entry(number, name) for name, number in names.items())
    assert counters(listed) == {name.decode(): number for name, number in names.items()}


def test_pid_is_read_when_the_server_knows_it() -> None:
    known = HEADER + struct.pack("=IIII", 99, 2, 4, 4711)
    assert client_pid(known) == 4711


def test_pid_is_found_when_another_answer_comes_first() -> None:
    both = HEADER + struct.pack("=III", 99, 1, 0) + struct.pack("=IIII", 99, 2, 4, 4711)
    assert client_pid(both) == 4711


@pytest.mark.parametrize("told", [HEADER, HEADER + struct.pack("=IIII", 99, 2, 4, 0)])
def test_pid_is_none_when_the_server_does_not_know_it(told: bytes) -> None:
    assert client_pid(told) is None


@given(st.binary(max_size=200))
def test_nothing_fails_when_the_bytes_are_arbitrary(data: bytes) -> None:
    for read in (Property.from_reply(data), Property(data), Property(data, cut=True)):
        assert "\0" not in read.text()
        assert "\0" not in read.class_name()
        read.numbers()
    counters(data)
    client_pid(data)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_text_comes_back_when_it_was_utf8(text: str) -> None:
    assert Property(text.encode()).text() == text
