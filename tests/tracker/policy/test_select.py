from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tracker.errors import ErrorCode, OutsideError
from tracker.policy.document import MAX_BYTES
from tracker.policy.select import find_policy, machine_folder, read_policy, shipped_policy


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """Folders in which a policy of each kind stands."""
    found = {}
    for name in ("explicit", "variable", "machine", "config"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "policy.toml").write_bytes(name.encode())
        found[name] = folder
    return found


def test_the_first_policy_counts_when_there_are_several(places: dict[str, Path]) -> None:
    explicit = places["explicit"] / "policy.toml"
    environ = {"KANALTID_POLICY": str(places["variable"] / "policy.toml")}
    machine, config = places["machine"], places["config"]
    assert find_policy(explicit, environ, config, machine).data == b"explicit"
    assert find_policy(None, environ, config, machine).data == b"variable"
    assert find_policy(None, {}, config, machine).data == b"machine"
    assert find_policy(None, {}, config, machine).path == machine / "policy.toml"
    (machine / "policy.toml").unlink()
    assert find_policy(None, {"KANALTID_POLICY": ""}, config, machine).data == b"config"
    (config / "policy.toml").unlink()
    starter = find_policy(None, {}, config, machine)
    assert (starter.path, starter.data) == (None, shipped_policy("starter.toml"))


def test_the_starter_counts_when_folders_are_missing(tmp_path: Path) -> None:
    in_a_file = tmp_path / "file"
    in_a_file.touch()
    assert find_policy(None, {}, tmp_path / "none", in_a_file).path is None


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "dangling"])
def test_a_named_policy_is_never_passed_over_when_it_can_not_be_read(
    kind: str, tmp_path: Path, places: dict[str, Path]
) -> None:
    file = tmp_path / "named.toml"
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        if sys.platform == "win32":
            pytest.skip("no named pipes in folders on Windows")
        os.mkfifo(file)
    elif kind == "dangling":
        file.symlink_to(tmp_path / "nothing")
    for explicit, environ in ((file, {}), (None, {"KANALTID_POLICY": str(file)})):
        with pytest.raises(OutsideError) as caught:
            find_policy(explicit, environ, places["config"], places["machine"])
        assert caught.value.code is ErrorCode.POLICY_UNREADABLE
        assert caught.value.fields["file"] == str(file)


def test_an_administrators_policy_is_never_passed_over_when_it_is_broken_off(
    tmp_path: Path, places: dict[str, Path]
) -> None:
    file = places["machine"] / "policy.toml"
    file.unlink()
    file.symlink_to(tmp_path / "nothing")
    with pytest.raises(OutsideError):
        find_policy(None, {}, places["config"], places["machine"])


def test_only_so_much_is_read_that_the_size_shows_when_a_file_is_enormous(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    with file.open("wb") as opened:
        opened.truncate(50_000_000)
    assert len(read_policy(file)) == MAX_BYTES + 1


def test_a_path_is_refused_when_no_file_can_have_it() -> None:
    with pytest.raises(OutsideError):
        read_policy(Path("a\0b"))


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of other systems")
def test_the_administrators_folder_is_as_documented_when_not_on_windows() -> None:
    assert machine_folder({}) == Path("/etc/kanaltid")
