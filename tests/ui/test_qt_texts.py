"""Qt's own dialogs and menus speak the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from tracker.i18n import Language
from ui.qt_texts import QtTexts


def cancel() -> str:
    return QCoreApplication.translate("QPlatformTheme", "Cancel")


def test_qt_speaks_as_the_person_does_when_the_language_changes(qapp: QApplication) -> None:
    texts = QtTexts(qapp)
    texts.speak(Language("sv"))
    assert cancel() == "Avbryt"
    texts.speak(Language("en"))
    assert cancel() == "Cancel"
    texts.speak(Language("sv"))
    assert cancel() == "Avbryt"
    texts.speak(Language("en"))
