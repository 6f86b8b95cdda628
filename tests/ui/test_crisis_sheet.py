"""The plan and evaluations on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from tests.made_up import NOW, made_up_policy
from tests.ui.crisis_plan import plan
from tracker.i18n import Language
from tracker.policy.types import Person
from tracker.storage.base import Evaluation
from ui.crisis_sheet import evaluation_html, plan_html
from ui.crisis_view import CrisisWords
from ui.documents import save_pdf

LIFTS = (
    "While this level is open, the limits “Social media for work”,"
    " “Private during working hours” take no step. They count on."
)
KARIN, ENGLISH = Person("karin"), Language("en")


def lines(html: str) -> list[str]:
    document = QTextDocument()
    document.setHtml(html)
    return [line for line in document.toPlainText().splitlines() if line]


@pytest.mark.usefixtures("qapp")
def test_plan_holds_every_level_step_and_contact() -> None:
    assert lines(plan_html(plan(), KARIN, ENGLISH)) == [
        "Crisis plan",
        "Social media policy, version 1",
        "A customer complains",
        "First reply within 1 hour",
        "Owner: Head of communications: press+x@example.se, +46 8 123 45 67. Otherwise: CEO <3",
        "☐ Delete nothing.",
        "☐ Answer kindly. (within 30 minutes, Head of communications)",
        "☐ Evaluate. (within 7 days)",
        "Holding reply",
        "Thank you.",
        "We look into it.",
        LIFTS,
        "The press calls",
        "Owner: CEO <3",
        "☐ Only the CEO speaks. (within 15 minutes, CEO <3)",
        "Contacts",
        "Head of communications: press+x@example.se, +46 8 123 45 67. Otherwise: CEO <3",
        "CEO <3",
    ]


@pytest.mark.usefixtures("qapp")
def test_plan_is_there_when_the_policy_has_next_to_nothing() -> None:
    assert lines(plan_html(made_up_policy(contacts=()), KARIN, ENGLISH)) == [
        "Crisis plan",
        "Social media policy, version 1",
    ]


@pytest.mark.usefixtures("qapp")
def test_evaluation_holds_each_answer() -> None:
    written = Evaluation(NOW, NOW, "critic", "", "<b>It</b> burnt.\nA lot.", "", "Water & sand.")
    view = CrisisWords(plan(), KARIN, ENGLISH).evaluation(written)
    assert lines(evaluation_html(view, ENGLISH)) == [
        "Evaluation of a crisis",
        "A customer complains, 23 November 2026",
        "Opened: 23 November 2026 14:12",
        "Written down: 23 November 2026 14:12",
        "What happened?",
        "<b>It</b> burnt.",
        "A lot.",
        "What was at fault?",
        "–",
        "What did we learn?",
        "Water & sand.",
    ]


def test_plan_is_a_pdf_when_it_is_saved(qapp: QApplication, tmp_path: Path) -> None:
    assert qapp is not None
    save_pdf(plan_html(plan(), KARIN, ENGLISH), "Crisis plan", tmp_path / "plan.pdf", ENGLISH)
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")
