"""What screen readers are told beyond what Qt tells them by itself."""

from __future__ import annotations


class Accessibility:
    """Tells Qt about charts and headings when the first window that has some is opened.

    Once in a process: windows are made anew in another language, and Qt keeps what it was told.
    """

    def __init__(self) -> None:
        self._installed: tuple[object, ...] = ()

    def need(self) -> None:
        """Make sure that Qt knows."""
        if self._installed:
            return
        from ui.charts.accessible import ChartAccessibility
        from ui.windows.headings import HeadingAccessibility

        charts, headings = ChartAccessibility(), HeadingAccessibility()
        charts.install()
        headings.install()
        self._installed = (charts, headings)  # Qt keeps none of what these make
