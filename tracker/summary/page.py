"""The summary as one web page: whole in itself, without scripts, and made to be read aloud."""

from __future__ import annotations

import html

from tracker.summary.chart import week_svg
from tracker.summary.week import WeekSummary
from tracker.summary.words import Cell, Part, WordTable, summary_words

_NOTHING_REMOTE = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --text: #1b1f24; --dim: #59626d; --ground: #ffffff;
  --line: #dde1e6; --work: #2c6a8f; }
@media (prefers-color-scheme: dark) { :root { --text: #e8ebef; --dim: #a0a9b4;
  --ground: #1c1f23; --line: #363c44; --work: #7db8da; } }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.5rem; }
p { margin: 0.25rem 0; max-width: 72ch; }
.dim, .detail, footer { color: var(--dim); }
.number { font-size: 2rem; font-weight: 600; margin: 1.25rem 0 0; line-height: 1.2; }
.wide { overflow-x: auto; margin: 0.75rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
  font-size: 0.9375rem; }
caption { text-align: left; color: var(--dim); padding: 0 0 0.4rem; }
th, td { padding: 0.4rem 0.6rem; text-align: right; vertical-align: top;
  border-bottom: 1px solid var(--line); font-weight: 400; white-space: nowrap; }
thead th { font-weight: 600; vertical-align: bottom; white-space: normal; }
.head { text-align: left; white-space: normal; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
.detail { display: block; font-size: 0.8125rem; }
td.strong, th.strong { font-weight: 600; }
figure { margin: 1rem 0; }
figcaption { color: var(--dim); }
svg { width: 100%; height: auto; font-size: 13px; }
svg text { fill: var(--text); }
svg .dim { fill: var(--dim); }
svg .strong { font-weight: 600; }
svg .grid { stroke: var(--line); }
svg .work { fill: var(--work); }
svg .private { fill: url(#hatch); stroke: var(--work); stroke-width: 1.5; }
svg .stripe { stroke: var(--work); stroke-width: 2.5; }
footer { margin-top: 3rem; font-size: 0.875rem; }
@media print {
  :root { --text: #000; --dim: #444; --ground: #fff; --line: #bbb; --work: #2c6a8f; }
  @page { size: A4; margin: 15mm; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  table { font-size: 8.5pt; }
  th, td { padding: 0.2rem 0.35rem; }
  h2, caption { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  svg { max-height: 75mm; }
}
"""


def week_html(summary: WeekSummary) -> bytes:
    """Return the page, in UTF-8."""
    _, words = summary.language.gettext, summary_words(summary)
    title = _("{week} · {dates}").format(week=words.title, dates=words.dates)
    text = html.escape
    parts = [
        f'<!DOCTYPE html>\n<html lang="{summary.language.code}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_REMOTE}">',
        f"<title>{text(title)} – Kanaltid</title>",
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>",
        f'<h1>{text(words.title)}</h1>\n<p class="dim">{text(words.dates)}</p>',
        f'<p class="number">{text(words.number)}</p>\n<p>{text(words.words)}</p>',
        f'<p class="dim">{text(words.policy)}</p>',
        _part(words.days, _figure(summary)),
        *(_part(part) for part in words.others),
        f"<footer><p>{text(words.foot)}</p></footer>",
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _figure(summary: WeekSummary) -> str:
    _ = summary.language.gettext
    if not summary.work_ms + summary.private_ms:
        return ""
    title = _("Work and private time by day")
    description = _("A bar for each day; the table below has the same figures.")
    key = _("Filled: work. Hatched: private.")
    chart = week_svg(summary, title, description)
    return f"<figure>\n{chart}\n<figcaption>{html.escape(key)}</figcaption>\n</figure>"


def _part(part: Part, figure: str = "") -> str:
    parts = [f"<section>\n<h2>{html.escape(part.heading)}</h2>"]
    if figure:
        parts.append(figure)
    parts += [_table(table) for table in part.tables]
    parts += [f'<p class="dim">{html.escape(each)}</p>' for each in part.paragraphs]
    if part.points:
        items = "\n".join(f"<li>{html.escape(each)}</li>" for each in part.points)
        parts.append(f"<ul>\n{items}\n</ul>")
    return "\n".join([*parts, "</section>"])


def _table(table: WordTable) -> str:
    # It can be scrolled where the window is narrow, so the keyboard must reach it.
    caption = html.escape(table.caption)
    parts = [
        f'<div class="wide" role="region" tabindex="0" aria-label="{caption}">',
        f"<table>\n<caption>{caption}</caption>\n<thead>\n<tr>",
    ]
    for place, header in enumerate(table.headers):
        kind = ' class="head"' if place < table.heads else ""
        parts.append(f'<th scope="col"{kind}>{html.escape(header)}</th>')
    parts.append("</tr>\n</thead>\n<tbody>")
    for row in table.rows:
        cells = (_cell(cell, head=place < table.heads) for place, cell in enumerate(row))
        parts.append(f"<tr>{''.join(cells)}</tr>")
    parts.append("</tbody>\n</table>\n</div>")
    return "\n".join(parts)


def _cell(cell: Cell, *, head: bool) -> str:
    names = [name for name, holds in (("head", head), ("strong", cell.strong)) if holds]
    kind = f' class="{" ".join(names)}"' if names else ""
    text = html.escape(cell.text)
    for detail in cell.details:
        text += f' <span class="detail">{html.escape(detail)}</span>'
    return f'<th scope="row"{kind}>{text}</th>' if head else f"<td{kind}>{text}</td>"
