"""Menus of what time may be for: one channel's purposes, and those of the other channels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup

from tracker.i18n import Language
from ui.host_menu import HostMenu
from ui.menu_view import ChannelChoice
from ui.purpose_choice import PurposeOption

Choose = Callable[[str, str, bool], None]
"""Given a purpose, a channel, and whether the visit counts from its start."""


class PurposeMenu(HostMenu):
    """What one channel's time is for: one line each, of which one is marked.

    Its lines stay and change their texts, as those of the menu that it belongs to.

    Args:
        choose: Called with what is chosen.
        from_now: What the second choice is called, which leaves the visit so far as it was;
            empty where there is none.
        parent: The menu that it belongs to.
    """

    def __init__(self, choose: Choose, from_now: str, parent: HostMenu) -> None:
        super().__init__(parent=parent)
        self._above = parent
        self._channel = ""
        self._lines = _Lines(self, lambda purpose: choose(purpose, self._channel, True))
        self._later: _Lines | None = None
        if from_now:
            self._lines.end = self.addSeparator()
            later = HostMenu(from_now, self)
            self.addMenu(later)
            self._later = _Lines(later, lambda purpose: choose(purpose, self._channel, False))

    def show_choice(self, choice: ChannelChoice | None) -> None:
        """Offer a channel's purposes; of None the menu itself is not there."""
        self._above.put(self.menuAction(), choice.text if choice is not None else "")
        if choice is None:
            return
        self._channel = choice.channel
        for lines in (self._lines, self._later):
            if lines is not None:
                lines.show(choice.options)


class ChannelsMenu(HostMenu):
    """The other channels, each with a menu of its purposes."""

    def __init__(self, choose: Choose, language: Language, parent: HostMenu) -> None:
        super().__init__(language.gettext("Other channels"), parent)
        self._choose = choose
        self._menus: list[PurposeMenu] = []

    def show_choices(self, choices: tuple[ChannelChoice, ...]) -> None:
        """Offer the channels' purposes; without any the menu itself is not there."""
        while len(self._menus) < len(choices):
            menu = PurposeMenu(self._choose, "", self)
            self.addMenu(menu)
            self._menus.append(menu)
        for number, menu in enumerate(self._menus):
            menu.show_choice(choices[number] if number < len(choices) else None)
        self.menuAction().setVisible(bool(choices))


class _Lines:
    """Lines of a menu of which one is marked."""

    def __init__(self, menu: HostMenu, chosen: Callable[[str], None]) -> None:
        self._menu = menu
        self._chosen = chosen
        self._actions: list[QAction] = []
        self._ids: list[str] = []
        self._group = QActionGroup(menu)
        # So that none is marked where the purpose in force is no longer offered.
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self.end: QAction | None = None

    def show(self, options: tuple[PurposeOption, ...]) -> None:
        while len(self._actions) < len(options):
            self._add()
        self._ids = [option.id for option in options]
        for number, action in enumerate(self._actions):
            option = options[number] if number < len(options) else None
            self._menu.put(action, option.name if option is not None else "")
            marked = option is not None and option.chosen
            if action.isChecked() != marked:
                action.setChecked(marked)

    def _add(self) -> None:
        number = len(self._actions)
        action = QAction(self._menu)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False: self._chosen(self._ids[number]))
        self._group.addAction(action)
        if self.end is not None:
            self._menu.insertAction(self.end, action)
        else:
            self._menu.addAction(action)
        self._actions.append(action)
