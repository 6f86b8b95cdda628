"""Keeps the policy in force: looks whether the file changed, and holds on to the last good one."""

from __future__ import annotations

from collections.abc import Callable

from tracker.errors import ErrorCode, OutsideError
from tracker.policy.load import Loaded
from tracker.policy.select import PolicyFile
from tracker.policy.types import Policy


class PolicyKeeper:
    """The policy in force, refused whole where the file has errors.

    Args:
        find: Finds the file that counts now.
        load: Reads bytes from a named source, and never raises.
        last_good: What was last in force, for the case that the file is broken at start.

    Raises:
        OutsideError: The file can't be used, and there is no last good one.
    """

    def __init__(
        self,
        find: Callable[[], PolicyFile],
        load: Callable[[bytes, str], Loaded],
        last_good: str | None = None,
    ) -> None:
        self._find = find
        self._load = load
        self.trouble: OutsideError | None = None
        self.broken: Loaded | None = None
        """What was refused last, with its errors, as long as it is what the file says."""

        self._seen: PolicyFile | None = None
        policy = self._read()
        if policy is None and last_good is not None:
            policy = load(last_good.encode(), "last good").policy
        if policy is None:
            assert self.trouble is not None
            raise self.trouble
        self.policy: Policy = policy

    def look(self) -> bool:
        """Look at the file; return whether another policy came into force."""
        policy = self._read()
        if policy is None or policy.hash == self.policy.hash:
            return False
        self.policy = policy
        return True

    def put(self, policy: Policy) -> None:
        """Put another policy into force, as a simulation does."""
        self.policy = policy

    def _read(self) -> Policy | None:
        """Return the file's policy if the file is another than last time and can be used."""
        try:
            file = self._find()
        except OutsideError as error:
            self.trouble = error
            self.broken = None
            self._seen = None
            return None
        # It was read anyhow; its times say less, and not at the same moment.
        if file == self._seen:
            return None
        self._seen = file
        source = str(file.path) if file.path else "starter"
        loaded = self._load(file.data, source)
        if loaded.policy is None:
            self.broken = loaded
            problem = loaded.errors[0]
            self.trouble = OutsideError(
                ErrorCode.POLICY_INVALID, file=source, line=problem.line, key=problem.key
            )
            return None
        self.trouble = self.broken = None
        return loaded.policy
