"""What a window's process is called, for windows that do not say which app they are."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 64


class ProcessNames:
    """Looks up names of processes, and remembers them for as long as the process lives."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, float], str] = OrderedDict()

    def name_of(self, pid: int) -> str:
        """Return the name of the process's program; empty where it can't be told."""
        import psutil  # some 20 ms, and most windows say what they are

        try:
            process = psutil.Process(pid)
            key = (pid, process.create_time())
            if key not in self._known:
                self._known[key] = process.name()
        except psutil.Error:
            return ""
        self._known.move_to_end(key)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return self._known[key]
