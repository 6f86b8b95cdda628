"""The policy's own table, and what is said of the measuring."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.policy.problems import ProblemCode
from tracker.policy.view import Findings


def check_policy_table(findings: Findings, today: date) -> None:
    """Check ``[policy]``: the zone is there, and the review is not overdue."""
    policy = findings.root.table("policy")
    zone = policy.text("timezone")
    if zone is not None and not _is_zone(zone):
        findings.error(policy.at("timezone"), ProblemCode.BAD_TIMEZONE, zone=zone[:80])
    review = policy.data.get("review_by")
    if isinstance(review, date) and not isinstance(review, datetime) and review < today:
        findings.warn(policy.at("review_by"), ProblemCode.REVIEW_PASSED, date=review)
    schema = findings.root.data.get("schema", 1)
    if type(schema) is not int or schema != 1:
        findings.error(("schema",), ProblemCode.WRONG_SCHEMA)


def check_monitoring(findings: Findings) -> None:
    """Check ``[monitoring]``: what the law asks for and the file leaves out."""
    if not findings.root.has("monitoring"):
        return
    monitoring = findings.root.table("monitoring")
    if not monitoring.has("dpia"):
        findings.warn(monitoring.at("dpia"), ProblemCode.DPIA_MISSING)
    if not monitoring.has("consulted"):
        findings.warn(monitoring.at("consulted"), ProblemCode.CONSULTED_MISSING)
    if monitoring.text("legal_basis") == "legal_obligation" and not monitoring.has("law"):
        findings.warn(monitoring.at("law"), ProblemCode.LAW_MISSING)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # What else names look like: a path that leads elsewhere, a folder, a file of another kind.
        return False
    return True
