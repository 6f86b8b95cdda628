"""Asks whether something is to go for good, and says what goes."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from tracker.i18n import Language
from tracker.loop import Callback
from ui.privacy_view import Question


class AskingBox(QMessageBox):
    """A question with two answers; the safe one is chosen by Enter and by Escape.

    Args:
        question: What is asked.
        language: The person's.
        yes: Called when it is to go.
        parent: The window it is about.
    """

    def __init__(
        self, question: Question, language: Language, yes: Callback, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(question.title)
        self.setText(question.title)
        self.setInformativeText("\n".join([question.text, "", *question.lines]).strip())
        self.yes_button = _button(
            self.addButton(question.button, QMessageBox.ButtonRole.DestructiveRole)
        )
        cancel = _button(
            self.addButton(language.gettext("Cancel"), QMessageBox.ButtonRole.RejectRole)
        )
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)
        self.yes_button.clicked.connect(lambda _checked=False: yes())
        self.finished.connect(self.deleteLater)


def _button(found: QPushButton | None) -> QPushButton:
    assert found is not None
    return found
