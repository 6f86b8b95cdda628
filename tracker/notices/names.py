"""What channels, purposes and limits of a policy are called in a language."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.limits.types import Standing
from tracker.model import PRIVATE
from tracker.policy.types import ANY, Limit, LimitWindow, Policy, Purpose


class Names:
    """The names of one policy in one language; an id that it does not know stands for itself."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self.language = language
        self._channels = {channel.id: channel for channel in policy.channels}
        self._purposes = {purpose.id: purpose for purpose in policy.purposes}
        self._limits = {limit.id: limit for limit in policy.limits}

    def channel(self, channel_id: str) -> str:
        """Return the channel's name."""
        channel = self._channels.get(channel_id)
        name = channel.name.in_language(self.language.code) if channel else ""
        return name or channel_id

    def purpose(self, purpose_id: str) -> str:
        """Return the purpose's name."""
        if purpose_id == PRIVATE:
            return self.language.gettext("private")
        purpose = self._purposes.get(purpose_id)
        name = purpose.name.in_language(self.language.code) if purpose else ""
        return name or purpose_id

    def limit_of(self, standing: Standing) -> Limit | None:
        """Return the limit that a standing speaks of."""
        return self._limits.get(standing.limit)

    def limit_with(self, limit_id: str) -> Limit | None:
        """Return the limit of that id, where the policy has it."""
        return self._limits.get(limit_id)

    def purpose_of(self, purpose_id: str) -> Purpose | None:
        """Return the work purpose; None for the private one."""
        return self._purposes.get(purpose_id)

    def limit(self, standing: Standing) -> str:
        """Return what a row about the standing is headed by.

        That is the channel where it has an allowance of its own; else the limit's own
        name, and where the policy gives none, what it takes.
        """
        if standing.channel is not None:
            return self.channel(standing.channel)
        return self.limit_by_id(standing.limit)

    def limit_by_id(self, limit_id: str) -> str:
        """Return the limit's own name, and where the policy gives none, what it takes."""
        limit = self._limits.get(limit_id)
        return self._title(limit) if limit else limit_id

    def limit_title(self, limit_id: str) -> str:
        """Return the limit's own name, and where the policy gives none, what it takes."""
        limit = self._limits.get(limit_id)
        return self._title(limit) if limit else limit_id

    def limit_detail(self, standing: Standing) -> str:
        """Return what tells two limits of one channel apart; empty where nothing does."""
        limit = self._limits.get(standing.limit)
        return self._title(limit) if limit and standing.channel is not None else ""

    def in_error(self, error: OutsideError) -> OutsideError:
        """Return an error that speaks of the policy by names, for who never saw the ids."""
        name = {
            "channel": self.channel,
            "purpose": self.purpose,
            "limit": self.limit_title,
        }
        return OutsideError(
            error.code,
            **{
                key: name[key](str(value)) if key in name else value
                for key, value in error.fields.items()
            },
        )

    def _title(self, limit: Limit) -> str:
        return limit.name.in_language(self.language.code) or self._described(limit)

    def _described(self, limit: Limit) -> str:
        purposes = self._purpose_list(limit)
        _ = self.language.gettext
        match limit.window:
            case LimitWindow.WORK:
                return _("{purposes} in working time").format(purposes=purposes)
            case LimitWindow.BREAKS:
                return _("{purposes} in breaks").format(purposes=purposes)
            case LimitWindow.ANY:
                return purposes

    def _purpose_list(self, limit: Limit) -> str:
        if ANY in limit.purposes:
            return self.language.gettext("All use")
        names = ", ".join(self.purpose(purpose) for purpose in limit.purposes)
        return names[:1].upper() + names[1:]


def limit_titles(policies: Iterable[Policy], language: Language) -> dict[str, str]:
    """Return what the limits of these policies are called; of a limit in several, by the last."""
    found: dict[str, str] = {}
    for policy in {policy.hash: policy for policy in policies}.values():
        names = Names(policy, language)
        found.update({limit.id: names.limit_title(limit.id) for limit in policy.limits})
    return found
