"""A Chromium without a window, spoken to over a pipe: it opens no port."""

from __future__ import annotations

import itertools
import json
import os
import select
import signal
from pathlib import Path
from types import TracebackType
from typing import Any

from tools import processes
from tools.waiting import PATIENCE_S, WaitedInVainError

_SWITCHES = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",  # the tests may run as root; what is opened is our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
)


class HeadlessBrowser:
    """The browser and its one page.

    Args:
        folder: An existing folder, for its profile.
    """

    def __init__(self, folder: Path) -> None:
        self._numbers = itertools.count(1)
        self._rest = b""
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        # It reads from descriptor 3 and writes to 4, whatever their numbers are here.
        line = f'exec chromium "$@" 3<&{theirs_in} 4>&{theirs_out}'
        switches = [*_SWITCHES, f"--user-data-dir={folder / 'profile'}", "about:blank"]
        self._process = processes.start(
            ["bash", "-c", line, "chromium", *switches],
            env={**os.environ, "HOME": str(folder)},
            log=folder / "chromium.log",
            pass_fds=(theirs_in, theirs_out),
        )
        os.close(theirs_in)
        os.close(theirs_out)
        pages = self._call("Target.getTargets")["targetInfos"]
        page = next(each["targetId"] for each in pages if each["type"] == "page")
        attached = self._call("Target.attachToTarget", targetId=page, flatten=True)
        self._session: str | None = attached["sessionId"]

    def __enter__(self) -> HeadlessBrowser:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._in)
        os.close(self._out)

    def call(self, method: str, **params: Any) -> Any:
        """Call a method of the page's protocol and return its result."""
        return self._call(method, self._session, **params)

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page; of a promise, what it comes to."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def open(self, file: Path) -> None:
        """Show a file, and wait until it is loaded."""
        self.call("Page.enable")
        self.call("Page.navigate", url=file.as_uri())
        self._read(lambda message: message.get("method") == "Page.loadEventFired")

    def prefer(self, scheme: str) -> None:
        """Ask pages for their ``light`` or ``dark`` colours."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def nodes(self) -> list[dict[str, Any]]:
        """Return what a screen reader is told of the page."""
        found = self.call("Accessibility.getFullAXTree")["nodes"]
        return [node for node in found if not node["ignored"]]

    def _call(self, method: str, session: str | None = None, **params: Any) -> Any:
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        answer = self._read(lambda each: each.get("id") == number)
        assert "error" not in answer, answer
        return answer["result"]

    def _read(self, wanted: Any) -> Any:
        while True:
            while b"\0" not in self._rest:
                if not select.select([self._in], [], [], PATIENCE_S)[0]:
                    raise WaitedInVainError("waited for the browser")
                part = os.read(self._in, 1 << 16)
                assert part, "the browser ended"
                self._rest += part
            line, self._rest = self._rest.split(b"\0", 1)
            message = json.loads(line)
            if wanted(message):
                return message
