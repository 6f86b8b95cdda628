"""What programs on the session asked it to stay awake for, as those do that present.

Nothing of it is kept: neither who asked nor why. A browser that plays a video asks for
the same as a presentation does, so browsers and players never count here, and neither does
the app in front: else the limit of a video channel would be silent for as long as a video
plays. Slides in a browser are seen by their full screen, a call by its microphone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tracker.loop import Loop
from tracker.process_names import ProcessNames
from tracker.quiet.base import Answer, Obstacle, Reason
from tracker.quiet.known import Known, names_of
from tracker.watchers.bus import Bus
from tracker.watchers.bus_link import session_bus_address, system_bus_address
from tracker.watchers.bus_message import BusObject, Reply

IDLE_FLAG = 8
"""Of GNOME's session manager: the session may not be taken for idle."""

KEEP_SCREEN = 4
"""Of KDE's policy agent: the screen may not change."""

_GNOME = "org.gnome.SessionManager"
_KDE = "org.kde.Solid.PowerManagement.PolicyAgent"
_POWER = "org.freedesktop.PowerManagement.Inhibit"
_LOGIN1 = "org.freedesktop.login1"

GNOME = BusObject(_GNOME, "/org/gnome/SessionManager", _GNOME)
KDE = BusObject(_KDE, "/org/kde/Solid/PowerManagement/PolicyAgent", _KDE)
POWER = BusObject(
    "org.freedesktop.PowerManagement", "/org/freedesktop/PowerManagement/Inhibit", _POWER
)
LOGIN1 = BusObject(_LOGIN1, "/org/freedesktop/login1", f"{_LOGIN1}.Manager")

ANSWERS_WITHIN_MS = 800
"""Who is silent for longer is taken for somebody who holds nothing."""


class Inhibitors:
    """Asks login1 and the session's own managers, on connections for this one question.

    Args:
        loop: Where the answers arrive.
        environ: Tells where the buses are.
        known: Which programs say nothing of presenting.
        own_pid: This process.
        uid: Whose inhibitors count.
    """

    reason = Reason.INHIBITED

    def __init__(
        self, loop: Loop, environ: Mapping[str, str], known: Known, own_pid: int, uid: int
    ) -> None:
        self._loop = loop
        self._environ = environ
        self._known = known
        self._own_pid = own_pid
        self._uid = uid
        self._processes = ProcessNames()

    def ask(self, app: str, done: Callable[[Answer], None]) -> None:
        """See :class:`tracker.quiet.base.Source`."""
        spared = self._known.players | names_of(app)
        asking = _Asking(self._loop, lambda names: not names & spared, done)
        system = asking.connect(system_bus_address(self._environ))
        if system is not None:
            self._ask_login1(system, asking)
        address = session_bus_address(self._environ)
        session = asking.connect(address) if address is not None else None
        if session is not None:
            _ask_gnome(session, asking)
            _ask_kde(session, asking)
            _ask_power(session, asking)
        asking.begun()

    def _ask_login1(self, bus: Bus, asking: _Asking) -> None:
        def answered(reply: Reply) -> None:
            match reply:
                case Reply(body=(list() as rows,), error=""):
                    for row in rows:
                        names = self._holder(row)
                        if names:
                            asking.told(names)

        asking.call(bus, LOGIN1, "ListInhibitors", done=answered)

    def _holder(self, row: object) -> frozenset[str]:
        """Return whose inhibitor of idleness a row of login1 tells; empty for any other."""
        match row:
            case (str() as what, str() as who, str(), "block", int() as uid, int() as pid):
                if "idle" not in what.split(":") or uid != self._uid or pid == self._own_pid:
                    return frozenset()
                names = names_of(self._processes.name_of(pid)) | names_of(who)
                return frozenset() if names & self._known.relays else names
        return frozenset()


def _ask_gnome(bus: Bus, asking: _Asking) -> None:
    """Ask the session manager of GNOME, MATE and Cinnamon."""

    def inhibited(reply: Reply) -> None:
        if reply.error == "" and reply.body == (True,):
            asking.call(bus, GNOME, "GetInhibitors", done=listed)

    def listed(reply: Reply) -> None:
        match reply:
            case Reply(body=(list() as paths,), error=""):
                for path in paths:
                    _ask_gnome_inhibitor(bus, asking, str(path))

    asking.call(bus, GNOME, "IsInhibited", "u", (IDLE_FLAG,), done=inhibited)


def _ask_gnome_inhibitor(bus: Bus, asking: _Asking, path: str) -> None:
    inhibitor = BusObject(_GNOME, path, f"{_GNOME}.Inhibitor")

    def flagged(reply: Reply) -> None:
        match reply:
            case Reply(body=(int() as flags,), error="") if flags & IDLE_FLAG:
                asking.call(bus, inhibitor, "GetAppId", done=named)

    def named(reply: Reply) -> None:
        match reply:
            case Reply(body=(str() as app,), error=""):
                asking.told(names_of(app))

    asking.call(bus, inhibitor, "GetFlags", done=flagged)


def _ask_kde(bus: Bus, asking: _Asking) -> None:
    def inhibited(reply: Reply) -> None:
        if reply.error == "" and reply.body == (True,):
            asking.call(bus, KDE, "ListInhibitions", done=listed)

    def listed(reply: Reply) -> None:
        match reply:
            case Reply(body=(list() as rows,), error=""):
                _tell_first(rows, asking)

    asking.call(bus, KDE, "HasInhibition", "u", (KEEP_SCREEN,), done=inhibited)


def _ask_power(bus: Bus, asking: _Asking) -> None:
    """Ask Xfce's power manager, which tells the programs by name; others only that there are."""

    def listed(reply: Reply) -> None:
        match reply:
            case Reply(body=(list() as names,), error=""):
                _tell_first(([name] for name in names), asking)

    asking.call(bus, POWER, "GetInhibitors", done=listed)


def _tell_first(rows: Iterable[object], asking: _Asking) -> None:
    for row in rows:
        match row:
            case [str() as name, *_]:
                asking.told(names_of(name))


class _Asking:
    """One question to all of them, until each has answered or one was enough."""

    def __init__(
        self, loop: Loop, counts: Callable[[frozenset[str]], bool], done: Callable[[Answer], None]
    ) -> None:
        self._loop = loop
        self._counts = counts
        self._done: Callable[[Answer], None] | None = done
        self._buses: list[Bus] = []
        self._waiting = 1
        self._answered = False

    def connect(self, address: str) -> Bus | None:
        try:
            bus = Bus(self._loop, address, lambda: None)
        except ConnectionError:
            return None
        self._buses.append(bus)
        return bus

    def call(
        self,
        bus: Bus,
        target: BusObject,
        member: str,
        signature: str = "",
        body: tuple[object, ...] = (),
        *,
        done: Callable[[Reply], None],
    ) -> None:
        self._waiting += 1

        def answered(reply: Reply) -> None:
            if self._done is None:
                return
            self._answered = self._answered or not reply.error
            done(reply)
            self._less()

        bus.call(
            target,
            member,
            signature,
            body,
            answered,
            timeout_ms=ANSWERS_WITHIN_MS,
            auto_start=False,
        )

    def told(self, names: frozenset[str]) -> None:
        # One without a name may be a browser's, handed on by the portal.
        if names and self._counts(names):
            self._finish(Answer(holds=True))

    def begun(self) -> None:
        """All first questions are asked."""
        self._less()

    def _less(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            # An error is an answer too: nobody of that name is there to hold anything.
            self._finish(
                Answer() if self._answered else Answer(obstacle=Obstacle.NO_SESSION_MANAGER)
            )

    def _finish(self, answer: Answer) -> None:
        done, self._done = self._done, None
        if done is not None:
            for bus in self._buses:
                bus.close()
            done(answer)
