"""Files that were written by half: what held before holds on, and it is told."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tests.desk import POLICY, Desk
from tracker.errors import ErrorCode
from tracker.settings import Settings, SettingsKeeper

WRITTEN = '{"language": "sv", "theme": "dark", "notices_earlier_min": 5, "countdown_s": 60}\n'


def test_settings_are_the_usual_ones_and_it_is_told_when_the_file_ends_early(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings.json"
    for length in range(1, len(WRITTEN) - 2):
        path.write_text(WRITTEN[:length])

        keeper = SettingsKeeper(path)

        assert keeper.settings == Settings()
        assert [trouble.code for trouble in keeper.troubles] == [ErrorCode.SETTINGS_BROKEN]
        assert path.read_text() == WRITTEN[:length]
    path.write_text(WRITTEN)
    assert SettingsKeeper(path).settings == Settings(**json.loads(WRITTEN))


def test_measuring_goes_on_by_the_last_policy_when_its_file_is_written_by_half(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path).start()
    desk.front("linkedin")
    rng, seconds = random.Random(1), 0
    last = POLICY.index("[ladder.default]")  # beyond it a part may well be a whole
    for _ in range(40):
        desk.policy_file.write_text(POLICY[: rng.randrange(last)])
        desk.wait(8)
        seconds += 8
        (code,) = (code for code, _fields in desk.service.status().trouble)
        assert code in (ErrorCode.POLICY_INVALID, ErrorCode.POLICY_UNREADABLE)
        assert desk.used() == {"linkedin": 1000 * seconds}
        assert desk.service.policy.text == POLICY
    desk.policy_file.write_text(POLICY)
    desk.wait(8)
    assert not desk.service.status().trouble
