"""What stands in the way of measuring, and how to get it out of the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tracker.i18n import Language
from ui.charts.drawing import Role, Style
from ui.status_view import Trouble
from ui.theme import Theme
from ui.typography import Type
from ui.windows.texts import plain_label


class TroubleBox(QWidget):
    """Title, text and remedy of each trouble, in a frame; hidden where there is none.

    Args:
        language: The person's.
        theme: The colours.
        parent: Where it stands.
        open_page: Opens the page that says more; None: no button offers it.
    """

    def __init__(
        self,
        language: Language,
        theme: Theme,
        parent: QWidget | None = None,
        open_page: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_page = open_page
        self._why = language.gettext("Why?")
        self._theme = theme
        self._troubles: tuple[Trouble, ...] | None = None
        self._fonts = Type(self.font())
        unit = round(self._fonts.unit)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(unit * 2, unit * 1, unit * 2, unit + unit // 2)
        self._layout.setSpacing(unit // 2)
        self.setAccessibleName(language.gettext("What stands in the way"))
        self.show_troubles(())

    def show_troubles(self, troubles: tuple[Trouble, ...]) -> None:
        """Show what stands in the way."""
        if troubles == self._troubles:
            return
        self._troubles = troubles
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for trouble in troubles:
            self._layout.addWidget(plain_label(self._fonts, Style.STRONG, trouble.title))
            self._layout.addWidget(plain_label(self._fonts, Style.BODY, trouble.text))
            self._layout.addWidget(plain_label(self._fonts, Style.BODY, trouble.remedy))
            if trouble.page and self._open_page is not None:
                why = QPushButton(self._why)
                why.setAccessibleName(f"{trouble.title}: {self._why}")
                why.clicked.connect(lambda _checked=False, page=trouble.page: self._open(page))
                self._layout.addWidget(why, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(troubles))

    def _open(self, page: str) -> None:
        if self._open_page is not None:
            self._open_page(page)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(Role.WARNING), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._fonts.unit / 2
        frame = self.rect().toRectF().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, radius, radius)
        painter.end()
