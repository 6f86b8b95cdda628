"""What the app asks of Qt before it starts."""

from __future__ import annotations

import pytest

from tracker.errors import ErrorCode, OutsideError
from ui.app import need_screen, platform_theme


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"XDG_CURRENT_DESKTOP": "GNOME"}, "gnome"),
        ({"XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}, "gnome"),
        ({"XDG_CURRENT_DESKTOP": "XFCE"}, "gnome"),
        ({"XDG_CURRENT_DESKTOP": "X-Cinnamon"}, "gnome"),
        ({"XDG_CURRENT_DESKTOP": "KDE"}, None),
        ({"XDG_CURRENT_DESKTOP": "openbox"}, None),
        ({}, None),
        ({"XDG_CURRENT_DESKTOP": "GNOME", "QT_QPA_PLATFORMTHEME": "qt6ct"}, None),
    ],
)
def test_gtk_is_kept_out_where_it_would_be_loaded(
    environ: dict[str, str], theme: str | None
) -> None:
    assert platform_theme(environ) == theme


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ":987654"}, {"DISPLAY": "nonsense"}])
def test_missing_screen_is_said_when_qt_would_crash(environ: dict[str, str]) -> None:
    with pytest.raises(OutsideError) as refused:
        need_screen(environ)
    assert refused.value.code is ErrorCode.NO_SCREEN


def test_other_platforms_of_qt_need_no_display() -> None:
    need_screen({"QT_QPA_PLATFORM": "offscreen"})
    need_screen({"WAYLAND_DISPLAY": "wayland-0"})
