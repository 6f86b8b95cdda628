"""A real PulseAudio with a microphone that is silent, and programs that record from it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools import processes

MODULES = (
    "module-native-protocol-unix socket={folder}/native",
    "module-null-source source_name=microphone",
)


class SoundServer:
    """The server; it lives in a folder of its own and speaks with no device.

    Args:
        folder: An existing folder.
        environ: What its environment has beside its own.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._log = folder / "pulse.log"
        self.env = {
            **environ,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{folder}/native",
        }
        self._recorders: list[subprocess.Popen[str]] = []
        argv = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        for module in MODULES:
            argv += ["-L", module.format(folder=folder)]
        self._process = processes.start([*argv, "--disable-shm=yes"], env=self.env, log=self._log)
        processes.wait_until_ready(
            self._process, lambda: self.records() is not None, "pulseaudio", self._log
        )

    def records(self) -> int | None:
        """Return how many programs record; None while the server does not answer."""
        ended = subprocess.run(
            ["pactl", "--format=json", "list", "source-outputs"],
            env=self.env,
            capture_output=True,
            check=False,
        )
        return len(json.loads(ended.stdout)) if ended.returncode == 0 else None

    def record(self, program: str, name: str) -> subprocess.Popen[str]:
        """Start a program that has the microphone open.

        Args:
            program: The file that it says it is.
            name: What it calls itself.
        """
        told = f"application.process.binary={program}"
        process = processes.start(
            ["parec", f"--client-name={name}", "--device=microphone"],
            env=self.env | {"PULSE_PROP": told},
            log=Path("/dev/null"),
        )
        self._recorders.append(process)
        expected = len([each for each in self._recorders if each.poll() is None])
        processes.wait_until_ready(process, lambda: self.records() == expected, "parec", self._log)
        return process

    def close(self) -> None:
        """End it, and who records."""
        for process in (*self._recorders, self._process):
            processes.stop(process)
