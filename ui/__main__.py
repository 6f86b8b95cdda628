"""The console script ``kanaltid``. Qt is imported only when the app starts."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from tracker.cli.context import Context
from tracker.cli.main import main as run_command_line

if TYPE_CHECKING:
    from tracker.i18n import Language
    from tracker.reports.week_facts import Ticks, WeekFacts


def start_app(context: Context) -> None:
    """Start the tray app, or raise the running one; return when it has ended."""
    from tracker.errors import ErrorCode, OutsideError

    try:
        context.ask("raise")
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
        # Nothing of what is made while starting is garbage, and looking for it took 8 % of
        # the time to the icon.
        gc.disable()
        from ui.app import run

        run(context.environ, context.paths, context.policy_file, context.settings)


def write_pdf(facts: WeekFacts, language: Language, ticks: Ticks) -> bytes:
    """Make the PDF of a week's summary."""
    from ui.summary_pdf import write_pdf as make

    return make(facts, language, ticks)


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run_command_line(start_app, write_pdf=write_pdf))


if __name__ == "__main__":
    main()
