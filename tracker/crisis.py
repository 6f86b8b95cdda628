"""The crisis that a person has open: the plan's level, how far it has come, what was learnt.

Opening a level is the person's own act and measures nothing. So it is kept outside hours and
before the policy is accepted too. That a level was open is kept with a day only inside
hours: see :class:`CrisisMarks`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.errors import ErrorCode, OutsideError
from tracker.policy.types import CrisisStep, Policy
from tracker.storage.base import Batch, Evaluation, Storage

CRISIS = "crisis"
"""The note of the crisis that the person has open; empty for none."""

FIRST_REPLY = -1
"""Stands for the level's first reply among the steps, which are counted from 0."""

CLOSED = "crisis_closed"
"""The note of the last crisis that was closed and is not evaluated; empty for none."""


@dataclass(frozen=True, slots=True)
class OpenCrisis:
    """A level of the crisis plan that the person opened.

    Attributes:
        level: Its id; the policy may have changed since, and know it no more.
        opened: From when its deadlines count.
        link: The address of what it is about, as the person wrote it; it is never sent.
        done: The steps done, counted from 0 among those of the level, and ``FIRST_REPLY``.
    """

    level: str
    opened: datetime
    link: str = ""
    done: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A crisis as it is kept: its steps by their text, which outlives another order of them."""

    level: str
    opened: datetime
    link: str = ""
    done: frozenset[str] = frozenset()

    def dumps(self) -> str:
        return json.dumps(
            {
                "level": self.level,
                "opened": self.opened.isoformat(),
                "link": self.link,
                "done": sorted(self.done),
            },
            ensure_ascii=False,
        )


def _loads(note: str | None, now: datetime) -> _Kept | None:
    """Return the crisis of a note; one without braces is the level's id alone."""
    if not note:
        return None
    if not note.startswith("{"):
        return _Kept(note, now)
    try:
        held = json.loads(note)
        opened = datetime.fromisoformat(held["opened"])
        done = frozenset(str(each) for each in held["done"])
        return _Kept(str(held["level"]), opened, str(held["link"]), done)
    except (ValueError, KeyError, TypeError):
        return None


def steps_of(policy: Policy, level: str) -> tuple[CrisisStep, ...]:
    """Return the steps of a level, in the order of the file."""
    return tuple(step for step in policy.crisis_steps if step.level == level)


class CrisisBook:
    """What the person does in a crisis, kept over restarts.

    A store that can't be written to stops nobody: what is open holds in memory meanwhile,
    and is offered again at :meth:`flush`.

    Args:
        storage: Where it is kept.
        now: Gives the present instant.
        policy: Gives the policy in force.
    """

    def __init__(
        self, storage: Storage, now: Callable[[], datetime], policy: Callable[[], Policy]
    ) -> None:
        self._storage = storage
        self._now = now
        self._policy = policy
        self._kept: dict[str, _Kept | None] = {}
        self._waiting = Batch()
        self.trouble: OutsideError | None = None

    def _read(self, key: str) -> _Kept | None:
        if key not in self._kept:
            try:
                self._kept[key] = _loads(self._storage.note(key), self._now())
            except OutsideError as error:
                self.trouble = error
                return None  # and asked for again the next time
        return self._kept[key]

    @property
    def level(self) -> str | None:
        """The level that is open."""
        kept = self._read(CRISIS)
        return kept.level if kept is not None else None

    @property
    def open(self) -> OpenCrisis | None:
        """The crisis that is open."""
        return self._shown(self._read(CRISIS))

    @property
    def closed(self) -> OpenCrisis | None:
        """The last crisis that was closed, as long as it is not evaluated."""
        return self._shown(self._read(CLOSED))

    def _shown(self, kept: _Kept | None) -> OpenCrisis | None:
        if kept is None:
            return None
        steps = self._steps(kept.level)
        done = frozenset(place for place, key in steps.items() if key in kept.done)
        return OpenCrisis(kept.level, kept.opened, kept.link, done)

    def _steps(self, level: str) -> dict[int, str]:
        """Return what the steps of a level are kept by."""
        policy = self._policy()
        keys = {place: _key(step) for place, step in enumerate(steps_of(policy, level))}
        if any(each.id == level and each.first_reply is not None for each in policy.crisis_levels):
            keys[FIRST_REPLY] = ""
        return keys

    def open_level(self, level: str, link: str | None = None) -> None:
        """Open a level, in place of the one that is open.

        Its deadlines count from now on. Of the same level again only the link changes.

        Args:
            level: Its id.
            link: What it is about; None keeps the one that is there.

        Raises:
            OutsideError: The policy has no such level.
        """
        if all(each.id != level for each in self._policy().crisis_levels):
            raise OutsideError(ErrorCode.UNKNOWN_CRISIS_LEVEL, level=level)
        kept = self._read(CRISIS)
        if kept is None or kept.level != level:
            kept = _Kept(level, self._now(), kept.link if kept is not None else "")
        self._keep(CRISIS, replace(kept, link=kept.link if link is None else link))

    def set_step(self, index: int, *, done: bool) -> None:
        """Note that a step of the open level is done, or not done after all.

        Args:
            index: The step, or ``FIRST_REPLY``.
            done: Whether it is done.

        Raises:
            OutsideError: None is open, or the level has no such step.
        """
        kept = self._opened()
        steps = self._steps(kept.level)
        if index not in steps:
            raise OutsideError(ErrorCode.UNKNOWN_CRISIS_STEP, step=index + 1, level=kept.level)
        key = frozenset({steps[index]})
        self._keep(CRISIS, replace(kept, done=kept.done | key if done else kept.done - key))

    def close(self) -> None:
        """Close what is open; it can be evaluated afterwards."""
        kept = self._read(CRISIS)
        if kept is not None:
            self._keep(CRISIS, None)
            self._keep(CLOSED, kept)

    def evaluate(self, happened: str, fault: str, learnt: str) -> Evaluation:
        """Keep what was learnt of the crisis that is open, and close it; else of the last one.

        Raises:
            OutsideError: There is none, or it can't be stored; then nothing has changed.
        """
        kept = self._read(CRISIS) or self._read(CLOSED)
        if kept is None:
            raise OutsideError(ErrorCode.NO_OPEN_CRISIS)
        written = Evaluation(
            self._now(), kept.opened, kept.level, kept.link, happened, fault, learnt
        )
        self._storage.write(Batch(records=[written], notes={CRISIS: "", CLOSED: ""}))
        self._kept = {CRISIS: None, CLOSED: None}
        self._waiting = Batch()
        return written

    def drop(self) -> None:
        """Let go of the closed crisis: there is nothing to write down."""
        self._keep(CLOSED, None)

    def forget(self) -> None:
        """Let go of all that is held in memory: the store was erased."""
        self._kept.clear()
        self._waiting = Batch()

    def evaluations(self) -> Sequence[Evaluation]:
        """Return what was written down, oldest first."""
        return self._storage.evaluations()

    def flush(self) -> None:
        """Offer what waits to the store; ``trouble`` says why it still waits."""
        self.trouble = None
        if self._waiting:
            try:
                self._storage.write(self._waiting)
            except OutsideError as error:
                self.trouble = error
            else:
                self._waiting = Batch()

    def _opened(self) -> _Kept:
        kept = self._read(CRISIS)
        if kept is None:
            raise OutsideError(ErrorCode.NO_OPEN_CRISIS)
        return kept

    def _keep(self, key: str, kept: _Kept | None) -> None:
        self._kept[key] = kept
        self._waiting.notes[key] = kept.dumps() if kept is not None else ""
        self.flush()


def do_wish(
    book: CrisisBook,
    *,
    level: str | None = None,
    link: str | None = None,
    done: int | None = None,
    close: bool = False,
) -> None:
    """Do what a command asks for: open a level, tick a step (0: the first reply), or close.

    Raises:
        OutsideError: There is no such level or step, or none is open.
    """
    if close:
        book.close()
        return
    if level is not None:
        book.open_level(level, link)
    if done is not None:
        book.set_step(done + FIRST_REPLY, done=True)


def _key(step: CrisisStep) -> str:
    return step.text.by_language[0][1] if step.text.by_language else ""
