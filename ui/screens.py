"""The screens that there are, as Qt tells them."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from tracker.watchers.base import Rect
from ui.placing import Screen, screen_of


def screens() -> tuple[Screen, ...]:
    """Return every screen, the primary one first."""
    primary = QGuiApplication.primaryScreen()
    every = sorted(QGuiApplication.screens(), key=lambda screen: screen is not primary)
    return tuple(Screen(_rect(each.geometry()), each.devicePixelRatio()) for each in every)


def room_beside(place: Rect | None) -> Rect:
    """Return the room that panels leave on the screen of ``place``, in Qt's pixels.

    Args:
        place: In physical pixels; None: the primary screen.
    """
    known = screens()
    at = screen_of(place, known).place if place is not None else known[0].place
    for each in QGuiApplication.screens():
        if _rect(each.geometry()) == at:
            return _rect(each.availableGeometry())
    return at


def _rect(rect: QRect) -> Rect:
    return Rect(rect.x(), rect.y(), rect.width(), rect.height())
