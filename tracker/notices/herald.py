"""Notices through the desktop's notification daemon, or inside the app where there is none."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

from tracker.error_texts import describe
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.limits.types import Level
from tracker.loop import Callback, Loop
from tracker.notice import GuidelineNotice, LimitNotice, Notice, StatusNotice
from tracker.notices.buttons import CHOOSE, EXTEND, SHOW, Button, buttons_for, purpose_of
from tracker.notices.messages import Message, Messages
from tracker.notices.names import Names
from tracker.notices.session_bus import SessionBus
from tracker.notices.texts import NoticeText, notice_text
from tracker.policy.types import StepKind
from tracker.status import Overview
from tracker.watchers.bus import Bus
from tracker.watchers.bus_message import BusObject, Reply, Signal

NAME = "org.freedesktop.Notifications"
DAEMON = BusObject(NAME, "/org/freedesktop/Notifications", NAME)
DEFAULT = "default"
"""The action of a click on the notice itself, by the Desktop Notifications Specification."""

LOW, NORMAL, CRITICAL = 0, 1, 2
DAEMON_DECIDES_MS = -1
STAYS_MS = 0
DESKTOP_ENTRY = "kanaltid"

Explain = Callable[[str, str | None], None]
"""Given a standing's limit and channel, says why it stands where it does."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """A notice on its way to the screen."""

    key: str
    text: NoticeText
    urgency: int
    notice: Notice | None = None
    """What its buttons act on."""

    buttons: tuple[Button, ...] = ()
    lasting: bool = False
    """Whether it stays until it is closed."""


class DesktopHerald:
    """See :class:`tracker.notice.Herald`. A notice that the daemon can't show is not lost.

    It waits in ``messages``; so does one that was on the screen when the daemon died. A
    daemon that comes, or comes back, is used from the next notice on.

    Args:
        loop: Gives the time.
        session: The bus; the herald subscribes when it connects.
        messages: Where notices wait that no daemon shows.
        overview: Gives the running service, for names and the day so far.
        language: The person's.
        show: Called when a notice's button asks for the day's window; None: there is none.
        choose: Opens a window that offers all purposes, and more time for a reason; None:
            there is none.
        show_policy: Called where a notice is about the policy itself, with the part of its
            page: ``guidelines`` or ``trouble``; None: ``show`` is.
        explain: Says why a limit stands where it does, with its standing's limit and
            channel: a click on a limit's notice itself; None: it shows the day.
    """

    def __init__(
        self,
        loop: Loop,
        session: SessionBus,
        messages: Messages,
        *,
        overview: Callable[[], Overview],
        language: Language,
        show: Callback | None,
        choose: Callable[[LimitNotice], None] | None = None,
        show_policy: Callable[[str], None] | None = None,
        explain: Explain | None = None,
    ) -> None:
        self._loop = loop
        self._session = session
        self._messages = messages
        self._overview = overview
        self._language = language
        self._show = show
        self._choose = choose
        self._show_policy = show_policy
        self._explain = explain
        self._owner = ""
        self._capabilities: frozenset[str] | None = None
        self._shown: dict[int, _Pending] = {}
        session.join(self._joined, self._left)

    def speak(self, language: Language) -> None:
        """Tell what comes in another language."""
        self._language = language

    def tell(self, notice: Notice) -> None:
        """Show the notice; never blocks and never raises."""
        overview = self._overview()
        text = notice_text(notice, overview.policy, overview.today(), self._language)
        buttons = buttons_for(
            notice,
            overview,
            self._language,
            can_choose=self._choose is not None,
            can_show=self._show is not None,
        )
        self._offer(_Pending(_key(notice), text, _urgency(notice), notice, buttons))

    def announce(self, key: str, text: NoticeText) -> None:
        """Show something that stays on the screen until it is closed."""
        buttons = () if self._show is None else (Button(SHOW, self._language.gettext("Show")),)
        self._offer(_Pending(key, text, LOW, buttons=buttons, lasting=True))

    def _offer(self, pending: _Pending) -> None:
        bus = self._session.bus
        if bus is None:
            self._keep(pending)
        elif self._capabilities is not None:
            self._send(bus, pending)
        else:
            # Asking is what starts a daemon that the bus knows how to start.
            bus.call(DAEMON, "GetCapabilities", done=lambda reply: self._introduced(reply, pending))

    def _joined(self, bus: Bus) -> None:
        for member, heard in (
            ("ActionInvoked", self._on_action),
            ("NotificationClosed", self._on_closed),
        ):
            bus.subscribe(heard, interface=NAME, member=member, path=DAEMON.path)
        bus.watch_owner(NAME, self._on_owner)

    def _left(self) -> None:
        self._on_owner("")

    def _on_owner(self, owner: str) -> None:
        """The daemon came, went or was replaced: what it showed is no longer on the screen."""
        if owner == self._owner:
            return
        known, self._owner = self._owner, owner
        self._capabilities = None
        if known:
            lost, self._shown = self._shown, {}
            for pending in lost.values():
                self._keep(pending)
        bus = self._session.bus
        if owner and bus is not None:
            bus.call(DAEMON, "GetCapabilities", done=lambda reply: self._learn(reply, owner))

    def _learn(self, reply: Reply, owner: str) -> None:
        match reply:
            case Reply(body=(list() as names,), error="") if owner == self._owner:
                self._capabilities = frozenset(map(str, names))

    def _introduced(self, reply: Reply, pending: _Pending) -> None:
        bus = self._session.bus
        match reply:
            case Reply(body=(list() as names,), error="") if bus is not None:
                self._capabilities = frozenset(map(str, names))
                self._send(bus, pending)
            case _:
                self._keep(pending)

    def _send(self, bus: Bus, pending: _Pending) -> None:
        capabilities = self._capabilities or frozenset()
        body = pending.text.body
        if "body-markup" in capabilities:
            body = html.escape(body, quote=False)
        actions = self._actions(pending) if "actions" in capabilities else []
        hints = {
            "urgency": ("y", pending.urgency),
            "desktop-entry": ("s", DESKTOP_ENTRY),
            "category": ("s", "x-kanaltid.limit"),
        }
        arguments = (
            *("Kanaltid", self._replaced(pending.key), ""),
            *(pending.text.title, body, actions, hints),
            STAYS_MS if pending.lasting else DAEMON_DECIDES_MS,
        )
        owner = self._owner
        bus.call(
            DAEMON,
            "Notify",
            "susssasa{sv}i",
            arguments,
            lambda reply: self._on_shown(reply, pending, owner),
        )

    def _actions(self, pending: _Pending) -> list[str]:
        """Return what the daemon is given as keys and labels, by turns."""
        actions: list[str] = []
        if self._show is not None:
            # Some daemons draw the default action as a button too: it says what it does.
            _ = self._language.gettext
            actions = [DEFAULT, _("Why?") if self._why_of(pending) is not None else _("Show")]
        for button in pending.buttons:
            actions += [button.key, button.label]
        return actions

    def _on_shown(self, reply: Reply, pending: _Pending, owner: str) -> None:
        match reply:
            case Reply(body=(int() as number,), error="") if owner in ("", self._owner):
                self._shown = {
                    known: other for known, other in self._shown.items() if other.key != pending.key
                }
                self._shown[number] = pending
                self._messages.dismiss(pending.key)
            case _:
                self._keep(pending)

    def _replaced(self, key: str) -> int:
        """Return the number of the notice on the screen whose place this one takes; else 0."""
        return next((number for number, other in self._shown.items() if other.key == key), 0)

    def _on_action(self, signal: Signal) -> None:
        match signal.body:
            case (int() as number, str() as action) if number in self._shown:
                self._act(self._shown[number], action)

    def _act(self, pending: _Pending, action: str) -> None:
        """Do what a button says; what is refused is told, as nobody looks at a log."""
        why = self._why_of(pending)
        if action == DEFAULT and why is not None:
            why()
            return
        if action in (SHOW, DEFAULT):
            part = _part_of_policy(pending.notice)
            if part and self._show_policy is not None:
                self._show_policy(part)
            elif self._show is not None:
                self._show()
            return
        if not isinstance(pending.notice, LimitNotice):
            return
        if action not in {button.key for button in pending.buttons}:
            return
        try:
            self._take_way_out(pending.notice, action)
        except OutsideError as error:
            names = Names(self._overview().policy, self._language)
            refusal = describe(names.in_error(error), self._language)
            text = NoticeText(refusal.title, f"{refusal.text} {refusal.remedy}")
            self._offer(_Pending(f"status:{error.code}", text, NORMAL))

    def _why_of(self, pending: _Pending) -> Callback | None:
        """Return what says why a limit is where a notice of it says that it is."""
        notice, explain = pending.notice, self._explain
        if explain is None or not isinstance(notice, LimitNotice):
            return None
        standing = notice.step.standing
        return lambda: explain(standing.limit, standing.channel)

    def _take_way_out(self, notice: LimitNotice, action: str) -> None:
        overview, standing = self._overview(), notice.step.standing
        purpose = purpose_of(action)
        if purpose is not None:
            overview.choose_purpose(purpose, notice.channel, visit=True)
        elif action == EXTEND and not self._wants_reason(notice):
            overview.extend(standing.limit, standing.channel)
        elif action in (CHOOSE, EXTEND) and self._choose is not None:
            self._choose(notice)

    def _wants_reason(self, notice: LimitNotice) -> bool:
        """Return whether more time is to be asked for in a window.

        Where there is none, the refusal says what is missing.
        """
        standing = notice.step.standing
        offer = self._overview().offer(standing.limit, standing.channel)
        return self._choose is not None and offer.needs_reason

    def _on_closed(self, signal: Signal) -> None:
        match signal.body:
            case (int() as number, int()):
                self._shown.pop(number, None)

    def _keep(self, pending: _Pending) -> None:
        if isinstance(pending.notice, GuidelineNotice):
            return  # it can be read on the policy's page, and no window is opened for it
        self._messages.put(
            Message(
                pending.key,
                pending.text.title,
                pending.text.body,
                self._loop.clock.now(),
                # The window that shows it leads to the day by itself.
                buttons=tuple(button for button in pending.buttons if button.key != SHOW),
                pressed=lambda action: self._act(pending, action),
                explain=self._why_of(pending),
            )
        )


def _key(notice: Notice) -> str:
    """Return what two notices share of which the later takes the earlier one's place."""
    if isinstance(notice, StatusNotice):
        return f"status:{notice.code}"
    if isinstance(notice, GuidelineNotice):
        return "guideline"
    standing = notice.step.standing
    return f"limit:{standing.limit}:{standing.channel or ''}:{standing.period.value}"


def _urgency(notice: Notice) -> int:
    """Return how urgent a notice is: the ladder decides, and ``notify`` only tells."""
    match notice:
        case LimitNotice(step=step) if step.do is not StepKind.NOTIFY:
            reached = step.standing.level in (Level.REACHED, Level.OVER)
            return CRITICAL if reached else NORMAL
        case GuidelineNotice():
            return LOW
    return NORMAL


def _part_of_policy(notice: Notice | None) -> str:
    """Return the part of the policy's page that a notice is about; empty where it is not."""
    match notice:
        case GuidelineNotice():
            return "guidelines"
        case StatusNotice(code=ErrorCode.POLICY_INVALID):
            return "trouble"
    return ""
