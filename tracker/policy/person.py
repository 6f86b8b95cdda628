"""Who the policy is asked for: the login name, the system's groups, the policy's groups."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from tracker.policy.types import ANY, Person, Policy

USER = "user:"
OS_GROUP = "os-group:"


def groups_of(policy: Policy, person: Person) -> frozenset[str]:
    """Return the ids of the policy's groups that ``person`` belongs to.

    Names are compared without regard to case, as directories do. ``*``, which stands for
    everybody, is not among the ids.
    """
    names = {USER + person.user.casefold()}
    names |= {OS_GROUP + group.casefold() for group in person.os_groups}
    return frozenset(
        group.id
        for group in policy.groups
        if any(member == ANY or member.casefold() in names for member in group.members)
    )


class PersonLookup:
    """Asks the system who runs this process; what it can't answer now, it answered before.

    A directory service that is away for a moment must not take anybody's purposes.

    Args:
        user_name: Returns the login name; raises LookupError or OSError.
        group_ids: Returns the numbers of the person's groups; raises OSError.
        group_name: Returns the name of a group; raises LookupError or OSError.
    """

    def __init__(
        self,
        user_name: Callable[[], str] | None = None,
        group_ids: Callable[[], Sequence[int]] | None = None,
        group_name: Callable[[int], str] | None = None,
    ) -> None:
        self._user_name = user_name or _login_name
        self._group_ids = group_ids or _group_ids
        self._group_name = group_name or _group_name
        self._user = ""
        self._ids: Sequence[int] = ()
        self._names: dict[int, str] = {}

    def current(self) -> Person:
        """Return the person, as far as it is known now or was before."""
        with suppress(LookupError, OSError):
            self._user = self._user_name()
        with suppress(OSError):
            self._ids = self._group_ids()
        for number in self._ids:
            with suppress(LookupError, OSError):
                self._names[number] = self._group_name(number)
        names = (self._names.get(number) for number in self._ids)
        return Person(self._user, frozenset(name for name in names if name))


def current_person() -> Person:
    """Return who runs this process, by one look; a lasting process keeps a PersonLookup."""
    return PersonLookup().current()


def _login_name() -> str:
    if sys.platform == "win32":
        return os.environ["USERNAME"]
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def _group_ids() -> Sequence[int]:
    if sys.platform == "win32":
        return ()
    return sorted({os.getgid(), *os.getgroups()})


def _group_name(number: int) -> str:
    if sys.platform == "win32":
        raise KeyError(number)
    import grp

    return grp.getgrgid(number).gr_name
