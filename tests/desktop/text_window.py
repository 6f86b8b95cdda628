"""A window of another process in which a person is writing something.

Run as a program it opens the window, and answers each line on its standard input with one
line of JSON: the text as it stands.
"""

from __future__ import annotations

import json
import subprocess
import sys
from types import TracebackType
from typing import IO

from tools import processes
from tools.desktop import VirtualDesktop
from tools.xclient import XClient

APP = "text_window"


class TextWindow:
    """The window on a desktop, in front and with the focus."""

    def __init__(self, desktop: VirtualDesktop) -> None:
        command = [sys.executable, "-m", "tests.desktop.text_window"]
        self.process: subprocess.Popen[str] = desktop.spawn(command, piped=True)
        with XClient(desktop.display) as client:
            client.wait_for(lambda: client.app_of(client.active_window()) == APP, "the window")
            self.window = client.active_window()

    def __enter__(self) -> TextWindow:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        processes.stop(self.process)

    def text(self) -> str:
        """Return what is written in it."""
        asked, told = self._pipe(self.process.stdin), self._pipe(self.process.stdout)
        asked.write("text\n")
        asked.flush()
        return str(json.loads(told.readline()))

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def main() -> None:
    """Open the window and answer until the input ends."""
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    app = QApplication([APP])
    app.setApplicationName(APP)
    editor = QPlainTextEdit()
    editor.resize(400, 300)
    editor.show()

    def answer() -> None:
        if not sys.stdin.readline():
            app.quit()
            return
        sys.stdout.write(json.dumps(editor.toPlainText()) + "\n")
        sys.stdout.flush()

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(answer)
    app.exec()


if __name__ == "__main__":
    main()
