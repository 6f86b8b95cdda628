"""A day as a picture, at twice the usual resolution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.model import Gap, Span
from tracker.policy.types import Policy
from tracker.reports.day import DayReport
from ui.channel_colours import colour_slots
from ui.charts.day import DaySheet, charts_of
from ui.charts.drawing import Drawing, Role
from ui.charts.paint import paint
from ui.day_view import view_day
from ui.theme import Theme
from ui.timeline_view import view_timeline
from ui.typography import Type

WIDTH = 640.0
SCALE = 2.0


def day_chart_png(
    report: DayReport,
    rows: tuple[Sequence[Span], Sequence[Gap]],
    path: Path,
    *,
    policy: Policy,
    bounds: tuple[datetime, datetime],
    now: datetime,
    language: Language,
    theme: Theme,
) -> None:
    """Write the day's chart to ``path``. There must be a QGuiApplication, for its fonts.

    Args:
        report: The day.
        rows: Its spans and gaps, each by start.
        path: Where the picture goes; what is there is replaced.
        policy: The policy that names channels, purposes and limits, and gives the zone.
        bounds: The instants between which the day lies.
        now: The present instant.
        language: The language of the words in it.
        theme: Its colours.

    Raises:
        OutsideError: FILE_NOT_WRITTEN where the picture can't be written.
    """
    day = view_day(report, policy, language)
    timeline = view_timeline(rows, bounds, now, policy, language)
    slots = colour_slots(policy.channels)
    charts = charts_of(day, timeline, slots, ZoneInfo(policy.timezone), language)
    fonts = Type(QGuiApplication.font())
    margin = fonts.unit * 3
    drawing = DaySheet(day, charts, language).lay_out(WIDTH - 2 * margin, fonts)
    image = picture(drawing, margin, theme, fonts)
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]
        raise OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=path)


def picture(drawing: Drawing, margin: float, theme: Theme, fonts: Type) -> QImage:
    """Return a drawing as an image, with a margin around it."""
    width, height = drawing.width + 2 * margin, drawing.height + 2 * margin
    image = QImage(round(width * SCALE), round(height * SCALE), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(theme.colour(Role.GROUND))
    painter = QPainter(image)
    paint(painter, QPointF(margin, margin), drawing, theme, fonts)
    painter.end()
    return image
