"""Puts together what reads a policy; nothing here imports the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tracker.clock import LedgerClock, SystemTime
from tracker.paths import Paths
from tracker.policy.catalogue import Catalogue, load_catalogue, shipped_catalogue
from tracker.policy.load import Loaded, load
from tracker.policy.select import find_policy
from tracker.policy.types import Policy
from tracker.policy_keeper import PolicyKeeper
from tracker.storage.base import PolicyText, Storage


def find_catalogue(paths: Paths) -> Catalogue:
    """Return the person's own catalogue, or the shipped one."""
    try:
        own = paths.catalogue.read_bytes()
    except OSError:
        return shipped_catalogue()
    return load_catalogue(own, str(paths.catalogue))


def load_with(catalogue: Catalogue) -> Callable[[bytes, str], Loaded]:
    """Return what reads a policy's bytes, judged as of today's date."""
    today = LedgerClock(SystemTime()).now().date()
    return lambda data, source: load(data, source, catalogue, today)


def parse_with(catalogue: Catalogue) -> Callable[[PolicyText], Policy | None]:
    """Return what makes a policy of a text that was kept."""
    read = load_with(catalogue)
    return lambda text: read(text.text.encode(), text.hash).policy


def make_keeper(
    explicit: Path | None,
    environ: Mapping[str, str],
    paths: Paths,
    catalogue: Catalogue,
    last_good: str | None = None,
) -> PolicyKeeper:
    """Return the keeper of the policy in force."""
    return PolicyKeeper(
        lambda: find_policy(explicit, environ, paths.config), load_with(catalogue), last_good
    )


def last_good(storage: Storage, now: datetime) -> str | None:
    """Return the text of the policy that was last in force, as far as it is kept."""
    earliest = datetime(1970, 1, 2, tzinfo=UTC).date()
    kept = storage.policies(earliest, now.date())
    return kept[max(kept)].text if kept else None
