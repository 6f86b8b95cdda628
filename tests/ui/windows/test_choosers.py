"""What pages of more than one day choose by."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tracker.i18n import Language
from ui.windows.choosers import FocusBox, arrow_button

PRIVATE = (("private", None), "Private time")


def test_arrow_is_named_and_does_what_it_is_for(qtbot: QtBot) -> None:
    done: list[str] = []
    button = arrow_button(Qt.ArrowType.LeftArrow, "The day before", lambda: done.append("back"))
    qtbot.addWidget(button)
    button.click()
    assert done == ["back"]
    assert button.accessibleName() == button.toolTip() == "The day before"


def test_choice_stays_when_other_limits_are_offered(qtbot: QtBot) -> None:
    box, chosen = FocusBox("What is shown", Language("en")), []
    qtbot.addWidget(box)
    box.chosen.connect(lambda: chosen.append(box.choice))
    box.show_focuses((PRIVATE,), None)
    assert [box.itemText(at) for at in range(box.count())] == ["All time", "Private time"]
    box.activated.emit(1)
    assert chosen == [("private", None)]
    box.show_focuses((), None)
    assert box.choice == ("private", None), "another week may have it again"
    assert box.isHidden()
