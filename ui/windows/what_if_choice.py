"""What is to be tried: which other policy, or which other minutes, and over how many weeks."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QSpinBox, QWidget

from tracker.days import days_of_week, week_of
from tracker.i18n import Language
from tracker.reports.what_if import FIRST_DAY
from tracker.reports.what_if_plan import WhatIfPlan
from ui.typography import Type
from ui.what_if_view import Changeable, change_of
from ui.windows.fields import lift_fields
from ui.windows.flow import FlowLayout

SHIPPED = ("nordisk-konsult", "harrow", "starter")
SETTLE_MS = 250
"""Minutes that are turned on are tried once they stand still for so long."""

MOST_DAY_MIN = 24 * 60
MOST_WEEK_MIN = 7 * MOST_DAY_MIN


class WhatIfChoice(QWidget):
    """The fields; :attr:`changed` tells of each other choice.

    Args:
        language: The person's.
        fonts: What it is measured by.
    """

    changed = Signal()

    def __init__(self, language: Language, fonts: Type) -> None:
        super().__init__()
        _ = language.gettext
        self._limits: tuple[Changeable, ...] = ()
        self._files: list[Path | None] = [None]
        self.policy = self._combo(_("Compare with"))
        self.policy.addItem(_("The present policy, with a limit changed"))
        folder = resources.files("resources") / "policies"
        for name in SHIPPED:
            self._files.append(Path(str(folder / f"{name}.toml")))
            self.policy.addItem(_("The sample policy {name}").format(name=name))
        self.policy.addItem(_("A policy file …"))
        self._chosen = 0
        self.weeks = self._combo(_("Weeks"))
        for count in (4, 13, 52):
            text = language.ngettext("The last {n} week", "The last {n} weeks", count)
            self.weeks.addItem(text.format(n=count), count)
        self.weeks.addItem(_("All that is kept"), 0)
        self.weeks.setCurrentIndex(1)
        self.limit = self._combo(_("Limit"))
        self.day = self._minutes(_("Minutes a day"), _("{minutes} min a day"), MOST_DAY_MIN)
        self.week = self._minutes(_("Minutes a week"), _("{minutes} min a week"), MOST_WEEK_MIN)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.changed)
        self.policy.activated.connect(self._on_policy)
        self.weeks.activated.connect(lambda _index: self.changed.emit())
        self.limit.activated.connect(lambda _index: self._on_limit())
        self._lay_out(fonts)

    def offer(self, limits: tuple[Changeable, ...]) -> None:
        """Offer the limits of the present policy; the one that was chosen stays."""
        if limits == self._limits:
            return
        held = self._limit()
        self._limits = limits
        self.limit.clear()
        self.limit.addItems([limit.name for limit in limits])
        ids = [limit.limit for limit in limits]
        self.limit.setCurrentIndex(ids.index(held.limit) if held and held.limit in ids else 0)
        self._on_limit()

    @property
    def tried(self) -> str | None:
        """The limit whose minutes are tried; None where another policy is."""
        limit = self._limit()
        return limit.limit if limit is not None and self._files[self._chosen] is None else None

    def plan(self, today: date) -> WhatIfPlan:
        """Return what is chosen, for the days before ``today``."""
        weeks: int = self.weeks.currentData()
        monday = days_of_week(week_of(today))[0]
        first = monday - timedelta(weeks=weeks) if weeks else FIRST_DAY
        limit, file = self._limit(), self._files[self._chosen]
        change = None
        if file is None and limit is not None:
            change = change_of(limit, self.day.value(), self.week.value())
        return WhatIfPlan(first, today - timedelta(days=1), file, change)

    def ask_for_file(self) -> QFileDialog:
        """Ask for a policy's file."""
        dialog = QFileDialog(self, self.policy.itemText(self.policy.count() - 1).rstrip(" …"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("TOML (*.toml)")
        dialog.setDirectory(str(Path.home()))
        dialog.fileSelected.connect(lambda name: self.use_file(Path(name)))
        dialog.rejected.connect(lambda: self.policy.setCurrentIndex(self._chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def use_file(self, file: Path) -> None:
        """Compare with the policy of a file."""
        if file not in self._files:
            self.policy.insertItem(len(self._files), file.name)
            self._files.append(file)
        self._choose(self._files.index(file))

    def lift(self) -> None:
        """Let fields be seen in the present colours."""
        lift_fields(self)

    def _limit(self) -> Changeable | None:
        index = self.limit.currentIndex()
        return self._limits[index] if 0 <= index < len(self._limits) else None

    def _on_policy(self, index: int) -> None:
        if index >= len(self._files):
            self.ask_for_file()
        else:
            self._choose(index)

    def _choose(self, index: int) -> None:
        self._chosen = index
        self.policy.setCurrentIndex(index)
        self._form.setRowVisible(self._change, self._files[index] is None)
        self.changed.emit()

    def _on_limit(self) -> None:
        limit = self._limit()
        for field, minutes in (
            (self.day, limit.day_min if limit else None),
            (self.week, limit.week_min if limit else None),
        ):
            field.blockSignals(True)
            field.setValue(minutes or 0)
            field.setVisible(minutes is not None)
            field.blockSignals(False)
        self.changed.emit()

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    def _minutes(self, name: str, form: str, most: int) -> QSpinBox:
        field = QSpinBox()
        before, _minutes, after = form.partition("{minutes}")
        field.setPrefix(before)
        field.setSuffix(after)
        field.setRange(0, most)
        field.setSingleStep(5)
        field.setAccessibleName(name)
        field.valueChanged.connect(lambda _value: self._soon.start())
        return field

    def _lay_out(self, fonts: Type) -> None:
        unit = round(fonts.unit)
        self._change = QWidget()
        row = FlowLayout(unit)
        for field in (self.limit, self.day, self.week):
            row.addWidget(field)
        self._change.setLayout(row)
        for combo in (self.policy, self.limit, self.weeks):
            combo.setMinimumWidth(unit * 12)  # long names are cut in a narrow window
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(unit)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.policy.accessibleName(), self.policy)
        form.addRow(self.limit.accessibleName(), self._change)
        form.addRow(self.weeks.accessibleName(), self.weeks)
