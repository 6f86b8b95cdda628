"""The answer of ``why`` in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tracker.i18n import Language, mark
from tracker.model import PRIVATE
from tracker.reports.json_form import Json

_STATES = {
    "stopped": mark("Not counted: Kanaltid was not running."),
    "asleep": mark("Not counted: the computer was asleep."),
    "locked": mark("Not counted: the screen was locked."),
    "paused": mark("Not counted: Kanaltid was paused."),
    "off_hours": mark("Not counted: it was outside working hours, where nothing is measured."),
    "not_measured": mark("Not measured: Kanaltid could not see which window was in front."),
    "other": mark("Not counted: no channel of the policy was in front."),
    "idle": mark("Not counted: there was no input for so long that you count as away."),
}
_REASONS = {
    "stall": mark("Not measured: Kanaltid stood still and saw nothing."),
    "nothing_in_front": mark("Not counted: no window was in front."),
    "own_window": mark("Not counted: a window of Kanaltid itself was in front."),
    "private_window": mark(
        "Not counted: a private browser window was in front. Nothing of it is measured."
    ),
    "break": mark("Not counted: it was a break, and no limit counts this channel in breaks."),
}
_GAPS = {
    "not_measured": mark("Not measured: Kanaltid could see nothing, or it was not running."),
    "paused": _STATES["paused"],
}
_NOTHING = mark(
    "Nothing is kept of this moment: it was in no channel of the policy, or it is too long ago, "
    "or nothing was measured then."
)
_NO_MORE = mark("Only this is kept of the moment; the rule that decided is not.")
_SOURCES = {
    "tab": mark("the browser's tab"),
    "app": mark("the program"),
    "title": mark("the window's title"),
}
_RULES = {
    "no rule matches": mark("no rule of the policy fits"),
    "private window": mark("a private window"),
    "withheld by the browser": mark("the browser, which says nothing of this page"),
}
_KINDS = {
    "host": mark("the address {what}"),
    "app": mark("the program {what}"),
    "title": mark("the pattern {what} in the window's title"),
}
_EXCLUDED = " excluded"
_EXTENSION = " of the extension"


class WhyWords:
    """Says what ``why --json`` holds.

    Args:
        found: As :func:`tracker.reports.why_json.why_json` returns it.
        language: Of the person who reads.
        with_ids: Whether limits are told with their ids, as commands take them.
    """

    def __init__(self, found: Json, language: Language, *, with_ids: bool = True) -> None:
        self._found = found
        self._with_ids = with_ids
        self._language = language

    def lines(self) -> Iterator[str]:
        """Yield the lines, the moment first."""
        at = datetime.fromisoformat(self._found["at"])
        assert at.tzinfo is not None
        time = self._language.time(at, at.tzinfo, seconds=True)
        yield f"{self._language.date(at.date())} {time}"
        yield self._what()
        yield from (f"  {line}" for line in self._because())
        yield from self._limits()
        yield from self._policies()

    def _what(self) -> str:
        found, _ = self._found, self._language.gettext
        if found["state"] is None:
            return _(_NOTHING)
        if found["state"] == "channel":
            return _("Counted as {channel}, {purpose}.").format(
                channel=self._channel(), purpose=self._purpose()
            )
        state, reason = found["state"], found["reason"]
        if found["kept"] == "gap":
            return _(_GAPS[state])
        return _(_REASONS.get(reason) or _STATES[state])

    def _because(self) -> Iterator[str]:
        found, _ = self._found, self._language.gettext
        if found["reason"] == "audible":
            yield _("There was no input, but the channel could be heard.")
        if found["window"] == "breaks" and found["state"] == "channel":
            yield _("It was a break, and a limit counts this channel in breaks too.")
        if found["rule"] is not None:
            yield _("Known by: {rule}.").format(rule=self._rule(found["rule"]))
        elif (source := found["source"]) is not None:
            yield _("Known by: {rule}.").format(rule=_(_SOURCES[source]))
        if found["second"] is not None:
            channel, _colon, rule = found["second"].partition(": ")
            yield _("Came second: {channel}, by {rule}.").format(
                channel=channel, rule=self._rule(rule)
            )
        if found["certain"] is False:
            yield _("A title is a guess: the time is shown as uncertain.")
        if found["purpose"] is not None:
            yield self._origin()
        if found["kept"] in {"span", "gap"}:
            yield _(_NO_MORE)

    def _rule(self, rule: str) -> str:
        _ = self._language.gettext
        if rule in _RULES:
            return _(_RULES[rule])
        kind, _space, what = rule.partition(" ")
        if kind == "channel" and what.endswith(_EXTENSION):
            return _("the browser extension, which saw {channel}").format(
                channel=what.removesuffix(_EXTENSION)
            )
        if kind not in _KINDS:
            return rule
        text = _(_KINDS[kind]).format(what=what.removesuffix(_EXCLUDED))
        if what.endswith(_EXCLUDED):
            return _("{rule}, which the policy takes out").format(rule=text)
        return text

    def _origin(self) -> str:
        found, _ = self._found, self._language.gettext
        match found["purpose_from"]:
            case "chosen" if found["chosen_at"]:
                at = datetime.fromisoformat(found["chosen_at"])
                assert at.tzinfo is not None
                time = self._language.time(at, at.tzinfo, seconds=True)
                return _("You chose the purpose at {time}.").format(time=time)
            case "chosen":
                return _("You chose the purpose.")
            case "corrected":
                return _("You corrected the purpose afterwards.")
            case "default":
                return _("No purpose was chosen: it is the policy's for this channel.")
            case _:
                return _("How the purpose came about is not kept.")

    def _limits(self) -> Iterator[str]:
        found, _ = self._found, self._language.gettext
        if found["state"] != "channel":
            return
        if not found["limits"]:
            yield _("No limit of the policy counts it.")
            return
        yield _("It counts toward these limits, which stood so at the moment:")
        for row in found["limits"]:
            yield f"  {self._limit(row)}"
        if any(row["lifted"] for row in found["limits"]):
            yield from self._lifted()

    def _lifted(self) -> Iterator[str]:
        _ = self._language.gettext
        crisis = self._found["crisis"]
        lifted = [
            self._name(row["name"], row["id"]) for row in self._found["limits"] if row["lifted"]
        ]
        yield _("The crisis plan was open ({trigger}), and lifted: {limits}. No step came.").format(
            trigger=self._name(crisis["trigger"], crisis["id"]),
            limits=", ".join(dict.fromkeys(lifted)),
        )

    def _limit(self, row: Json) -> str:
        _ = self._language.gettext
        name = self._name(row["name"], row["id"])
        if self._with_ids:
            name = f"{name} [{row['id']}]"
        used = self._duration(row["used_s"])
        if row["allowed_s"] is None:
            text = _("{limit}: {used}, without a bound")
            return text.format(limit=name, used=used)
        if row["period"] == "week":
            text = _("{limit}: {used} of {allowed} of the week, {left} left")
        else:
            text = _("{limit}: {used} of {allowed} of the day, {left} left")
        return text.format(
            limit=name,
            used=used,
            allowed=self._duration(row["allowed_s"] + row["extended_s"]),
            left=self._duration(row["left_s"]),
        )

    def _policies(self) -> Iterator[str]:
        found, _ = self._found, self._language.gettext
        judging, then = found["policy"], found["policy_then"]
        yield _("The day is judged by the policy {id}, version {version}.").format(**judging)
        if then is not None and then != judging:
            yield _("At the moment {id}, version {version}, was in force.").format(**then)

    def _channel(self) -> str:
        return self._name(self._found["channel_name"], self._found["channel"])

    def _purpose(self) -> str:
        id_ = self._found["purpose"]
        private = self._language.gettext("private")
        return self._name(self._found["purpose_name"], private if id_ == PRIVATE else id_)

    def _name(self, names: dict[str, str], otherwise: str) -> str:
        return names.get(self._language.code) or next(iter(names.values()), otherwise)

    def _duration(self, seconds: float) -> str:
        return self._language.duration(round(seconds * 1000))
