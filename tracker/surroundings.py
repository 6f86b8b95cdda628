"""What a service works with, put together elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.clock import LedgerClock
from tracker.loop import Loop
from tracker.notice import Herald
from tracker.paths import Paths
from tracker.policy.catalogue import Catalogue
from tracker.policy.types import Person, Policy
from tracker.policy_keeper import PolicyKeeper
from tracker.quiet.base import Probe
from tracker.storage.base import PolicyText, Storage
from tracker.watchers.base import Refusal, Watcher


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the service works with.

    Attributes:
        person: Tells whose limits they are: asked anew at each policy change and each new day.
        parse: Makes a policy of a text that was kept; None where it can't be used any more.
        refused: The backends that can't serve here.
        checked: False in a simulation: nothing is checked every 4 s, and silence is no stall.
        own_pid: The process whose windows count to nothing.
        accept_all: Whether each policy version counts as accepted, as in ``track --accept``.
        paths: Where the log and the settings lie; None where there are none.
        earlier_min: How many minutes before the policy's first step a notice comes as well.
        quiet: Tells of presentations and calls; None: steps never wait for their end.
    """

    loop: Loop
    clock: LedgerClock
    storage: Storage
    keeper: PolicyKeeper
    catalogue: Catalogue
    person: Callable[[], Person]
    herald: Herald
    parse: Callable[[PolicyText], Policy | None]
    watchers: Sequence[Watcher] = ()
    refused: tuple[Refusal, ...] = ()
    checked: bool = True
    own_pid: int | None = None
    accept_all: bool = False
    paths: Paths | None = None
    earlier_min: Callable[[], int] = lambda: 0
    quiet: Probe | None = None
