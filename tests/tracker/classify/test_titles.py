from __future__ import annotations

import pytest

from tracker.classify.titles import PatternSet, TitleForm, Windows, chromium_app_id
from tracker.policy.catalogue import Browser, Browsers

ID = "agimnkijcaahngcdmfeangaknmldooml"
FOX = Browser(
    "fox",
    apps=("Fox", "fox.exe"),
    names=("Great Fox", "Fox"),
    private=("Privat surfning", "Navigation privée de"),
    private_alone=True,
)
EDGE = Browser(
    "edge",
    apps=("edge",),
    names=("Small\u200b Edge",),
    private=("InPrivate",),
    profiles=("Personligt", "Profil"),
    notes=(" och # sidor till", " - ljud"),
)


@pytest.mark.parametrize(
    ("title", "page"),
    [
        *(("Sida - Fox", "Sida"), ("Sida – Fox", "Sida"), ("Sida — Great Fox", "Sida")),
        *(("Sida - great fox", "Sida"), ("  Sida - Fox  ", "Sida"), ("Fox", ""), (" - Fox", "")),
        *(("A - B - Fox", "A - B"), ("A — B", "A — B"), ("Sida-Fox", "Sida-Fox"), ("", "")),
        *(("Sida - Fox - Anna", "Sida"), ("Sida - Anna", "Sida - Anna")),
        *(("\u202aSida\u202c - Fox", "Sida"), ("Si\u00addan — Fox", "Sidan")),
        *(("(3) Sida - Fox", "Sida"), ("(99+) Sida", "Sida"), ("[12] Sida", "Sida")),
        *(("(1,234) Sida", "Sida"), ("(1 234) Sida", "Sida"), ("• (3) Sida", "Sida")),
        *(("▶ Sida", "Sida"), ("🔴 (2) Sida", "Sida"), ("(3)", ""), ("(3)Sida", "Sida")),
        *(("(tre) Sida", "(tre) Sida"), ("(3 Sida", "(3 Sida"), ("[a] Sida", "[a] Sida")),
        *(("Sida (3)", "Sida (3)"), ("(2026-11) Sida", "(2026-11) Sida")),
        ("Sida - " + "x" * 90, "Sida - " + "x" * 90),
        ("Om Privat surfning — Fox", "Om Privat surfning"),
        ("Privat surfning — Fox", "Privat surfning"),
    ],
)
def test_page_keeps_its_own_title_when_the_browser_adds_to_it(title: str, page: str) -> None:
    assert TitleForm([FOX]).page_title(title) == page


@pytest.mark.parametrize(
    ("title", "page"),
    [
        ("Sida - Small\u200b Edge", "Sida"),
        ("Sida - Small Edge", "Sida"),
        ("Sida – Personligt – Small\u200b Edge", "Sida"),
        ("Sida - Profil 12 - Small\u200b Edge", "Sida"),
        ("Sida - Profil - Small\u200b Edge", "Sida"),
        ("Sida och 3 sidor till – Personligt – Small\u200b Edge", "Sida"),
        ("Sida och 3 sidor till – Small\u200b Edge", "Sida"),
        ("Sida - ljud - Small\u200b Edge", "Sida"),
        ("Sida - ljud - Small\u200b Edge - Anna", "Sida"),
        ("Sida 12 - Small\u200b Edge", "Sida 12"),
        ("Sida och tre sidor till – Small\u200b Edge", "Sida och tre sidor till"),
        ("Personligt - Small\u200b Edge", "Personligt"),
        ("Sida - Annat - Small\u200b Edge", "Sida - Annat"),
        ("Sida – Personligt", "Sida – Personligt"),
    ],
)
def test_profile_and_note_go_when_the_browser_writes_them(title: str, page: str) -> None:
    assert TitleForm([EDGE]).page_title(title) == page


@pytest.mark.parametrize(
    "title",
    [
        *("Sida — Fox Privat surfning", "Sida — FOX PRIVAT SURFNING", "Fox Privat surfning"),
        *("Sida - Great Fox (Privat surfning)", "Sida — Navigation privée de Great Fox"),
        *("Sida — Privat surfning", "Sida — (Privat surfning)", "Privat surfning"),
        *("Sida (Privat surfning) - Fox", "Sida - Fox - Privat surfning"),
        *("Sida - Fox - Anna (Privat surfning)", "Sida - Fox\uff08Privat surfning\uff09"),
    ],
)
def test_window_is_private_when_its_title_carries_the_mark(title: str) -> None:
    assert TitleForm([FOX]).page_title(title) is None


def test_word_alone_is_no_mark_when_the_browser_never_writes_it_so() -> None:
    assert TitleForm([EDGE]).page_title("Sida — InPrivate") == "Sida — InPrivate"
    assert TitleForm([EDGE]).page_title("Sida - [InPrivate] - Small\u200b Edge") is None
    assert TitleForm([EDGE]).page_title("Sida - Small\u200b Edge - InPrivate") is None


def test_forms_are_told_apart_when_browsers_differ() -> None:
    windows = Windows(Browsers((FOX, EDGE), ("crx_[a-p]{32}",)))
    fox, edge = windows.form_of("fox.exe"), windows.form_of("edge")
    web_app = windows.form_of(f"crx_{ID}")
    assert fox is not None
    assert edge is not None
    assert web_app is not None
    assert fox.page_title("Sida - Small Edge") == "Sida - Small Edge"
    assert edge.page_title("Sida - Fox") == "Sida - Fox"
    assert web_app.page_title("Sida - Fox") == "Sida"
    assert web_app.page_title("Sida – Privat surfning") == "Sida – Privat surfning"
    assert web_app.page_title("Sida - Fox Privat surfning") is None


@pytest.mark.parametrize("app", ["", "fo", "foxx", f"crx_{ID}a", f"a crx_{ID}", "crx_"])
def test_window_shows_no_pages_when_no_name_is_whole(app: str) -> None:
    assert Windows(Browsers((FOX,), ("crx_[a-p]{32}",))).form_of(app) is None


@pytest.mark.parametrize(
    "app",
    [
        *(f"crx_{ID}", f"_crx_{ID}", f"chrome-{ID}-default", f"msedge-_{ID}-profile_1"),
        *(f"com.google.chrome.app.{ID}", f"brave-{ID}-default"),
    ],
)
def test_web_app_is_known_by_its_id_when_any_browser_installs_it(app: str) -> None:
    assert chromium_app_id(app) == ID


@pytest.mark.parametrize("app", ["", "chrome", f"crx_{ID}a", f"p{ID}", ID[:-1], "crx_" + "z" * 32])
def test_web_app_is_unknown_when_the_id_is_none(app: str) -> None:
    assert chromium_app_id(app) is None


def test_patterns_are_told_in_order_when_several_are_found() -> None:
    patterns = PatternSet(["c", "^a", "z", "b"])
    assert patterns.matching("abc") == [0, 1, 3]
    assert patterns.matching("x") == []
    assert patterns.matching("\ud800b") == [3]


def test_no_pattern_is_found_when_there_is_none() -> None:
    assert PatternSet([]).matching("abc") == []
