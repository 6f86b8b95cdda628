"""The widget of a chart: painted, pointed at, walked through by arrow keys, read aloud."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.charts.drawing import Chart, Drawing, Item
from ui.charts.paint import paint, rect
from ui.charts.taking import COPY_TABLE, ChartTaking
from ui.theme import Theme
from ui.typography import Type

RING = 3.0
"""How far the focus ring stands off a chart's part."""

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Shows a chart as wide as there is room, as high as it needs.

    Its context menu copies and saves it; Ctrl+C copies the picture, Ctrl+Shift+C the table,
    and Ctrl+S saves the picture.
    """

    activated = Signal(int)
    """A part was clicked, or chosen by Return or Space."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chart: Chart | None = None
        self._drawing = Drawing(0, 0)
        self._current: int | None = None
        self._leads_to = ""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def items(self) -> tuple[Item, ...]:
        """The parts that can be pointed at, in reading order."""
        return self._drawing.items

    @property
    def current(self) -> int | None:
        """The part that the arrow keys stand on."""
        return self._current

    def set_chart(self, chart: Chart) -> None:
        """Show a chart; the part that the keys stand on stays where it can."""
        if chart == self._chart:
            return
        self._chart = chart
        height = self._drawing.height
        self._lay_out()
        if self._drawing.height != height:
            self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        self.update()

    def set_leads_to(self, text: str) -> None:
        """Say beside each part what a click on it brings, and point at parts with a hand."""
        self._leads_to = text
        self.setMouseTracking(bool(text))

    @property
    def taking(self) -> ChartTaking | None:
        """What copies and saves the chart that is shown."""
        if self._chart is None:
            return None
        return ChartTaking(
            self._chart, self.accessibleName(), self._drawing.width, self._theme, self
        )

    def item_rect(self, index: int) -> QRect:
        """Return where a part is, on the screen."""
        frame = rect(self.items[index].box).toAlignedRect()
        return QRect(self.mapToGlobal(frame.topLeft()), frame.size())

    def item_at(self, point: QPoint) -> int | None:
        """Return the part under a point of the widget; what lies on top comes first."""
        for index in range(len(self.items) - 1, -1, -1):
            if self.items[index].box.contains(point.x(), point.y()):
                return index
        return None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._chart is None:
            return 0
        if width == round(self._drawing.width):
            return round(self._drawing.height)
        return round(self._chart.lay_out(width, Type(self.font())).height)

    def sizeHint(self) -> QSize:
        unit = Type(self.font()).unit
        return QSize(round(unit * 60), round(self._drawing.height))

    def minimumSizeHint(self) -> QSize:
        unit = Type(self.font()).unit
        return QSize(round(unit * 40), round(self._drawing.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        paint(painter, QPointF(0, 0), self._drawing, self._theme, Type(self.font()))
        if self.hasFocus() and self._current is not None:
            pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), 2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = rect(self.items[self._current].box).adjusted(-RING, -RING, RING, RING)
            inside = frame.intersected(self.rect().toRectF().adjusted(1, 1, -1, -1))
            painter.drawRoundedRect(inside, RING, RING)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.items) - 1
        step = _STEPS.get(Qt.Key(event.key()))
        if self._take(event):
            return
        if last < 0:
            super().keyPressEvent(event)
        elif step is not None:
            at = self._current
            self._stand_on((0 if step > 0 else last) if at is None else at + step)
        elif event.key() in _CHOOSE and self._current is not None:
            self.activated.emit(self._current)
        elif event.key() == Qt.Key.Key_Home:
            self._stand_on(0)
        elif event.key() == Qt.Key.Key_End:
            self._stand_on(last)
        else:
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        taking = self.taking
        if taking is None:
            return False
        if event.matches(QKeySequence.StandardKey.Copy):
            taking.copy_picture()
        elif QKeySequence(event.keyCombination()) == COPY_TABLE:
            taking.copy_table()
        elif event.matches(QKeySequence.StandardKey.Save):
            taking.ask_where_to_save()
        else:
            return False
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        taking = self.taking
        if taking is not None:
            taking.menu().popup(event.globalPos())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._leads_to:
            over = self.item_at(event.position().toPoint()) is not None
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.item_at(event.position().toPoint())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(index)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.item_at(event.pos())
            text = "" if index is None else self._said(index)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _lay_out(self) -> None:
        if self._chart is None:
            return
        self._drawing = self._chart.lay_out(self.width(), Type(self.font()))
        if self._current is not None:
            last = len(self.items) - 1
            self._current = min(self._current, last) if last >= 0 else None

    def _said(self, index: int) -> str:
        text = self.items[index].text
        return f"{text}\n{self._leads_to}" if self._leads_to else text

    def _stand_on(self, index: int) -> None:
        self._current = min(max(index, 0), len(self.items) - 1)
        text = self._said(self._current)
        self.setAccessibleDescription(self.items[self._current].text)
        event = QAccessibleEvent(self, QAccessible.Event.Focus)
        event.setChild(self._current)
        QAccessible.updateAccessibility(event)
        # Shown too: the keys are no poorer than the pointer.
        corner = self.item_rect(self._current)
        QToolTip.showText(corner.bottomLeft(), text, self)
        self.update()
