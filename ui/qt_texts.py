"""Qt's own words, in its dialogs and in the menus of text fields, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from tracker.i18n import Language


class QtTexts:
    """Has Qt speak one language at a time; English is what it speaks by itself."""

    def __init__(self, qt: QApplication) -> None:
        self._qt = qt
        self._translator: QTranslator | None = None

    def speak(self, language: Language) -> None:
        """Speak ``language`` from now on; where Qt does not know it, English."""
        self.close()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        translator = QTranslator()
        if translator.load(f"qtbase_{language.code}", folder):
            self._translator = translator
            self._qt.installTranslator(translator)

    def close(self) -> None:
        """Leave Qt with its English."""
        if self._translator is not None:
            self._qt.removeTranslator(self._translator)
            self._translator = None
