"""A made-up language whose words are 40 % longer, and a look for texts that are cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QRadioButton,
    QWidget,
)

from tracker.i18n import Language

LONGER = 1.4
_PLACEHOLDERS = re.compile(r"(\{[^}]*\})")
_VOWELS = re.compile(r"([aeiouy])", re.IGNORECASE)


class LongLanguage(Language):
    """English, in words of 40 % more letters; placeholders stay as they are."""

    def __init__(self) -> None:
        super().__init__("en")

    def gettext(self, message: str) -> str:
        return lengthened(super().gettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return lengthened(super().ngettext(singular, plural, n))

    def pgettext(self, context: str, message: str) -> str:
        return lengthened(super().pgettext(context, message))


def lengthened(text: str) -> str:
    """Return the text with letters doubled until it is 40 % longer."""
    parts = _PLACEHOLDERS.split(text)
    missing = round(sum(map(len, parts[::2])) * (LONGER - 1))

    def double(found: re.Match[str]) -> str:
        nonlocal missing
        if missing <= 0:
            return found[0]
        missing -= 1
        return found[0] * 2

    while missing > 0 and any(_VOWELS.search(part) for part in parts[::2]):
        parts[::2] = [_VOWELS.sub(double, part) for part in parts[::2]]
    return "".join(parts)


def cut_off(window: QWidget) -> Iterator[str]:
    """Yield the texts in a window that are not shown whole."""
    for label in window.findChildren(QLabel):
        if not label.isVisible() or not label.text() or label.buddy() is label:
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else -1
        if needed < 0:
            needed = label.sizeHint().height()
            if label.width() < label.sizeHint().width():
                yield label.text()
                continue
        if label.height() < needed or (label.wordWrap() and label.width() < _longest_word(label)):
            yield label.text()
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            frame = 0 if not isinstance(button, QCheckBox | QRadioButton) else 16
            if button.width() < button.fontMetrics().horizontalAdvance(button.text()) + frame:
                yield button.text()
    for box in window.findChildren(QComboBox):
        if box.isVisible() and box.width() < box.minimumSizeHint().width():
            yield box.currentText()


def _longest_word(label: QLabel) -> int:
    if label.textFormat().name == "RichText":
        return 0
    metrics = label.fontMetrics()
    words = label.text().split() or [""]
    return max(metrics.boundingRect(QRect(), 0, word).width() for word in words)
