"""``desktop``: the entry among the desktop's programs, with its icon."""

from __future__ import annotations

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json
from tracker.cli.show import as_json, pass_context
from tracker.desktop_entry import DesktopEntry, has_entries
from tracker.errors import ErrorCode, OutsideError


@click.group()
def desktop() -> None:
    """Kanaltid in the desktop's menu of programs."""
    if not has_entries():
        raise OutsideError(ErrorCode.NOT_YET, what="desktop")


@desktop.command()
@pass_context
def install(context: Context) -> None:
    """Put Kanaltid and its icon into the menu of programs."""
    entry = DesktopEntry(context.environ)
    entry.install()
    text = context.language.gettext("Kanaltid is in the menu of programs: {file}")
    click.echo(text.format(file=entry.path))


@desktop.command()
@pass_context
def uninstall(context: Context) -> None:
    """Take Kanaltid out of the menu of programs, and no longer start it at login."""
    from tracker.autostart import StartAtLogin

    DesktopEntry(context.environ).uninstall()
    login = StartAtLogin(context.environ)
    login.remove()
    _ = context.language.gettext
    if login.on:
        click.echo(_("Kanaltid is no longer in your menu; it is started at login for everybody."))
    else:
        click.echo(_("Kanaltid is no longer in the menu of programs, and not started at login."))


@desktop.command()
@as_json
@pass_context
def status(context: Context, json_: bool) -> None:
    """Say what is installed, and whether Kanaltid starts at login."""
    from tracker.autostart import StartAtLogin

    entry = DesktopEntry(context.environ)
    found, at_login = entry.status(), StartAtLogin(context.environ)
    if json_:
        print_json(
            {
                "entry": str(entry.path) if found.entry else None,
                "current": found.current,
                "icons": found.icons,
                "start_at_login": at_login.on,
            }
        )
        return
    _ = context.language.gettext
    if not found.entry:
        menu = _("no; “kanaltid desktop install” puts it there")
    elif found.current:
        menu = _("yes")
    else:
        menu = _("yes, but it starts another Kanaltid than this one")
    click.echo(_("In the menu of programs: {answer}").format(answer=menu))
    click.echo(_("Icon: {answer}").format(answer=_("yes") if found.icons else _("no")))
    login = _("yes") if at_login.on else _("no")
    click.echo(_("Started at login: {answer}").format(answer=login))
