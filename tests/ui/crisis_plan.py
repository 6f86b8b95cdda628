"""A made-up policy with a crisis plan."""

from __future__ import annotations

from tests.made_up import made_up_policy
from tracker.policy.types import Contact, CrisisLevel, CrisisStep, Policy, Text

LINK = "https://example.com/post/1?a=b&c=d"


def words(en: str, sv: str = "") -> Text:
    """Return a text in both languages."""
    return Text((("en", en), ("sv", sv or f"{en} (sv)")))


def plan() -> Policy:
    """Return a policy with two levels: one with all there is, one with next to nothing."""
    return made_up_policy(
        contacts=(
            Contact("komm", words("Head of communications"), "press+x@example.se",
                    "+46 8 123 45 67", backup="vd"),
            Contact("vd", words("CEO <3")),
        ),
        crisis_levels=(
            CrisisLevel("critic", words("A customer complains"), 60, "komm",
                        ("arbete", "privat"), words("Thank you.\nWe look into it.")),
            CrisisLevel("storm", words("The press calls"), owner="vd"),
        ),
        crisis_steps=(
            CrisisStep("critic", words("Delete nothing.")),
            CrisisStep("storm", words("Only the CEO speaks."), "vd", 15),
            CrisisStep("critic", words("Answer kindly."), "komm", 30),
            CrisisStep("critic", words("Evaluate."), None, 10_080),
        ),
    )  # fmt: skip
