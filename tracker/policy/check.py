"""All rules of a policy file beyond its shape, so that every problem is told at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.policy.catalogue import Catalogue
from tracker.policy.document import Document
from tracker.policy.problems import KeyPath, Problem, ProblemCode
from tracker.policy.rules.channels import check_channels
from tracker.policy.rules.hours import check_hours
from tracker.policy.rules.limits import check_defaults, check_ladders, check_limits
from tracker.policy.rules.monitoring import check_monitoring, check_policy_table
from tracker.policy.rules.references import check_cycles, check_ids, check_references
from tracker.policy.rules.texts import check_texts
from tracker.policy.view import Findings, TooManyError

MOST_PROBLEMS = 300
"""More than anybody reads; it bounds the work on a file that is no policy at all."""


def check(
    document: Document,
    catalogue: Catalogue,
    today: date,
    wrong: Iterable[tuple[KeyPath, ProblemCode, dict[str, object]]] = (),
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return errors and warnings, in the order of the file.

    Args:
        document: The file.
        catalogue: What channel ids may lead to.
        today: The day by which a review may have passed.
        wrong: What the shape has found already.
    """
    findings = Findings(document, MOST_PROBLEMS)
    rest: tuple[Problem, ...] = ()
    try:
        for path, code, fields in wrong:
            findings.error(path, code, **fields)
        _apply_rules(findings, catalogue, today)
    except TooManyError:
        last = max(problem.line for problem in findings.errors)
        rest = (Problem(last, "", ProblemCode.TOO_MANY_PROBLEMS, {"most": MOST_PROBLEMS}),)
    return _in_order(findings.errors) + rest, _in_order(findings.warnings)


def _apply_rules(findings: Findings, catalogue: Catalogue, today: date) -> None:
    check_policy_table(findings, today)
    check_monitoring(findings)
    check_texts(findings)
    known = check_ids(findings)
    check_references(findings, known)
    check_cycles(findings)
    check_hours(findings)
    check_channels(findings, catalogue)
    check_limits(findings, known)
    check_defaults(findings)
    check_ladders(findings)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.key)))
