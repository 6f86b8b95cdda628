"""What the app asks of Qt before it starts."""

from __future__ import annotations

import pytest

from ui.app import platform_theme


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
