"""Builds ``kanaltid.mo`` of each language whose ``kanaltid.po`` has changed.

Run as ``python -m tools.build_translations``; a second run takes no more than the start.
"""

from __future__ import annotations

from pathlib import Path

from tracker.i18n import DOMAIN, compile_messages, is_current

LOCALE = Path("resources/locale")


def build(locale: Path) -> list[Path]:
    """Build what is missing or out of date below the folder, and return what was built."""
    built = []
    for source in sorted(locale.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        target = source.with_suffix(".mo")
        content = source.read_bytes()
        if target.is_file() and is_current(target.read_bytes(), content):
            # The set-up goes by the files' times, and asks only where the source is newer.
            target.touch()
            continue
        # Put in place whole: a program that starts meanwhile must not read half a file.
        half = target.with_suffix(".mo.part")
        half.write_bytes(compile_messages(content))
        half.replace(target)
        built.append(target)
    return built


if __name__ == "__main__":
    build(Path(__file__).parent.parent / LOCALE)
