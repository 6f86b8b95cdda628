"""Writers of the weekly summary: from a week's JSON form to the bytes of a file."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tracker.errors import ErrorCode, OutsideError
from tracker.reports.json_form import Json

COLUMNS = ("week", "day", "channel", "purpose", "seconds", "minutes", "lifted")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _plain(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def week_csv(week: Json) -> bytes:
    """Return a row a day, channel and purpose; UTF-8 with a byte order mark, for spreadsheets.

    Minutes a day that were not measured or paused follow as channels of their own, with
    no purpose: never instants. The column ``lifted`` names the limits that a crisis lifted on
    the day, parted by blanks. Own results and notes have columns, and rows of their own after
    those of their day, where the week holds them: only if they were ticked.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    more = [name for name in ("results", "notes") if name in week]
    writer.writerow((*COLUMNS, *more))
    for day in week["days"]:
        for row in _time_rows(week, day):
            writer.writerow((*row, *("" for _ in more)))
        for name in more:
            for each in week[name]:
                if each["day"] == day["day"]:
                    writer.writerow(_told_row(week, day, each, more))
    return text.getvalue().encode("utf-8-sig")


def _time_rows(week: Json, day: Json) -> Iterator[tuple[str, ...]]:
    for channel in day["channels"]:
        for purpose, seconds in channel["purposes"].items():
            yield _row(week, day, channel["id"], purpose, seconds)
    for gap in ("not_measured", "paused"):
        if day[f"{gap}_s"]:
            yield _row(week, day, gap, "", day[f"{gap}_s"])


def _row(week: Json, day: Json, channel: str, purpose: str, seconds: float) -> tuple[str, ...]:
    texts = (week["week"], day["day"], channel, purpose)
    lifted = _plain(" ".join(day["lifted"]))
    return (*map(_plain, texts), f"{seconds:.3f}", f"{seconds / 60:.2f}", lifted)


def _told_row(week: Json, day: Json, told: Json, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the row of a result or a note; a note may be about a limit instead of a purpose."""
    about = told["purpose"] or told.get("limit") or ""
    values = {"results": str(told.get("count", "")), "notes": _plain(told.get("text", ""))}
    start = (week["week"], day["day"], "", _plain(about), "", "", "")
    return (*start, *(values[name] for name in columns))


def week_as_json(week: Json) -> bytes:
    """Return the form of ``week --json``."""
    return (json.dumps(week, ensure_ascii=False, indent=2) + "\n").encode()


WRITERS: dict[str, Callable[[Json], bytes]] = {"csv": week_csv, "json": week_as_json}


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all; see :func:`write_pieces`."""
    write_pieces(path, (content,), force=force)


def write_pieces(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file piece by piece, whole or not at all, for the owner alone.

    Raises:
        OutsideError: ``FILE_EXISTS`` where something is there and ``force`` is not given;
            ``FILE_NOT_WRITTEN`` where it can't be written; then no half file is left.
            Nor is one where a piece can't be made.
    """
    if os.path.lexists(path) and not force:
        raise OutsideError(ErrorCode.FILE_EXISTS, file=str(path))
    if force and path.exists() and not path.is_file():
        # A device is written to, not replaced by a file: nobody means that.
        raise OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=str(path))
    real = Path(os.path.realpath(path))  # what a link names is written, and the link stays
    part = real.with_name(f".{real.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(descriptor)
        if force:
            part.replace(real)
        else:
            _put_where_nothing_is(part, real)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if not isinstance(error, OSError):
            raise
        code = ErrorCode.FILE_EXISTS if isinstance(error, FileExistsError) else None
        raise OutsideError(
            code or ErrorCode.FILE_NOT_WRITTEN, file=str(path), reason=error.strerror or ""
        ) from error


def _put_where_nothing_is(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # fails where a file came in the meantime
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as memory sticks have it
        if os.path.lexists(path):
            raise
        part.rename(path)
    else:
        part.unlink()
