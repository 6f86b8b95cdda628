"""Documents: what is written on paper, and that it is written whole or not at all."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication

from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from ui.documents import Sheet, print_document, save_pdf
from ui.theme import dress

pytestmark = pytest.mark.usefixtures("qapp")

ENGLISH = Language("en")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def sheet(paragraphs: int = 3) -> str:
    """Return a document of some paragraphs."""
    made = Sheet()
    made.heading("Policy", 1)
    for number in range(paragraphs):
        made.paragraph(f"Paragraph {number}: å, ä and ö.")
    return made.html


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def streams_of(pdf: bytes) -> list[bytes]:
    """Return the streams of a PDF, unpacked where they are packed."""
    found = []
    for packed in STREAM.findall(pdf):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def test_texts_are_escaped_when_they_hold_markup() -> None:
    made = Sheet()
    made.heading("<b>1 & 2</b>")
    made.paragraph("a < b\nc")
    made.points(["<i>"])
    made.boxes(["<u>"])
    assert "<h2>&lt;b&gt;1 &amp; 2&lt;/b&gt;</h2>" in made.html
    assert "<p>a &lt; b<br>c</p>" in made.html
    assert "<ul><li>&lt;i&gt;</li></ul>" in made.html
    assert "<p>☐ &lt;u&gt;</p>" in made.html


def test_nothing_is_added_when_there_is_nothing_to_say() -> None:
    made = Sheet()
    made.paragraph("")
    made.points([])
    assert made.html == "<html><body></body></html>"


def test_pdf_has_embedded_fonts_and_text_when_it_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "policy.pdf"
    save_pdf(sheet(), "Policy", path, ENGLISH)
    pdf = path.read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pages_of(pdf) == 1
    assert b"/FontFile2" in pdf or b"/FontFile3" in pdf
    # What lets a reader make letters of the glyphs again: ä is U+00E4.
    maps = [stream for stream in streams_of(pdf) if b"begincmap" in stream]
    assert any(b"<00E4>" in each.upper() for each in maps)
    assert path.stat().st_mode & 0o777 == 0o600


def test_pages_are_added_when_the_text_is_long(tmp_path: Path) -> None:
    path = tmp_path / "policy.pdf"
    save_pdf(sheet(200), "Policy", path, ENGLISH)
    assert pages_of(path.read_bytes()) > 3


def test_text_is_black_when_the_windows_are_dark(qapp: QApplication, tmp_path: Path) -> None:
    palette = qapp.palette()
    path = tmp_path / "policy.pdf"
    try:
        dress(qapp, "dark")
        save_pdf("<p>Word</p>", "T", path, ENGLISH)
    finally:
        qapp.setPalette(palette)
    painted = next(each for each in streams_of(path.read_bytes()) if b"Tf" in each)
    colours = set(re.findall(rb"([\d.]+ [\d.]+ [\d.]+) scn", painted))
    assert b"0 0 0" in colours
    assert not any(float(colour.split()[0]) > 0.6 for colour in colours if colour != b"1 1 1")


def test_file_is_replaced_when_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "policy.pdf"
    path.write_text("old")
    save_pdf(sheet(), "Policy", path, ENGLISH)
    assert path.read_bytes().startswith(b"%PDF-")


def test_error_is_one_and_no_half_file_is_left_when_it_cannot_be_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "missing" / "policy.pdf"
    with pytest.raises(OutsideError) as caught:
        save_pdf(sheet(), "Policy", path, ENGLISH)
    assert caught.value.code is ErrorCode.FILE_NOT_WRITTEN
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("goes_on", [True, False])
def test_document_is_printed_when_the_person_goes_on_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, goes_on: bool
) -> None:
    path = tmp_path / "printed.pdf"

    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(path))
        code = QPrintDialog.DialogCode.Accepted if goes_on else QPrintDialog.DialogCode.Rejected
        return code.value

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    assert print_document(sheet(200), "Policy", ENGLISH, None) is goes_on
    assert path.exists() is goes_on
    assert not goes_on or pages_of(path.read_bytes()) > 3
