"""Judges past days under another policy, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date

from tracker.errors import ErrorCode, KanaltidError
from tracker.policy.load import load
from tracker.policy.select import read_policy
from tracker.policy.types import Person, Policy
from tracker.reports.what_if import read_past, what_if
from tracker.reports.what_if_plan import WhatIfPlan, WhatIfProgress, changed_policy
from tracker.surroundings import Surroundings

log = logging.getLogger(__name__)

EACH_DAYS = 20
"""After so many days it is told how far it has come."""


class _CalledOffError(Exception):
    """It was called off."""


class PastTrial:
    """A judging under way; :meth:`cancel` calls it off.

    Args:
        around: Gives the store, which is read through a connection of its own, and the loop.
        present: The policy in force.
        person: Whose limits they are.
        today: The present day's key.
        plan: Which days, under which policy.
        told: Called on the loop's thread.
        after: The one before, which this one waits for: it was called off and ends soon.
    """

    def __init__(  # noqa: PLR0917  (all of it is what the thread may know of the service)
        self,
        around: Surroundings,
        present: Policy,
        person: Person,
        today: date,
        plan: WhatIfPlan,
        told: Callable[[WhatIfProgress], None],
        after: PastTrial | None = None,
    ) -> None:
        self._around = around
        self._present = present
        self._person = person
        self._today = today
        self._plan = plan
        self._told = told
        self._after = after
        self._off = threading.Event()
        self._thread = threading.Thread(target=self._work, name="what-if")

    def start(self) -> PastTrial:
        """Begin."""
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Call it off: nothing more is told."""
        self._off.set()

    def join(self) -> None:
        """Wait until its thread has ended."""
        self._thread.join()

    def _work(self) -> None:
        if self._after is not None:
            self._after.join()
            self._after = None
        try:
            end = self._judge()
        except _CalledOffError:
            return
        except KanaltidError as error:
            end = WhatIfProgress(error=error)
        except Exception:  # the top of a worker: whoever waits must hear that it is over
            log.exception("judging past days failed")
            end = WhatIfProgress(error=KanaltidError(ErrorCode.INTERNAL))
        self._tell(end)

    def _judge(self) -> WhatIfProgress:
        policy = self._present
        if self._plan.file is not None:
            data, source = read_policy(self._plan.file), str(self._plan.file)
            loaded = load(data, source, self._around.catalogue, self._today)
            if loaded.policy is None:
                return WhatIfProgress(refused=loaded)
            policy = loaded.policy
        self._go_on()
        storage = self._around.storage.reader()
        try:
            past = read_past(
                storage,
                self._plan.first,
                self._plan.last,
                present=self._present,
                today=self._today,
                parse=self._around.parse,
            )
        finally:
            storage.close()
        of_days = len(past.days)

        def judged(days: int) -> None:
            self._go_on()
            if days % EACH_DAYS == 0 and days < of_days:
                self._tell(WhatIfProgress(days, of_days))

        found = what_if(past, changed_policy(policy, self._plan.change), self._person, judged)
        return WhatIfProgress(of_days, of_days, answer=(past, found))

    def _go_on(self) -> None:
        if self._off.is_set():
            raise _CalledOffError

    def _tell(self, progress: WhatIfProgress) -> None:
        self._around.loop.post(lambda: None if self._off.is_set() else self._told(progress))
