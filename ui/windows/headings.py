"""Tells screen readers which texts are headings, so that one can go from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from ui.windows.reading_view import Heading


class HeadingAccessibility:
    """Makes the interfaces of headings, and keeps them while their labels live."""

    def __init__(self) -> None:
        self._interfaces: dict[int, QAccessibleInterface] = {}

    def install(self) -> None:
        """Tell Qt about headings; once in a process."""
        QAccessible.installFactory(self._make)

    def _make(self, _class: str, thing: QObject) -> QAccessibleInterface | None:
        if not isinstance(thing, Heading):
            return None
        key = id(thing)
        made = QAccessibleWidget(thing, QAccessible.Role.Heading, thing.accessibleName())
        self._interfaces[key] = made
        thing.destroyed.connect(lambda: self._interfaces.pop(key, None))
        return made
