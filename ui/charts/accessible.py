"""Gives screen readers a chart's parts as the items of a list."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from ui.charts.view import ChartView

# None is what Qt takes for "there is none"; the stubs do not know it.


class _ItemInterface(QAccessibleInterface):
    def __init__(self, view: ChartView, index: int) -> None:
        super().__init__()
        self._view = view
        self._index = index

    def isValid(self) -> bool:
        return self._index < len(self._view.items)

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._view.window().windowHandle()

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        return None

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: ARG002
        return -1

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return QAccessible.queryAccessibleInterface(self._view)

    def text(self, text: QAccessible.Text) -> str:
        if text == QAccessible.Text.Name and self.isValid():
            return self._view.items[self._index].text
        return ""

    def setText(self, text: QAccessible.Text, value: str) -> None:
        pass

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        return QAccessible.State()

    def rect(self) -> QRect:
        return self._view.item_rect(self._index) if self.isValid() else QRect()

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


class ChartInterface(QAccessibleWidget):
    """A chart as a list: its name, and an item for each part."""

    def __init__(self, view: ChartView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._view = view
        # Qt keeps no reference from C++; without these the items would be gone at once.
        self._children: list[_ItemInterface] = []

    def childCount(self) -> int:
        return len(self._view.items)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not 0 <= index < self.childCount():
            return None
        while len(self._children) <= index:
            child = _ItemInterface(self._view, len(self._children))
            QAccessible.registerAccessibleInterface(child)
            self._children.append(child)
        return self._children[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((at for at, known in enumerate(self._children) if known is child), -1)


class ChartAccessibility:
    """Makes the interfaces, and keeps them while their widgets live."""

    def __init__(self) -> None:
        self._interfaces: dict[int, ChartInterface] = {}

    def install(self) -> None:
        """Tell Qt about charts; once in a process."""
        QAccessible.installFactory(self._make)

    def _make(self, _class: str, thing: QObject) -> QAccessibleInterface | None:
        if not isinstance(thing, ChartView):
            return None
        key = id(thing)
        interface = self._interfaces[key] = ChartInterface(thing)
        thing.destroyed.connect(lambda: self._interfaces.pop(key, None))
        return interface
