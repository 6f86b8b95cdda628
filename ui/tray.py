"""The tray icon: there whenever the app runs, on whatever kind of tray the desktop has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tracker.loop import Callback, Handle, Loop
from tracker.notices.session_bus import SessionBus
from tracker.watchers.bus import Bus
from ui.tray_icon import Look, draw_icon

WATCHER = "org.kde.StatusNotifierWatcher"
SETTLE = timedelta(milliseconds=300)
"""A host that has just come wants a moment before it takes items."""

LOOK_AGAIN = timedelta(seconds=10)
GRACE = timedelta(seconds=3)
"""A tray may come a little after the app at login, and be away while its panel restarts."""


class Tray:
    """Keeps an icon in the tray, and tells whether there is a tray at all.

    XEmbed hosts that come late are found by Qt. A StatusNotifierItem host that comes after
    the app shows nothing until the icon is made anew.

    Args:
        loop: Where it waits.
        session: Tells of StatusNotifierItem hosts.
        menu: What the icon opens.
        activated: Called on a plain click.
        hosted: Called with whether there is a tray, soon after :meth:`show` and on each change.
    """

    def __init__(
        self,
        loop: Loop,
        session: SessionBus,
        menu: QMenu,
        *,
        activated: Callback,
        hosted: Callable[[bool], None],
    ) -> None:
        self._loop = loop
        self._menu = menu
        self._activated = activated
        self._hosted_changed = hosted
        self._look: Look | None = None
        self._tooltip = ""
        self._hosted: bool | None = None
        self._doubted = False
        self._fitted = False
        self._icon = self._make()
        self._again: Handle | None = None
        self._anew: Handle | None = None
        session.join(self._joined, lambda: None)

    @property
    def hosted(self) -> bool:
        """Whether some tray shows the icon, as far as Qt can tell."""
        return bool(self._hosted)

    def show(self) -> None:
        """Put the icon into the tray, and look now and then whether there is one."""
        self._icon.show()
        self._check()

    def refresh(self, look: Look, tooltip: str) -> None:
        """Show another look; nothing is drawn where it is the same."""
        if look != self._look:
            self._look = look
            self._icon.setIcon(draw_icon(look))
        if tooltip != self._tooltip:
            self._tooltip = tooltip
            self._icon.setToolTip(tooltip)

    def set_menu(self, menu: QMenu) -> None:
        """Open another menu from now on."""
        self._menu = menu
        self._icon.setContextMenu(menu)

    def close(self) -> None:
        """Take the icon away."""
        for handle in (self._again, self._anew):
            if handle is not None:
                handle.cancel()
        self._icon.hide()

    def _make(self) -> QSystemTrayIcon:
        # An icon that was made before its host came may be of the wrong kind for it.
        self._fitted = QSystemTrayIcon.isSystemTrayAvailable()
        icon = QSystemTrayIcon()
        icon.setContextMenu(self._menu)
        icon.activated.connect(self._on_activated)
        if self._look is not None:
            icon.setIcon(draw_icon(self._look))
        icon.setToolTip(self._tooltip)
        return icon

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self._activated()

    def _joined(self, bus: Bus) -> None:
        bus.watch_owner(WATCHER, self._on_watcher)
        bus.subscribe(
            lambda _signal: self._renew_soon(),
            interface=WATCHER,
            member="StatusNotifierHostRegistered",
        )

    def _on_watcher(self, owner: str) -> None:
        if owner:
            self._renew_soon()

    def _renew_soon(self) -> None:
        if self._anew is not None:
            self._anew.cancel()
        self._anew = self._loop.call_at(self._loop.clock.now() + SETTLE, self._renew)

    def _renew(self) -> None:
        """Make the icon anew where it was made for no host; else it would only flicker."""
        self._anew = None
        if not self._fitted and QSystemTrayIcon.isSystemTrayAvailable():
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = self._make()
            self._icon.show()
        self._check()

    def _check(self) -> None:
        hosted = QSystemTrayIcon.isSystemTrayAvailable()
        doubted, self._doubted = self._doubted, not hosted
        wait = LOOK_AGAIN if hosted else GRACE
        if self._again is not None:
            self._again.cancel()
        self._again = self._loop.call_at(self._loop.clock.now() + wait, self._renew)
        if hosted == self._hosted or (not hosted and not doubted):
            return  # nothing new, or nothing sure yet
        self._hosted = hosted
        self._hosted_changed(hosted)
