"""Starts the tray app and ends it cleanly."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.paths import Paths
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.settings import SettingsKeeper
from tracker.wiring import DeskPlan, open_desk
from ui.app_icon import app_icon
from ui.desk_app import DeskApp
from ui.signals import EndSignals

PLATFORM_THEME = "QT_QPA_PLATFORMTHEME"
_GTK_DESKTOPS = frozenset({"GNOME", "UNITY", "X-CINNAMON", "XFCE", "MATE", "PANTHEON", "BUDGIE"})


def platform_theme(environ: Mapping[str, str]) -> str | None:
    """Return the platform theme to ask Qt for; None: whatever it takes by itself.

    On these desktops Qt loads GTK 3 for its dialogs, none of which the program opens:
    20 MB for nothing. What a person has set is left as it is.
    """
    if environ.get(PLATFORM_THEME):
        return None
    desktops = environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
    return "gnome" if _GTK_DESKTOPS.intersection(desktops) else None


def make_application(environ: Mapping[str, str]) -> QApplication:
    """Return the process's one application object."""
    theme = platform_theme(environ)
    if theme is not None:
        os.environ[PLATFORM_THEME] = theme
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    QGuiApplication.setDesktopFileName("kanaltid")
    QApplication.setApplicationName("kanaltid")
    QApplication.setApplicationDisplayName("Kanaltid")
    # Said at every start on a desktop without a portal, which none of this needs.
    QLoggingCategory.setFilterRules("qt.qpa.services.warning=false")
    qt = QApplication(["kanaltid"])
    qt.setQuitOnLastWindowClosed(False)
    qt.setWindowIcon(app_icon())
    return qt


def need_screen(environ: Mapping[str, str]) -> None:
    """Make sure that there is a screen: without one Qt ends the process with a crash.

    Raises:
        OutsideError: ``NO_SCREEN``.
    """
    if environ.get("QT_QPA_PLATFORM") or environ.get("WAYLAND_DISPLAY"):
        return
    if sys.platform != "linux":
        return
    import xcffib

    try:
        xcffib.connect(display=environ.get("DISPLAY", "")).disconnect()
    except xcffib.XcffibException as error:
        raise OutsideError(ErrorCode.NO_SCREEN) from error


def _write_pdf(facts: WeekFacts, language: Language, ticks: Ticks) -> bytes:
    # Imported when a week is written: it is no part of what sits in the tray all day.
    from ui.summary_pdf import write_pdf

    return write_pdf(facts, language, ticks)


def run(
    environ: Mapping[str, str], paths: Paths, policy_file: Path | None, settings: SettingsKeeper
) -> None:
    """Run the tray app until it is quit.

    Args:
        environ: The environment.
        paths: Where everything lies.
        policy_file: The policy that was asked for by name, if any.
        settings: The person's.

    Raises:
        OutsideError: There is no screen; or see :func:`tracker.wiring.open_desk`.
    """
    need_screen(environ)
    qt = make_application(environ)
    app = DeskApp(qt, environ, settings, paths)
    desk = open_desk(
        DeskPlan(
            environ=environ,
            paths=paths,
            policy_file=policy_file,
            make_loop=app.make_loop,
            make_herald=app.make_herald,
            raise_app=app.show_today,
            quit_app=app.quit,
            settings=settings,
            write_pdf=_write_pdf,
        )
    )
    signals = EndSignals(app.loop, app.quit)
    try:
        app.attach(desk.service)
        # The session may end the process without letting the loop end.
        qt.commitDataRequest.connect(lambda _manager: desk.service.check())
        desk.service.start()
        desk.weekly.start()
        app.begin()
        gc.enable()
        qt.exec()
    finally:
        app.close()
        desk.close()
        app.loop.close()
        signals.close()
