"""The login manager's word on the session: locked, switched away from, asleep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from jeepney.fds import FileDescriptor

from tracker.loop import Handle, Loop
from tracker.watchers.base import Sense
from tracker.watchers.bus import Bus
from tracker.watchers.bus_message import BusObject, Reply, Signal

NAME = "org.freedesktop.login1"
MANAGER = BusObject(NAME, "/org/freedesktop/login1", f"{NAME}.Manager")
SESSION = f"{NAME}.Session"
USER = f"{NAME}.User"
PROPERTIES = "org.freedesktop.DBus.Properties"

HINT = "login1.hint"
AWAY = "login1.away"
ASKED = "login1.asked"

ASKED_FOR = timedelta(seconds=10)
"""How long a request to lock counts when no locker ever says that it did.

A locker that says nothing says nothing of unlocking either, and time that a person works
must not count as locked for ever. A person who is gone is soon idle anyway.
"""


class SessionEar(Protocol):
    """Who is told."""

    def vote(self, source: str, locked: bool | None) -> None:
        """A source says that the session is locked or not; None: it says nothing more."""

    def asleep(self, asleep: bool) -> None:
        """The machine goes to sleep, or is awake."""


@dataclass(frozen=True, slots=True)
class Self:
    """Whose session is looked for: the session's id if known, this process and this user."""

    session_id: str
    pid: int
    uid: int


class Login1:
    """Listens to login1 on one bus connection, over restarts of login1 itself.

    It holds a delay inhibitor, so that sleep is told before the machine sleeps, and lets
    it go as soon as everything that the telling has posted to the loop is done.
    """

    def __init__(self, bus: Bus, loop: Loop, whose: Self, ear: SessionEar) -> None:
        self._bus = bus
        self._loop = loop
        self._whose = whose
        self._ear = ear
        self._owner = ""
        self._session: BusObject | None = None
        self._listening: list[Handle] = []
        self._asked_until: Handle | None = None
        self._inhibitor: FileDescriptor | None = None
        bus.subscribe(
            self._heard_sleep, interface=MANAGER.interface, member="PrepareForSleep", sender=NAME
        )
        bus.watch_owner(NAME, self._owned)

    @property
    def senses(self) -> frozenset[Sense]:
        """What login1 tells at present."""
        if not self._owner:
            return frozenset()
        sleep = frozenset({Sense.SLEEP})
        return sleep | {Sense.LOCK} if self._session is not None else sleep

    def end(self) -> None:
        """Let go of everything, and take back what was said."""
        self._owner = ""
        self._forget()

    def _owned(self, owner: str) -> None:
        self._forget()
        self._owner = owner
        if owner:
            self._inhibit()
            self._try_session(self._lookups(), owner)

    def _forget(self) -> None:
        self._session = None
        for handle in self._listening:
            handle.cancel()
        self._listening.clear()
        self._release()
        self._forget_asked()
        self._ear.vote(HINT, None)
        self._ear.vote(AWAY, None)
        # Whoever runs this is awake; login1 may have gone without saying so.
        self._ear.asleep(False)

    def _lookups(self) -> Iterator[tuple[str, str, object]]:
        if self._whose.session_id:
            yield "GetSession", "s", self._whose.session_id
        yield "GetSessionByPID", "u", self._whose.pid

    def _try_session(self, lookups: Iterator[tuple[str, str, object]], owner: str) -> None:
        lookup = next(lookups, None)
        if lookup is None:
            self._bus.call(
                MANAGER, "GetUser", "u", (self._whose.uid,), lambda reply: self._user(reply, owner)
            )
            return

        def answered(reply: Reply) -> None:
            match reply:
                case Reply(body=(str() as path,), error=""):
                    self._found(path, owner)
                case _ if self._owner == owner:
                    self._try_session(lookups, owner)

        member, signature, argument = lookup
        self._bus.call(MANAGER, member, signature, (argument,), answered)

    def _user(self, reply: Reply, owner: str) -> None:
        """A service of the person's own is in no session: take their graphical one."""

        def answered(display: object) -> None:
            match display:
                case (str(), str() as session) if session != "/":
                    self._found(session, owner)

        match reply:
            case Reply(body=(str() as path,), error=""):
                self._bus.get(BusObject(NAME, path, USER), "Display", answered)

    def _found(self, path: str, owner: str) -> None:
        if self._owner != owner:
            return
        self._session = BusObject(NAME, path, SESSION)
        for member, heard in (("Lock", self._heard_lock), ("Unlock", self._heard_unlock)):
            self._listening.append(
                self._bus.subscribe(heard, interface=SESSION, member=member, path=path, sender=NAME)
            )
        self._listening.append(
            self._bus.subscribe(
                self._heard_change,
                interface=PROPERTIES,
                member="PropertiesChanged",
                path=path,
                sender=NAME,
                arg0=SESSION,
            )
        )
        self._ask("LockedHint")
        self._ask("Active")

    def _ask(self, name: str) -> None:
        session = self._session
        if session is not None:
            self._bus.get(session, name, lambda value: self._told(session, name, value))

    def _told(self, session: BusObject, name: str, value: object) -> None:
        if session is not self._session or not isinstance(value, bool):
            return
        if name == "Active":
            self._ear.vote(AWAY, not value)
        elif name == "LockedHint":
            self._ear.vote(HINT, value)

    def _heard_change(self, signal: Signal) -> None:
        session = self._session
        match signal.body:
            case (str(), dict() as changed, list() as invalidated) if session is not None:
                for name, variant in changed.items():
                    match variant:
                        case (str(), value):
                            self._told(session, name, value)
                for name in ("LockedHint", "Active"):
                    if name in invalidated:
                        self._ask(name)

    def _heard_lock(self, _signal: Signal) -> None:
        self._forget_asked()
        self._ear.vote(ASKED, True)
        self._asked_until = self._loop.call_at(
            self._loop.clock.now() + ASKED_FOR, self._forget_asked
        )

    def _heard_unlock(self, _signal: Signal) -> None:
        self._forget_asked()

    def _forget_asked(self) -> None:
        if self._asked_until is not None:
            self._asked_until.cancel()
            self._asked_until = None
            self._ear.vote(ASKED, None)

    def _heard_sleep(self, signal: Signal) -> None:
        match signal.body:
            case (True,):
                self._ear.asleep(True)
                self._loop.post(self._release)
            case (False,):
                self._ear.asleep(False)
                self._inhibit()

    def _inhibit(self) -> None:
        owner = self._owner

        def answered(reply: Reply) -> None:
            match reply:
                case Reply(body=(FileDescriptor() as held,), error=""):
                    if self._owner != owner or self._inhibitor is not None:
                        held.close()
                    else:
                        self._inhibitor = held

        why = ("sleep", "Kanaltid", "Writes down the time measured so far", "delay")
        self._bus.call(MANAGER, "Inhibit", "ssss", why, answered)

    def _release(self) -> None:
        if self._inhibitor is not None:
            self._inhibitor.close()
            self._inhibitor = None
