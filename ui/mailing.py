"""Begins a mail with a file attached, in the person's own mail program: it never sends."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess

MAILER = "xdg-email"
"""Hands a draft to the desktop's mail program; there is no such thing where there is no desktop
of the free kind."""


def mailer() -> str | None:
    """Return what can begin a mail with an attachment here; None where nothing can."""
    return shutil.which(MAILER)


class MailDraft(QObject):
    """One attempt to begin a mail.

    Args:
        program: What :func:`mailer` found.
        told: Called once with whether a mail program took it.
        parent: Keeps it until then.
    """

    def __init__(self, program: str, told: Callable[[bool], None], parent: QObject) -> None:
        super().__init__(parent)
        self._told: Callable[[bool], None] | None = told
        self._program = program
        self._process = QProcess(self)
        self._process.finished.connect(lambda code, _status: self._tell(code == 0))
        self._process.errorOccurred.connect(lambda _error: self._tell(False))

    def begin(self, file: Path, subject: str) -> None:
        """Open a draft with the file attached; whom it goes to, the person writes."""
        arguments = ["--utf8", "--subject", subject, "--attach", str(file)]
        self._process.start(self._program, arguments)

    def _tell(self, taken: bool) -> None:
        told, self._told = self._told, None
        if told is not None:
            told(taken)
            self.deleteLater()
