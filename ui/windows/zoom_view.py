"""The widget of a day that is looked at from afar and from close by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from ui.charts.timeline import Scale
from ui.charts.view import ChartView
from ui.charts.zoomed_day import StretchItem, ZoomedDay
from ui.theme import Theme
from ui.time_window import CLOSEST, TimeWindow, window_around
from ui.typography import Type

CLOSER = 1 / 1.5
FURTHER = 1.5
WHEEL_NOTCH = 120
A_BIT = 0.1
"""How far a wheel's notch or a key scrolls, as a share of the window."""

MOST_OF_IT = 0.8

_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_CLOSER_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_FURTHER_KEYS = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)


class ZoomView(ChartView):
    """Shows a window of a day.

    Plus, minus and 0 zoom, as do Ctrl with the wheel and two fingers; the wheel, dragging,
    Page Up and Page Down and Shift with the arrows scroll. Left and Right go from one visit
    to the next, Up and Down to those of the same channel, also beyond the window.
    """

    moved = Signal()
    """Another window of the day is seen."""

    pointed = Signal(str)
    """What lies under the pointer, or what the keys stand on, in words."""

    asked = Signal(object, QPoint)
    """Visits were clicked, or chosen by Return or Space: their keys, and where a menu may open."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, theme, parent)
        self._day: ZoomedDay | None = None
        self._window: TimeWindow | None = None
        self._stood: datetime | None = None
        self._pressed: tuple[QPointF, TimeWindow] | None = None
        self._dragged = False
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)

    @property
    def whole(self) -> TimeWindow:
        """The whole day, as far as there is something to see."""
        assert self._day is not None
        return TimeWindow(self._day.view.start, self._day.view.end)

    @property
    def window_seen(self) -> TimeWindow:
        """What is seen of it."""
        return self.whole if self._window is None else self._window.within(self.whole)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is seen."""
        return self.window_seen == self.whole

    def show_day(self, day: ZoomedDay) -> None:
        """Show a day, through the window that is set."""
        self._day = day
        self._show()

    def forget(self) -> None:
        """Begin with the whole day again, as another day is shown."""
        self._window = self._stood = self._current = None

    def look_at(self, window: TimeWindow) -> None:
        """See another part of the day; the whole day grows on with the clock."""
        window = window.within(self.whole)
        self._window = None if window == self.whole else window
        self._show()
        self.moved.emit()

    def zoom(self, factor: float, about: datetime | None = None) -> None:
        """Zoom about an instant; of None, about the visit that the keys stand on."""
        seen = self.window_seen
        if about is None:
            at = self._stood_item()
            middle = seen.start + seen.length / 2
            about = middle if at is None else at.start + (at.end - at.start) / 2
        self.look_at(seen.zoomed(factor, about, self.whole))

    def show_whole(self) -> None:
        """See the whole day."""
        self.look_at(self.whole)

    def scroll_by(self, share: float) -> None:
        """See what lies so many windows later."""
        self.look_at(self.window_seen.scrolled(share, self.whole))

    def walk(self, step: int, *, in_lane: bool = False, visits_only: bool = False) -> None:
        """Go to the next stretch, or to the one before, and bring it into the window.

        Args:
            step: Forwards, or backwards where it is negative.
            in_lane: Whether only visits to the same channel count.
            visits_only: Whether gaps are passed over.
        """
        if self._day is None:
            return
        item, lanes = self._stood_item(), self._day.view.lanes
        mine = set(item.keys) if item is not None else set()
        order = sorted(
            (block.start, block.end)
            for lane in lanes
            for block in lane.blocks
            if not in_lane or not mine or any(each.key in mine for each in lane.blocks)
        )
        if not (in_lane or visits_only):
            order = sorted([*order, *((hole.start, hole.end) for hole in self._day.view.holes)])
        found = self._following(order, item, step)
        if found is not None:
            self.look_at(self.window_seen.revealing(*found, self.whole))
            self._stand_at(found[0])

    def _following(
        self, order: list[tuple[datetime, datetime]], item: StretchItem | None, step: int
    ) -> tuple[datetime, datetime] | None:
        if item is None:
            seen = self.window_seen
            if step > 0:
                return next((each for each in order if each[0] >= seen.start), None)
            return next((each for each in reversed(order) if each[1] <= seen.end), None)
        if step > 0:
            return next((each for each in order if each[0] >= item.end), None)
        return next((each for each in reversed(order) if each[0] < item.start), None)

    # What is shown

    def _show(self) -> None:
        if self._day is not None:
            self.set_chart(replace(self._day, window=self.window_seen))

    def _lay_out(self) -> None:
        super()._lay_out()
        # The place in the list changes with the window: what is stood on does not.
        self._current = None
        stood = self._stood
        for index, item in enumerate(cast("tuple[StretchItem, ...]", self.items)):
            if stood is not None and (item.start <= stood < item.end or item.start == stood):
                self._current = index
                break

    def _stand_on(self, index: int) -> None:
        super()._stand_on(index)
        item = self._stood_item()
        if item is not None:
            self._stood = item.start
            self.pointed.emit(item.text)

    def _stand_at(self, start: datetime) -> None:
        self._stood = start
        self._lay_out()
        if self._current is not None:
            self._stand_on(self._current)

    def _stood_item(self) -> StretchItem | None:
        return None if self._current is None else cast("StretchItem", self.items[self._current])

    def _scale(self) -> Scale:
        assert self._day is not None
        shown = replace(self._day, window=self.window_seen)
        return shown.scale(self.width(), Type(self.font()))

    def _ask(self, index: int) -> None:
        """Ask about a visit; several that can't be told apart are looked at closer first."""
        item = cast("StretchItem", self.items[index])
        self._stood, self._current = item.start, index
        self.pointed.emit(item.text)
        if len(item.keys) > 1 and self.window_seen.length > CLOSEST:
            self.look_at(window_around(item.start, item.end, self.whole))
        elif item.keys:
            self.asked.emit(item.keys, self.item_rect(index).bottomLeft())
        self.update()

    # What is done with it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._day is None or self._take(event) or self._press(event):
            return
        QWidget.keyPressEvent(self, event)

    def _press(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            later = key == Qt.Key.Key_Right
            if shift:
                self.scroll_by(A_BIT if later else -A_BIT)
            else:
                self.walk(1 if later else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walk(1 if key == Qt.Key.Key_Down else -1, in_lane=True)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.scroll_by(MOST_OF_IT if key == Qt.Key.Key_PageDown else -MOST_OF_IT)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._stood = self._current = None
            last = self.whole
            edge = last.start if key == Qt.Key.Key_Home else last.end
            self.look_at(self.window_seen.revealing(edge, edge, last))
            self.walk(1 if key == Qt.Key.Key_Home else -1)
        elif key in _CLOSER_KEYS or event.matches(QKeySequence.StandardKey.ZoomIn):
            self.zoom(CLOSER)
        elif key in _FURTHER_KEYS or event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom(FURTHER)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        elif key in _CHOOSE and self._current is not None:
            self._ask(self._current)
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._day is None:
            return
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(
                CLOSER ** (angle.y() / WHEEL_NOTCH), self._scale().instant(event.position().x())
            )
        elif self.is_whole:
            event.ignore()  # nothing to scroll: the lanes may be more than fit below each other
            return
        elif not pixels.isNull():
            by = pixels.x() if abs(pixels.x()) > abs(pixels.y()) else pixels.y()
            self.scroll_by(-by / max(1.0, self._scale().width))
        else:
            by = angle.x() if abs(angle.x()) > abs(angle.y()) else angle.y()
            self.scroll_by(-by / WHEEL_NOTCH * A_BIT)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                about = self._scale().instant(event.position().x())
                self.zoom(1 / max(0.1, 1 + event.value()), about)
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture) and pinch.scaleFactor() > 0:
                middle = self.mapFromGlobal(pinch.centerPoint())
                self.zoom(1 / pinch.scaleFactor(), self._scale().instant(middle.x()))
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._day is not None:
            self._pressed, self._dragged = (event.position(), self.window_seen), False
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            index = self.item_at(event.position().toPoint())
            if index is not None:
                self.pointed.emit(self.items[index].text)
            return
        at, window = self._pressed
        by = at.x() - event.position().x()
        if abs(by) >= QApplication.startDragDistance():
            self._dragged = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged:
            self.look_at(window.scrolled(by / max(1.0, self._scale().width), self.whole))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        if self._dragged:
            self._dragged = False
            self.unsetCursor()
            return
        index = self.item_at(event.position().toPoint())
        if index is not None:
            self._ask(index)
