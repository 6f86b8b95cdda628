"""What tools/setup.sh says and does on systems that lack something, played with fake commands."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAIN = (
    *("awk", "cat", "chmod", "cksum", "cp", "dirname", "env", "find", "flock", "mkdir", "printf"),
    *("readlink", "rm", "sed", "sh"),
)
EGL = "libEGL.so.1"
LIBRARIES = (
    *("libglib-2.0.so.0", "libGL.so.1", EGL, "libxkbcommon.so.0", "libfontconfig.so.1"),
    *("libdbus-1.so.3", "libxcb.so.1"),
)

# Makes an environment whose python is this very script; whatever pip is asked goes into a log.
PYTHON = """\
case "$1 $2" in
    '-m venv') mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
    '-m tools.build_translations') echo translations >>"$LOG" ;;
    '-m pip') echo "pip $*" >>"$LOG"; [ ! -e "$LOG.broken" ] ;;
    '-c import sys; print("%d.%d" % sys.version_info[:2])') echo 3.12 ;;
    *version_info*) exit "${TOO_OLD:-0}" ;;
    *ensurepip*) exit "${NO_ENSUREPIP:-0}" ;;
esac
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    said: str
    done: tuple[str, ...]


class FakeSystem:
    """A system of fake commands around a copy of the script."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.log = folder / "log"
        (folder / "tools").mkdir()
        (folder / "home/.fonts").mkdir(parents=True)
        (folder / "home/.fonts/sans.ttf").touch()
        self.bin.mkdir()
        for name in ("tools/setup.sh", "tools/packages.txt", "pyproject.toml", "requirements.lock"):
            shutil.copy(ROOT / name, folder / name)
        for name in PLAIN:
            path = shutil.which(name)
            assert path is not None
            (self.bin / name).symlink_to(path)
        self.has(*LIBRARIES)
        self.texts = folder / "resources/locale/sv/LC_MESSAGES/kanaltid.po"
        self.texts.parent.mkdir(parents=True)
        self.texts.touch()
        os.utime(self.texts, (1000, 1000))
        self.texts.with_suffix(".mo").touch()
        self.command("id", "echo 0")
        self.command("apt-get", 'echo "apt-get $*" >>"$LOG"')
        self.command("python3", PYTHON)

    def command(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    def has(self, *libraries: str) -> None:
        lines = "".join(f"\t{name} (libc6,x86-64) => /lib/{name}\n" for name in libraries)
        self.command("ldconfig", f"cat <<'END'\n{lines}END")

    def run(self, *groups: str, **env: str) -> Outcome:
        self.log.unlink(missing_ok=True)
        script = self.folder / "tools/setup.sh"
        environment = {"PATH": str(self.bin), "HOME": f"{self.folder}/home", "LOG": str(self.log)}
        result = subprocess.run(
            ["/bin/sh", script, *(groups or ("qt",))],
            env=environment | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.stdout == ""
        done = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
        return Outcome(result.returncode, result.stderr, tuple(done.splitlines()))


@pytest.fixture
def system(tmp_path: Path) -> FakeSystem:
    folder = tmp_path / "system"
    folder.mkdir()
    return FakeSystem(folder)


def test_environment_is_filled_from_the_lock_when_there_is_none(system: FakeSystem) -> None:
    outcome = system.run()
    assert outcome.code == 0
    assert ".venv with Python 3.12" in outcome.said
    tools, lock, own = outcome.done
    assert "--require-hashes" in tools
    assert "build-requirements.txt" in tools
    assert "--require-hashes" in lock
    assert "requirements.lock" in lock
    assert "--no-index --editable ." in own
    pinned = (system.folder / ".venv/build-requirements.txt").read_text(encoding="utf-8")
    assert pinned.startswith("setuptools==")
    assert "--hash=sha256:" in pinned


def test_nothing_is_said_or_done_when_all_is_there(system: FakeSystem) -> None:
    system.run()
    assert system.run() == Outcome(0, "", ())


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_environment_is_filled_again_when_what_it_follows_from_has_changed(
    system: FakeSystem, changed: str
) -> None:
    system.run()
    path = system.folder / changed
    path.write_text("# changed\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(system.run().done) == 3


def test_environment_is_left_alone_when_only_the_checks_are_set_otherwise(
    system: FakeSystem,
) -> None:
    system.run()
    path = system.folder / "pyproject.toml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert system.run().done == ()


def test_texts_are_built_when_they_have_changed(system: FakeSystem) -> None:
    system.run()
    os.utime(system.texts.with_suffix(".mo"), (0, 0))
    assert system.run().done == ("translations",)


def test_environment_is_made_anew_when_the_folder_has_moved(system: FakeSystem) -> None:
    system.run()
    moved = system.folder.with_name("moved")
    system.folder.rename(moved)
    system.folder, system.bin, system.log = moved, moved / "bin", moved / "log"
    (moved / ".venv/bin/python").unlink()
    outcome = system.run()
    assert (outcome.code, len(outcome.done)) == (0, 3)
    assert (moved / ".venv/bin/python").exists()


def test_next_run_tries_again_when_pip_failed(system: FakeSystem) -> None:
    broken = Path(f"{system.log}.broken")
    broken.touch()
    outcome = system.run()
    assert outcome.code == 1
    assert "pip could not fill .venv" in outcome.said
    broken.unlink()
    assert (system.run().code, system.run().done) == (0, ())


def test_packages_are_named_before_apt_installs_them_when_root_runs_it(system: FakeSystem) -> None:
    system.has(*[name for name in LIBRARIES if name != EGL])
    system.command("apt-get", 'echo "apt-get $*" >>"$LOG"; echo "apt at work" >&2; exit 1')
    outcome = system.run()
    assert outcome.code == 1
    named, _, installed = outcome.said.partition("apt at work")
    assert "libegl1" in named
    assert "libgl1" not in named
    assert installed


def test_only_missing_packages_of_the_groups_are_installed_when_some_are_there(
    system: FakeSystem,
) -> None:
    system.command("Xvfb", "")
    outcome = system.run("qt", "desktop")
    assert outcome.done[0].endswith("--no-install-recommends openbox trayer dunst dbus")
    assert len(outcome.done) == 1 + 3


def test_lists_are_updated_when_apt_does_not_know_the_packages(system: FakeSystem) -> None:
    system.has()
    system.command(
        "apt-get",
        'echo "apt-get $*" >>"$LOG"\n'
        'case "$*" in *update*) : >"$LOG.updated" ;; *) [ -e "$LOG.updated" ] ;; esac',
    )
    outcome = system.run()
    assert outcome.code == 0
    verbs = [next(word for word in line.split() if word in {"install", "update"})
             for line in outcome.done if line.startswith("apt-get")]  # fmt: skip
    assert verbs == ["install", "update", "install"]


def test_sudo_installs_without_asking_when_there_is_no_terminal(system: FakeSystem) -> None:
    system.has()
    system.command("id", "echo 1000")
    system.command("sudo", 'echo "sudo $*" >>"$LOG"; shift; exec "$@"')
    system.command("true", "")
    outcome = system.run()
    assert outcome.code == 0
    assert outcome.done[1].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get")
    assert "libegl1" in outcome.done[2]


@pytest.mark.parametrize(
    ("sudo", "command"),
    [
        (None, "  su -c 'apt-get install --no-install-recommends libegl1'"),
        ("exit 1", "  sudo apt-get install --no-install-recommends libegl1"),
    ],
)
def test_one_message_says_the_command_when_nobody_may_install(
    system: FakeSystem, sudo: str | None, command: str
) -> None:
    system.has(*[name for name in LIBRARIES if name != EGL])
    system.command("id", "echo 1000")
    if sudo is not None:
        system.command("sudo", sudo)
    outcome = system.run()
    assert (outcome.code, outcome.done) == (1, ())
    assert outcome.said.splitlines()[-1] == command


def test_packages_are_named_when_the_system_has_no_apt(system: FakeSystem) -> None:
    system.has(*[name for name in LIBRARIES if name != EGL])
    (system.bin / "apt-get").unlink()
    outcome = system.run()
    assert outcome.code == 1
    assert "libegl1" in outcome.said


def test_python_is_refused_when_it_is_too_old(system: FakeSystem) -> None:
    outcome = system.run(PYTHON="python3", TOO_OLD="1")
    assert (outcome.code, outcome.done) == (1, ())
    assert "PYTHON=python3 is no Python 3.11 or newer" in outcome.said


def test_python_comes_with_the_packages_when_the_system_has_none(system: FakeSystem) -> None:
    (system.bin / "python3").rename(system.folder / "python3")
    system.command("apt-cache", 'case "$2" in python3) echo "  Candidate: 3.11.2-1+b1" ;; esac')
    system.command("apt-get", f'echo "apt-get $*" >>"$LOG"; cp {system.folder}/python3 "${{0%/*}}"')
    outcome = system.run()
    assert outcome.code == 0
    assert outcome.done[0].endswith("--no-install-recommends python3 python3-venv")


def test_newer_python_is_chosen_when_the_systems_own_is_too_old(system: FakeSystem) -> None:
    (system.bin / "python3").unlink()
    system.command(
        "apt-cache",
        'case "$2" in\n'
        'python3) echo "  Candidate: 3.10.6-1" ;;\n'
        'python3.12) echo "  Candidate: 3.12.0~rc1-1" ;;\n'
        'python3.11) echo "  Candidate: 3.11.4-1" ;;\n'
        "esac",
    )
    outcome = system.run()
    assert outcome.done[0].endswith("--no-install-recommends python3.11 python3.11-venv")


def test_venv_package_is_installed_when_python_cannot_make_environments(
    system: FakeSystem,
) -> None:
    outcome = system.run(NO_ENSUREPIP="1")
    assert outcome.done[0].endswith("--no-install-recommends python3.12-venv")
    assert "can't make virtual environments" in outcome.said


def test_environment_says_which_python_when_it_has_an_own_folder(system: FakeSystem) -> None:
    system.run(VENV=".venv-3.12", PYTHON=str(system.bin / "python3"))
    assert (system.folder / ".venv-3.12/bin/python").exists()
    assert not (system.folder / ".venv").exists()


def test_lock_names_no_index_and_no_path() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "http" not in lock
    assert "index" not in lock
    assert str(Path.home()) not in lock
    assert os.sep + "tmp" not in lock
    pins = [line for line in lock.splitlines() if line and line[0] not in " #"]
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
