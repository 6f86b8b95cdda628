"""Reads a policy file: whole and checked, or refused with all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.errors import ErrorCode, OutsideError
from tracker.policy.catalogue import Catalogue
from tracker.policy.document import parse
from tracker.policy.problems import Problem
from tracker.policy.types import Policy


@dataclass(frozen=True, slots=True)
class Loaded:
    """A policy, or the errors that keep it from being one; and warnings."""

    source: str
    policy: Policy | None
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def load(data: bytes, source: str, catalogue: Catalogue, today: date) -> Loaded:
    """Read a policy from the bytes of its file; never raises, whatever they are.

    Args:
        data: The file as it is on disk.
        source: What to call the file in what is told of it.
        catalogue: Where ids of channels are looked up.
        today: The day by which a review may have passed.
    """
    document = parse(data)
    if isinstance(document, Problem):
        return Loaded(source, None, (document,))
    # pydantic costs 0.1 s to import, and most commands ask the running app instead.
    from tracker.policy.build import build_policy
    from tracker.policy.check import MOST_PROBLEMS, check
    from tracker.policy.shape_problems import validate

    file, wrong = validate(document, MOST_PROBLEMS + 1)
    errors, warnings = check(document, catalogue, today, wrong)
    if errors or file is None:
        return Loaded(source, None, errors, warnings)
    return Loaded(source, build_policy(file, document.text, catalogue), (), warnings)


def load_or_raise(data: bytes, source: str, catalogue: Catalogue, today: date) -> Policy:
    """Read a policy from the bytes of its file.

    Raises:
        OutsideError: POLICY_INVALID with ``file``, ``line`` and ``key`` of the first error,
            its ``problem``, and the ``count`` of all.
    """
    loaded = load(data, source, catalogue, today)
    if loaded.policy is not None:
        return loaded.policy
    first = loaded.errors[0]
    raise OutsideError(
        ErrorCode.POLICY_INVALID,
        file=source,
        line=first.line,
        key=first.key,
        problem=first,
        count=len(loaded.errors),
    )
