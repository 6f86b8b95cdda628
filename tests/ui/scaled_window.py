"""Opens the main window at the scale of this process, and says what is cut off in it.

Run as a program: the scale is Qt's to read at its start.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tracker.i18n import Language
from tracker.notices.messages import Messages
from ui.theme import dress
from ui.windows.main import MainWindow
from ui.windows.page import Page, PageHost
from ui.windows.pages import page_plans


def main(scheme: str, language_code: str) -> None:
    """Print the pixels of the window per unit of its size, and the texts that are cut off."""
    qt = QApplication(["kanaltid"])
    language = Language(language_code)
    overview, theme = FakeOverview(), dress(qt, scheme)
    host = PageHost(overview, lambda: NOW, language, lambda: theme, lambda _page: None)
    plans = page_plans(language, QMenu(), Page)
    window = MainWindow(plans, host, Messages(), lambda _seen: None)
    window.open("today")
    window.show()
    qt.processEvents()
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    cut = [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]
    for kind in (QPushButton, QToolButton):
        for button in window.findChildren(kind):
            needed = button.fontMetrics().horizontalAdvance(button.text())
            if button.isVisible() and button.width() < needed:
                cut.append(button.text())
    scale = window.grab().toImage().width() / window.width()
    sys.stdout.write(json.dumps({"scale": scale, "cut": cut, "texts": len(labels)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
