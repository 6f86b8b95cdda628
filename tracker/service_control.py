"""Answers what comes through the control socket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tracker.control import LONGEST
from tracker.crisis import do_wish
from tracker.days import day_of_text, days_of_week, week_of
from tracker.errors import ErrorCode, OutsideError
from tracker.limits.types import Period
from tracker.reports.crisis_json import crisis_json
from tracker.reports.json_form import Json, day_json, span_json, week_json
from tracker.reports.why_json import why_json
from tracker.service import Service
from tracker.status import Status
from tracker.watchers.base import Sense

LONGEST_LINK = 2000
"""The characters of a link; longer ones no browser takes."""


class ServiceControl:
    """Carries out requests by their ``do``; values are checked before they are used.

    Args:
        service: What is asked.
        raise_app: Brings the app to the front.
        quit_app: Ends the process cleanly.
    """

    def __init__(
        self, service: Service, raise_app: Callable[[], None], quit_app: Callable[[], None]
    ) -> None:
        self._service = service
        self._raise_app = raise_app
        self._quit_app = quit_app
        self._known: dict[str, Callable[[Json], Any]] = {
            "raise": lambda _: self._raise_app(),
            "quit": lambda _: self._quit_app(),
            "today": lambda _: day_json(service.today()),
            "week": self._week,
            "spans": self._spans,
            "why": self._why,
            "status": lambda _: status_json(service.status()),
            "pause": self._pause,
            "resume": lambda _: service.resume(),
            "purpose": self._purpose,
            "extend": self._extend,
            "break": self._break,
            "crisis": self._crisis,
            "store_now": lambda _: service.store_now(),
            "delete": self._delete,
            "erase": lambda _: {"more": service.erase()},
        }

    def __call__(self, request: Json) -> Any:
        """Carry out ``request`` and return what JSON can hold."""
        known = self._known.get(str(request.get("do")))
        if known is None:
            raise OutsideError(ErrorCode.CONTROL_REFUSED)
        return known(request)

    def _week(self, request: Json) -> Json:
        key = request.get("week") or week_of(self._service.today().day)
        days = self._service.week(days_of_week(_text(key))[0])
        today = self._service.today().day
        judged = [each for each in days if each.day <= today] or [days[0]]
        limits = [each for each in judged[-1].limits if each.period is Period.WEEK]
        return week_json(_text(key), days, limits)

    def _spans(self, request: Json) -> list[Json]:
        first, last = _date(request.get("from")), _date(request.get("to"))
        zone = self._service.calendar.zone
        return [span_json(span, zone) for span in self._service.spans(first, last)]

    def _why(self, request: Json) -> Json:
        at = request.get("at")
        why = self._service.why(_instant(at) if at is not None else None)
        return why_json(why, self._service.calendar.zone)

    def _pause(self, request: Json) -> None:
        until = request.get("until")
        self._service.pause(_instant(until) if until is not None else None)

    def _delete(self, request: Json) -> Json:
        """Delete a piece; who asks goes on with what is left, so that measuring goes on too."""
        left = self._service.delete(_date(request.get("from")), _date(request.get("to")))
        return {"left": left.isoformat() if left is not None else None}

    def _purpose(self, request: Json) -> None:
        channel, until = request.get("channel"), request.get("until")
        self._service.choose_purpose(
            _text(request.get("id")),
            _text(channel) if channel is not None else None,
            until=_instant(until) if until is not None else None,
        )

    def _extend(self, request: Json) -> Json:
        channel, reason = request.get("channel"), request.get("reason")
        taken = self._service.extend(
            _text(request.get("limit")),
            _text(channel) if channel is not None else None,
            # The service itself says that one is too long, in clearer words.
            _text(reason, LONGEST) if reason is not None else "",
        )
        return {"minutes": taken.minutes}

    def _crisis(self, request: Json) -> Json:
        service = self._service
        level, link, done = request.get("level"), request.get("link"), request.get("done")
        if done is not None and (not isinstance(done, int) or isinstance(done, bool)):
            raise OutsideError(ErrorCode.CONTROL_REFUSED)
        close = request.get("close") is True
        do_wish(
            service.crisis_book,
            level=_text(level) if level is not None else None,
            link=_text(link, LONGEST_LINK) if link is not None else None,
            done=done,
            close=close,
        )
        if level is not None or done is not None or close:
            service.crisis_turned()
        return crisis_json(service.crisis(), service.policy)

    def _break(self, request: Json) -> None:
        if request.get("end"):
            self._service.end_break()
        else:
            self._service.take_break()


def _text(value: object, longest: int = 200) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise OutsideError(ErrorCode.CONTROL_REFUSED)
    return value


def _date(value: object) -> date:
    return day_of_text(_text(value))


def _instant(value: object) -> datetime:
    try:
        instant = datetime.fromisoformat(_text(value))
    except ValueError as error:
        raise OutsideError(ErrorCode.BAD_DATE, text=str(value)) from error
    if instant.tzinfo is None:
        raise OutsideError(ErrorCode.BAD_DATE, text=str(value))
    return instant


def status_json(status: Status) -> Json:
    """Return the form of ``doctor --json``, as the running app sees it."""
    return {
        "backend": status.backend,
        "sees": {sense.value: sense in status.senses for sense in Sense},
        "refused": [
            {"backend": each.backend, "reason": each.reason, "remedy": each.remedy}
            for each in status.refused
        ],
        "running": True,
        "measuring": status.measuring,
        "accepted": status.accepted,
        "paused": status.paused,
        "state": status.state.kind.value,
        "trouble": [
            {"code": code, "fields": {name: str(value) for name, value in fields.items()}}
            for code, fields in status.trouble
        ],
    }
