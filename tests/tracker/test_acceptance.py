"""What was accepted holds for just that: for the version, and for no more than it measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.desk import POLICY, Desk, StubbornStorage
from tests.desk import TODAY as DESK_DAY
from tests.made_up import NOW, made_up_policy
from tracker.acceptance import Acceptance
from tracker.errors import ErrorCode, OutsideError
from tracker.policy.extent import More, Widening, extent_of, widenings
from tracker.policy.types import DayAllowance, KeepDays, Policy
from tracker.storage.base import Batch, Consent
from tracker.storage.memory import MemoryStorage

TODAY = NOW.date()
GROWN = POLICY.replace("[[limit]]", '[[channel]]\nid = "youtube"\n[[limit]]')


def kept_longer(policy: Policy, **changes: Any) -> Policy:
    monitoring = replace(policy.monitoring, keep_days=KeepDays(90, 400))
    return replace(policy, monitoring=monitoring, **changes)


def accepted(policy: Policy) -> Acceptance:
    acceptance = Acceptance(MemoryStorage(), everything=False)
    acceptance.accept(policy, "sv", NOW)
    return acceptance


def test_nothing_is_covered_when_nothing_was_accepted() -> None:
    acceptance = Acceptance(MemoryStorage(), everything=False)
    assert not acceptance.covers(made_up_policy(), TODAY)
    assert acceptance.last(made_up_policy()) is None


def test_version_is_covered_when_it_was_accepted_and_no_other_is() -> None:
    acceptance = accepted(made_up_policy())
    assert acceptance.covers(made_up_policy(), TODAY)
    assert not acceptance.covers(made_up_policy(version="2"), TODAY)
    assert not acceptance.covers(made_up_policy(id="other"), TODAY)


def test_same_version_is_not_covered_when_its_file_came_to_measure_more() -> None:
    acceptance = accepted(made_up_policy())
    assert not acceptance.covers(kept_longer(made_up_policy(), hash="1" * 64), TODAY)
    assert acceptance.covers(made_up_policy(hash="1" * 64, approved_by="Else"), TODAY)


def test_same_file_stays_covered_when_a_catalogue_widens_its_channels() -> None:
    policy = made_up_policy()
    wider = replace(policy, channels=(*policy.channels, replace(policy.channels[0], id="new")))
    assert accepted(policy).covers(wider, TODAY)


def test_last_is_what_was_accepted_last_in_whichever_version() -> None:
    acceptance = accepted(made_up_policy())
    second = kept_longer(made_up_policy(), version="2")
    acceptance.accept(second, "sv", NOW)
    assert acceptance.last(made_up_policy(version="3")) == extent_of(second)
    assert acceptance.last(made_up_policy(id="other")) is None


def test_consent_holds_when_it_was_kept_without_its_extent() -> None:
    storage = MemoryStorage()
    storage.write(Batch(records=[Consent("made-up", "1", "en", NOW)]))
    acceptance = Acceptance(storage, everything=False)
    assert acceptance.covers(made_up_policy(), TODAY)
    assert acceptance.last(made_up_policy()) is None


def test_each_version_is_covered_when_everything_is_accepted() -> None:
    assert Acceptance(MemoryStorage(), everything=True).covers(made_up_policy(), TODAY)


def test_nothing_is_accepted_when_it_can_not_be_stored() -> None:
    storage = StubbornStorage()
    storage.refuses = OutsideError(ErrorCode.STORE_FULL, file="x")
    acceptance = Acceptance(storage, everything=False)
    with pytest.raises(OutsideError):
        acceptance.accept(made_up_policy(), "sv", NOW)
    storage.refuses = None
    assert not acceptance.covers(made_up_policy(), TODAY)


def stored(desk: Desk) -> int:
    return len(desk.storage.spans(DESK_DAY, DESK_DAY))


@pytest.mark.parametrize("version", ["1", "2"])
def test_nothing_more_is_stored_until_the_person_accepts_what_grew(
    tmp_path: Path, version: str
) -> None:
    desk = Desk(tmp_path, accept_all=False).start()
    desk.service.accept("en")
    desk.front("discord")
    desk.wait(60)
    before = stored(desk)
    desk.policy_file.write_text(GROWN.replace('version = "1"', f'version = "{version}"'), "utf-8")
    desk.wait(8)
    assert not desk.service.status().accepted
    kept = desk.used()
    desk.wait(600)
    assert desk.used() == kept
    asked = extent_of(desk.service.policy)
    last = desk.service.accepted_last
    assert last is not None
    assert widenings(last, asked, DESK_DAY) == (Widening(More.CHANNELS, ("youtube",)),)
    desk.service.accept("en")
    desk.front("discord")
    desk.wait(60)
    assert desk.service.status().accepted
    assert desk.used()["discord"] >= kept["discord"] + 60_000
    assert stored(desk) > before


def test_measuring_goes_on_when_the_file_changes_in_what_is_no_more(tmp_path: Path) -> None:
    desk = Desk(tmp_path, accept_all=False).start()
    desk.service.accept("en")
    desk.policy_file.write_text(POLICY.replace("day = 10", "day = 5"), "utf-8")
    desk.wait(8)
    assert desk.service.status().accepted
    assert desk.service.policy.limits[0].day == DayAllowance((5,) * 7)


def test_acceptance_of_what_grew_holds_over_a_restart(tmp_path: Path) -> None:
    desk = Desk(tmp_path, accept_all=False).start()
    desk.service.accept("en")
    desk.service.stop()
    desk.policy_file.write_text(GROWN, "utf-8")
    for accepted in (False, True):
        desk.open()
        desk.start()
        assert desk.service.status().accepted is accepted
        desk.service.accept("en")
        desk.service.stop()
