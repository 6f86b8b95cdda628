"""The real app, as a program for the tests of this folder that can't wait for 20 seconds.

A countdown before a window is minimised may be as short as the settings' file says.
"""

from __future__ import annotations

import tracker.settings
from ui.__main__ import main

if __name__ == "__main__":
    vars(tracker.settings)["COUNTDOWNS_S"] = range(1, 120)
    main()
