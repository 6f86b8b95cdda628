"""Every window of the program over the made-up year: for pictures, and to look for cut texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from tools.made_up_desk import MadeUpDesk
from tracker.autostart import StartAtLogin
from tracker.i18n import Language
from tracker.limits.types import DueStep, Level, Period
from tracker.model import PRIVATE
from tracker.notice import LimitNotice
from tracker.notices.messages import Message, Messages
from tracker.policy.types import Mark, MarkKind, StepKind
from tracker.settings import SettingsKeeper
from tracker.watchers.base import Rect
from ui.day_view import view_day
from ui.first_start_view import first_start
from ui.ladder_view import LadderView, view_step
from ui.status_view import view_status
from ui.theme import Theme
from ui.windows.ask import AskWindow
from ui.windows.companion import CompanionWindow
from ui.windows.countdown import CountdownWindow
from ui.windows.export_dialog import ExportDialog
from ui.windows.first_start import FirstStartWindow
from ui.windows.main import MainWindow
from ui.windows.overlay import Overlay
from ui.windows.page import Page, PageHost
from ui.windows.pages import page_plans
from ui.windows.pieces import Pieces
from ui.windows.settings_page import SettingsPage
from ui.windows.what_if_page import WhatIfPage
from ui.windows.why import WhyWindow

HOME = Path("/home/karin")


ROUNDS = 200
"""Of events, in which all that was posted to the loop is done."""


def settle(qt: QCoreApplication, desk: MadeUpDesk, window: QWidget) -> None:
    """Let what goes on in pieces come to its end, and be laid out."""
    for _ in range(ROUNDS):
        desk.loop.settle()
        qt.processEvents()
    while any(work.under_way for work in window.findChildren(Pieces)):
        qt.processEvents()
    while any(page.judging for page in window.findChildren(WhatIfPage)):
        desk.loop.settle()
        qt.processEvents()
    qt.processEvents()


@dataclass(frozen=True)
class Scene:
    """A window that is shown, and the name of its picture."""

    name: str
    window: QWidget


def scenes(
    desk: MadeUpDesk, language: Language, theme: Theme, size: tuple[int, int]
) -> Iterator[Scene]:
    """Yield each window; it is let go when the next is asked for.

    Args:
        desk: The service.
        language: The language of the words in it.
        theme: The colours.
        size: How large the main window is.
    """
    host = PageHost(desk.service, desk.loop.clock.now, language, lambda: theme, lambda _page: None)
    for make in (_pages, _first_start, _ladder, _small_ones):
        for scene in make(host, size):
            scene.window.show()
            yield scene
            if scene.window.isVisible() and not isinstance(scene.window, MainWindow):
                scene.window.hide()


def _settings(host: PageHost) -> Page:
    login = StartAtLogin({"HOME": str(HOME)})
    keeper = SettingsKeeper(HOME / ".config/kanaltid/settings.json")
    data = HOME / ".local/share/kanaltid"
    return SettingsPage(host, keeper, login, data, system=host.language, version="1.0")


def _pages(host: PageHost, size: tuple[int, int]) -> Iterator[Scene]:
    plans = page_plans(host.language, QMenu(), _settings)
    window = MainWindow(plans, host, Messages(), lambda _seen: None)
    window.show()
    for plan in plans:
        window.open(plan.id)
        window.resize(*size)
        yield Scene(plan.id, window)
    window.open("spans/timeline")
    yield Scene("timeline", window)
    host.overview.open_crisis(host.overview.policy.crisis_levels[0].id)
    window.open("crisis")
    yield Scene("crisis-open", window)
    host.overview.open_crisis(None)
    window.hide()


def _first_start(host: PageHost, _size: tuple[int, int]) -> Iterator[Scene]:
    overview = host.overview
    story = first_start(overview.policy, overview.person, None, overview.today().day, host.language)
    window = FirstStartWindow(
        overview.policy,
        story,
        host.language,
        host.theme(),
        read_policy=lambda: None,
        offer_login=True,
    )
    for number in range(4):
        window.turn_to(number)
        yield Scene(f"first-start-{number + 1}", window)


def _step(host: PageHost, do: StepKind) -> LadderView:
    """Return what a step says: private time is used up, on LinkedIn."""
    standing = next(
        each
        for each in host.overview.today().limits
        if each.limit == "privat" and each.period is Period.DAY
    )
    assert standing.allowed_ms is not None
    reached = replace(standing, used_ms=standing.allowed_ms, level=Level.REACHED)
    mark = Mark(MarkKind.SHARE, 100, "100%")
    notice = LimitNotice(DueStep(reached, mark, do), "linkedin", PRIVATE)
    return view_step(notice, host.overview, host.language)


def _ladder(host: PageHost, _size: tuple[int, int]) -> Iterator[Scene]:
    theme, language = host.theme(), host.language
    ask = AskWindow(_step(host, StepKind.ASK), language, theme)
    countdown = CountdownWindow(_step(host, StepKind.MINIMISE), language, theme, 20)
    for name, window in (("ask", ask), ("countdown", countdown)):
        window.show()
        window.fit()
        yield Scene(name, window)
    overlay = Overlay(_step(host, StepKind.OVERLAY), language, theme)
    overlay.cover(Rect(0, 0, 900, 600))
    yield Scene("overlay", overlay)


def _small_ones(host: PageHost, _size: tuple[int, int]) -> Iterator[Scene]:
    overview, language = host.overview, host.language
    yield Scene("export", ExportDialog(host, overview.today().day - timedelta(days=7)))
    why = WhyWindow(host)
    why.for_limit("privat")
    yield Scene("why-limit", why)
    why.for_moment()
    yield Scene("why", why)
    messages = Messages()
    title, body = language.gettext("Private time"), overview.policy.title.in_language(language.code)
    messages.put(Message("limit", title, body, host.now()))
    companion = CompanionWindow(
        messages, QMenu(), show_today=lambda: None, language=language, theme=host.theme()
    )
    companion.set_lasting(True)
    day = view_day(overview.today(), overview.policy, language)
    companion.refresh(
        view_status(overview.status(), day, overview.policy, host.now(), language), day
    )
    yield Scene("companion", companion)
