"""The ladder's windows leave a call alone, and come back after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.running_app import logs
from tests.desktop.sound_server import SoundServer
from tests.desktop.test_ladder import LadderApp, policy
from tools import processes
from tools.desktop import VirtualDesktop


@pytest.fixture
def app(own_desktop: VirtualDesktop, sound: SoundServer) -> Iterator[LadderApp]:
    env = {"LANGUAGE": "en", "PULSE_SERVER": sound.env["PULSE_SERVER"]}
    running = LadderApp(own_desktop, policy("2% overlay"), env).begin()
    yield running
    running.close()
    assert "Traceback" not in logs(own_desktop)


def test_layer_goes_for_as_long_as_the_call_and_loses_nothing(
    app: LadderApp, sound: SoundServer
) -> None:
    written = app.write_until(lambda: app.shown, "the layer")
    call = sound.record("zoom", "ZOOM VoiceEngine")
    written += app.write_until(lambda: not app.shown, "the layer to go")
    for _ in range(50):
        app.write("b")
        written += "b"
        assert not app.shown
    assert app.text.text() == written
    processes.stop(call)
    written += app.write_until(lambda: app.shown, "the layer to come back")
    assert app.text.text() == written
