"""``track --headless``: measures without a tray."""

from __future__ import annotations

import contextlib
import math
import signal
from collections.abc import Iterator
from datetime import timedelta

import click

from tracker.cli.context import Context
from tracker.cli.show import pass_context, with_policy
from tracker.clock import LedgerClock
from tracker.errors import ErrorCode, OutsideError
from tracker.loop import Loop
from tracker.selector_loop import SelectorLoop

A_YEAR_S = 366 * 86_400


def _is_a_number(
    _ctx: click.Context, _parameter: click.Parameter, value: float | None
) -> float | None:
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan is no number of seconds.")
    return value


@click.command()
@click.option("--headless", is_flag=True, required=True, help="Without tray and windows.")
@click.option("--accept", is_flag=True, help="Accept what the policy says is measured.")
@click.option(
    "--for",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(0.0, A_YEAR_S),
    callback=_is_a_number,
    help="Stop after SECONDS.",
)
@with_policy
@pass_context
def track(context: Context, headless: bool, accept: bool, seconds: float | None) -> None:  # noqa: ARG001
    """Measure without a tray; SIGTERM and Ctrl-C stop it cleanly."""
    from tracker.headless_herald import HeadlessHerald
    from tracker.wiring import DeskPlan, open_desk

    loops: list[SelectorLoop] = []
    heralds: list[HeadlessHerald] = []

    def make_loop(clock: LedgerClock) -> SelectorLoop:
        loops.append(SelectorLoop(clock))
        return loops[0]

    def make_herald(loop: Loop) -> HeadlessHerald:
        language, environ = context.language, context.environ
        heralds.append(HeadlessHerald(loop, environ, language, lambda: desk.service))
        return heralds[0]

    def stop() -> None:
        loops[0].stop()

    desk = open_desk(
        DeskPlan(
            environ=context.environ,
            paths=context.paths,
            policy_file=context.policy_file,
            make_loop=make_loop,
            make_herald=make_herald,
            raise_app=lambda: None,
            quit_app=stop,
            accept_all=accept,
            settings=context.settings,
            write_pdf=context.write_pdf,
        )
    )
    loop = loops[0]
    try:
        if not desk.service.accepted:
            raise OutsideError(ErrorCode.NOT_ACCEPTED)
        if seconds is not None:
            loop.call_at(loop.clock.now() + timedelta(seconds=seconds), loop.stop)
        with stopped_by_signals(loop):
            desk.service.start()
            desk.weekly.start()
            heralds[0].say_that_it_measures()
            loop.run()
    finally:
        desk.close()
        heralds[0].close()
        loop.close()


@contextlib.contextmanager
def stopped_by_signals(loop: SelectorLoop) -> Iterator[None]:
    """Let SIGTERM, SIGINT and SIGHUP end the loop after its present turn."""

    def stop(number: int, frame: object) -> None:  # noqa: ARG001
        loop.stop()

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
