"""Documents to keep on paper: simple HTML, and the PDF or the print of it."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPyTextObject,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QWidget

from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.reports.writers import write_file

BODY_POINTS = 10.5
FOOT_POINTS = 8.5
MARGIN_MM = 20.0
RESOLUTION = 600
"""Dots per inch: glyphs are vectors, and this only places them."""

_PER_METRE = round(RESOLUTION / 0.0254)
_FOOT_SHARE = 0.035
"""How much of the page's height the line at its foot takes."""

STYLE = """
h1 { font-size: 18pt; margin-top: 0px; margin-bottom: 8px; }
h2 { font-size: 13pt; margin-top: 20px; margin-bottom: 6px; }
h3 { font-size: 10.5pt; margin-top: 12px; margin-bottom: 4px; }
p { margin-top: 0px; margin-bottom: 7px; line-height: 120%; }
ul, ol { margin-top: 2px; margin-bottom: 8px; }
li { margin-bottom: 4px; line-height: 120%; }
.dim { color: #59626d; }
"""


class Sheet:
    """Puts a document together from plain texts; every one of them is escaped."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def heading(self, text: str, level: int = 2) -> None:
        """Add a heading of the level 1 (the document's own), 2 or 3."""
        self._parts.append(f"<h{level}>{html.escape(text)}</h{level}>")

    def paragraph(self, text: str, *, strong: bool = False, dim: bool = False) -> None:
        """Add a paragraph; an empty one adds nothing."""
        if not text:
            return
        words = html.escape(text).replace("\n", "<br>")
        shown = f"<b>{words}</b>" if strong else words
        self._parts.append(f'<p class="dim">{shown}</p>' if dim else f"<p>{shown}</p>")

    def points(self, texts: Iterable[str], *, numbered: bool = False) -> None:
        """Add a list; of no texts, nothing."""
        items = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
        tag = "ol" if numbered else "ul"
        if items:
            self._parts.append(f"<{tag}>{items}</{tag}>")

    def boxes(self, texts: Iterable[str]) -> None:
        """Add lines with a box to tick on paper."""
        self._parts.extend(f"<p>☐ {html.escape(text)}</p>" for text in texts)

    @property
    def html(self) -> str:
        """The document."""
        return f"<html><body>{''.join(self._parts)}</body></html>"


def save_pdf(document_html: str, title: str, path: Path, language: Language) -> None:
    """Write a document as a PDF: A4, fonts embedded, its text extractable.

    A file that is there is replaced: whoever asked for the path has asked about that.

    Raises:
        OutsideError: ``FILE_NOT_WRITTEN``; then no half file is left.
    """
    try:
        content = pdf_of(document_html, title, language)
    except OutsideError as error:
        raise OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=str(path)) from error
    write_file(path, content, force=True)


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is set.

    Attributes:
        style: Its style sheet, as far as Qt knows such.
        body_points: The size of plain text.
        margin_mm: What is left free on each side of the page.
        picture: Paints what stands in the place of each ``img``.
        whole_parts: Whether what is under a heading of level 2 is kept on one page where it
            fits on one.
    """

    style: str = STYLE
    body_points: float = BODY_POINTS
    margin_mm: float = MARGIN_MM
    picture: QPyTextObject | None = None
    whole_parts: bool = False


USUAL = Look()


def pdf_of(document_html: str, title: str, language: Language, look: Look = USUAL) -> bytes:
    """Return a document as a PDF: A4, fonts embedded, its text extractable.

    There must be a QGuiApplication, for its fonts.

    Raises:
        OutsideError: ``FILE_NOT_WRITTEN``.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Kanaltid")
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(_a4(look.margin_mm))
    if not _paint(writer, document_html, title, language, look):
        raise OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=title)
    buffer.close()
    return bytes(buffer.data().data())


def print_document(
    document_html: str, title: str, language: Language, parent: QWidget | None
) -> bool:
    """Ask for a printer and print a document; return whether the person went on with it."""
    # 1 MB and the list of printers: only where somebody prints.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageLayout(_a4())
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    return _paint(printer, document_html, title, language)


def _a4(margin_mm: float = MARGIN_MM) -> QPageLayout:
    margins = QMarginsF(margin_mm, margin_mm, margin_mm, margin_mm)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        margins,
        QPageLayout.Unit.Millimeter,
    )


def pictures_of(
    document_html: str, title: str, language: Language, look: Look = USUAL, dpi: int = 110
) -> tuple[QImage, ...]:
    """Return the pages of :func:`pdf_of` as they will be, for the screen."""
    paper = QPdfWriter(QBuffer())  # nothing is written to it: it only sets the lines
    paper.setResolution(RESOLUTION)
    paper.setPageLayout(_a4(look.margin_mm))
    layout = paper.pageLayout()
    sheet = layout.fullRectPixels(dpi)
    inside = layout.paintRectPixels(RESOLUTION)
    room = QSizeF(inside.size())
    pages = _Pages(document_html, title, language, look=look, device=paper, size=room)
    pictures = []
    for number in range(pages.count):
        picture = QImage(sheet.size(), QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        # Points are those of the paper; what they come to is then made smaller as a whole.
        picture.setDotsPerMeterX(_PER_METRE)
        picture.setDotsPerMeterY(_PER_METRE)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(dpi / RESOLUTION, dpi / RESOLUTION)
        painter.translate(inside.topLeft())
        pages.paint(painter, number)
        painter.end()
        pictures.append(picture)
    return tuple(pictures)


def _paint(
    device: QPagedPaintDevice,
    document_html: str,
    title: str,
    language: Language,
    look: Look = USUAL,
) -> bool:
    """Paint the document page by page, each with its number; return whether it could be."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    size = painter.viewport().toRectF().size()
    pages = _Pages(document_html, title, language, look=look, device=device, size=size)
    for number in range(pages.count):
        if number:
            device.newPage()
        pages.paint(painter, number)
    return painter.end()


class _Pages:
    """A document cut into pages of a size."""

    def __init__(
        self,
        document_html: str,
        title: str,
        language: Language,
        *,
        look: Look,
        device: QPagedPaintDevice,
        size: QSizeF,
    ) -> None:
        self._title = title
        self._language = language
        self._foot = size.height() * _FOOT_SHARE
        self._room = QSizeF(size.width(), size.height() - self._foot)
        self._document = _lay_out(document_html, device, self._room, look)

    @property
    def count(self) -> int:
        """How many there are."""
        return self._document.pageCount()

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, counted from 0, with its number at the foot."""
        _paint_page(painter, self._document, number, self._room)
        place = self._language.gettext("{title} – page {number} of {count}").format(
            title=self._title, number=number + 1, count=self.count
        )
        painter.setFont(_font(FOOT_POINTS))
        painter.setPen(Qt.GlobalColor.darkGray)
        rect = QRectF(0, self._room.height(), self._room.width(), self._foot)
        painter.drawText(rect, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, place)


def _lay_out(
    document_html: str, device: QPagedPaintDevice, room: QSizeF, look: Look
) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(look.body_points))
    document.setDefaultStyleSheet(look.style)
    document.documentLayout().setPaintDevice(device)
    if look.picture is not None:
        kind = QTextFormat.ObjectTypes.ImageObject.value
        document.documentLayout().registerHandler(kind, look.picture)
    document.setHtml(document_html)
    document.setPageSize(room)
    if look.whole_parts:
        _keep_parts(document, room.height())
    return document


def _keep_parts(document: QTextDocument, page: float) -> None:
    """Begin a page before each part that would be cut by the end of one and fits on one."""
    layout = document.documentLayout()
    heads, block = [], document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == 2:
            heads.append(block)
        block = block.next()
    ends = [*(head.previous() for head in heads[1:]), document.lastBlock()]
    for head, end in zip(heads, ends, strict=True):
        top = layout.blockBoundingRect(head).top()
        bottom = layout.blockBoundingRect(end).bottom() - 1
        if top // page != bottom // page and bottom - top < page:
            begins = QTextBlockFormat()
            begins.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(head).mergeBlockFormat(begins)


def _paint_page(painter: QPainter, document: QTextDocument, number: int, room: QSizeF) -> None:
    painter.save()
    view = QRectF(0, number * room.height(), room.width(), room.height())
    painter.translate(0, -view.top())
    painter.setClipRect(view)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = view
    # Paper is white, whatever the windows are.
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        context.palette.setColor(role, Qt.GlobalColor.black)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _font(points: float) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(points)
    # Whoever searches the file for "flera" is to find it: no sign for f and l in one.
    font.setFeature(QFont.Tag("liga"), 0)
    return font
