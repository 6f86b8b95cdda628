"""Settings come back as they were set, and nothing in the file is silently lost."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import ErrorCode, OutsideError
from tracker.settings import Settings, SettingsKeeper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def written(path: Path, text: str) -> SettingsKeeper:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return SettingsKeeper(path)


def codes(keeper: SettingsKeeper) -> list[ErrorCode]:
    return [trouble.code for trouble in keeper.troubles]


def test_usual_settings_hold_when_there_is_no_file(path: Path) -> None:
    keeper = SettingsKeeper(path)
    assert keeper.settings == Settings("system", "system", 0, 20)
    assert keeper.troubles == ()
    assert not path.exists()


def test_settings_come_back_when_they_were_changed(path: Path) -> None:
    SettingsKeeper(path).change(language="sv", theme="dark")
    SettingsKeeper(path).change(notices_earlier_min=10, countdown_s=None)
    assert SettingsKeeper(path).settings == Settings("sv", "dark", 10, None)


def test_file_is_the_owners_alone_and_nothing_lies_beside_it(path: Path) -> None:
    SettingsKeeper(path).change(theme="dark")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_unknown_keys_stay_when_something_is_changed(path: Path) -> None:
    keeper = written(path, '{"later": {"å": [1]}, "theme": "dark"}')
    keeper.change(theme="light")
    assert json.loads(path.read_text("utf-8")) == {"later": {"å": [1]}, "theme": "light"}


def test_listeners_are_told_until_they_cancel(path: Path) -> None:
    keeper, told = SettingsKeeper(path), list[Settings]()
    handle = keeper.listen(told.append)
    keeper.change(theme="dark")
    handle.cancel()
    handle.cancel()
    keeper.change(theme="light")
    assert [each.theme for each in told] == ["dark"]
    assert keeper.settings.theme == "light"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", "da"), ("language", 1), ("language", ["sv"]), ("theme", "blue"),
        ("theme", None), ("notices_earlier_min", 31), ("notices_earlier_min", -1),
        ("notices_earlier_min", True), ("notices_earlier_min", 5.0),
        ("notices_earlier_min", "5"), ("countdown_s", 30), ("countdown_s", False),
        ("countdown_s", 20.0),
    ],
)  # fmt: skip
def test_wrong_value_is_told_with_its_key_and_the_others_hold(
    path: Path, key: str, value: object
) -> None:
    other: dict[str, Any] = {"theme": "dark"} if key != "theme" else {"language": "sv"}
    keeper = written(path, json.dumps({key: value} | other))
    (trouble,) = keeper.troubles
    assert trouble.code is ErrorCode.SETTING_INVALID
    assert trouble.fields == {"file": str(path), "key": key}
    assert keeper.settings == Settings(**other)


def test_wrong_value_stays_in_the_file_until_it_is_chosen_anew(path: Path) -> None:
    keeper = written(path, '{"theme": "blue", "language": "sv"}')
    keeper.change(language="en")
    assert json.loads(path.read_text("utf-8"))["theme"] == "blue"
    assert codes(keeper) == [ErrorCode.SETTING_INVALID]
    keeper.change(theme="dark")
    assert codes(keeper) == []


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"theme": "dark"} x', "[" * 100_000])
def test_broken_file_is_told_and_set_aside_at_the_first_change(path: Path, text: str) -> None:
    keeper = written(path, text)
    assert keeper.settings == Settings()
    assert codes(keeper) == [ErrorCode.SETTINGS_BROKEN]
    assert path.read_text("utf-8") == text
    keeper.change(theme="dark")
    assert codes(keeper) == []
    assert path.with_name("settings.json.broken").read_text("utf-8") == text
    assert SettingsKeeper(path).settings.theme == "dark"


def test_second_broken_file_does_not_take_the_place_of_the_first(path: Path) -> None:
    written(path, "first").change(theme="dark")
    written(path, "second").change(theme="dark")
    names = {each.name: each.read_text("utf-8") for each in path.parent.iterdir()}
    assert names["settings.json.broken"] == "first"
    assert names["settings.json.broken-1"] == "second"


def test_bytes_that_are_no_text_are_told(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"theme": "\xff"}')
    assert codes(SettingsKeeper(path)) == [ErrorCode.SETTINGS_BROKEN]


def test_nothing_changes_when_the_file_can_not_be_written(path: Path) -> None:
    path.mkdir(parents=True)
    keeper, told = SettingsKeeper(path), list[Settings]()
    keeper.listen(told.append)
    assert codes(keeper) == [ErrorCode.SETTINGS_BROKEN]
    with pytest.raises(OutsideError) as caught:
        keeper.change(theme="dark")
    assert caught.value.code is ErrorCode.FILE_NOT_WRITTEN
    assert keeper.settings == Settings()
    assert told == []


def test_half_a_file_is_never_left_when_writing_fails(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = written(path, '{"theme": "dark"}')

    def full(_descriptor: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("tracker.settings.os.fsync", full)
    with pytest.raises(OutsideError):
        keeper.change(theme="light")
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]
    assert SettingsKeeper(path).settings.theme == "dark"


def test_link_stays_a_link_when_settings_are_kept_elsewhere(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles.json"
    elsewhere.write_text('{"theme": "dark"}', "utf-8")
    path.parent.mkdir()
    path.symlink_to(elsewhere)
    SettingsKeeper(path).change(theme="light")
    assert path.is_symlink()
    assert json.loads(elsewhere.read_text("utf-8")) == {"theme": "light"}


def test_broken_file_behind_a_link_is_left_as_it_is(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles.json"
    elsewhere.write_text("{", "utf-8")
    path.parent.mkdir()
    path.symlink_to(elsewhere)
    SettingsKeeper(path).change(theme="dark")
    assert elsewhere.read_text("utf-8") == "{"
    assert SettingsKeeper(path).settings.theme == "dark"


@pytest.mark.parametrize("changes", [{"theme": "blue"}, {"countdown_s": 30}])
def test_value_that_does_not_fit_is_never_stored(path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        SettingsKeeper(path).change(**changes)
    assert not path.exists()


def test_wishes_are_none_when_the_system_decides() -> None:
    assert (Settings().wished_language, Settings().wished_theme) == (None, None)
    chosen = Settings(language="sv", theme="dark")
    assert (chosen.wished_language, chosen.wished_theme) == ("sv", "dark")
