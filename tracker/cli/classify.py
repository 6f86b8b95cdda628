"""``classify``: the channel of a window or an address, and the rule that decided."""

from __future__ import annotations

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json
from tracker.cli.show import as_json, pass_context, with_policy


@click.command()
@click.option("--app", help="The X11 class, app id, executable or bundle.")
@click.option("--title", default="", help="The window's title.")
@click.option("--url", help="The address in a browser.")
@with_policy
@as_json
@pass_context
def classify(context: Context, app: str | None, title: str, url: str | None, json_: bool) -> None:
    """Tell the channel of a window or an address, by the policy in force."""
    from tracker.classify.classifier import Classifier

    classifier = Classifier(context.keeper.policy.channels, context.catalogue)
    verdict = classifier.classify(app, title, url)
    if json_:
        print_json(
            {
                "channel": verdict.channel,
                "via": verdict.via,
                "rule": verdict.rule,
                "certain": verdict.certain,
                "private": verdict.private,
                "second": verdict.second,
            }
        )
        return
    _ = context.language.gettext
    click.echo(verdict.channel or _("no channel of the policy"))
    click.echo(verdict.rule)
    if verdict.channel and not verdict.certain:
        click.echo(_("A title is a guess: the time is shown as uncertain."))
