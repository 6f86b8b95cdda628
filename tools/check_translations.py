"""Checks that every text is translated, and brings the ``.po`` files up to date.

``python -m tools.check_translations`` prints a line for each fault and exits with 1 where
there is one. ``--update`` writes the template and the ``.po`` files anew: translations are
kept, texts that changed a little keep theirs marked as fuzzy, English is filled in.
``--missing sv`` prints what Swedish still lacks as a small ``.po``, and ``--merge FILE``
takes such a file's translations in.
"""

from __future__ import annotations

import argparse
import ast
import copy
import io
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from tracker.i18n import DEFAULT_LANGUAGE, DOMAIN, LANGUAGES

ROOT = Path(__file__).parent.parent
LOCALE = Path("resources/locale")
SOURCES = ("tracker", "ui")
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
UPDATE = "run: python -m tools.check_translations --update"
COUNT = "n"
"""The placeholder of the number that a plural goes with."""

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "mark": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
FORMS = {name: 2 if name in {"ngettext", "pgettext"} else 1 for name in KEYWORDS}

HEADER = """\
# Texts of Kanaltid. Written by tools/check_translations.py --update; translate in place.
msgid ""
msgstr ""
"Project-Id-Version: kanaltid\\n"
{language}"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def extract(root: Path) -> Catalog:
    """Return the template: all texts of the sources below the root."""
    template = Catalog(fuzzy=False)
    for file in _sources(root):
        found = extract_from_file(
            "python",
            file,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for line, text, comments, context in found:
            name = file.relative_to(root).as_posix()
            template.add(text, None, [(name, line)], auto_comments=comments, context=context)
    return template


def render(catalog: Catalog, language: str | None) -> bytes:
    """Return the file of a catalogue, with nothing in it that changes by itself.

    Times, versions and line numbers would make each run a change.
    """
    body = io.BytesIO()
    write_po(
        body,
        catalog,
        width=96,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    named = f'"Language: {language}\\n"\n' if language else ""
    header = HEADER.format(language=named, plural_forms=PLURAL_FORMS)
    return header.encode() + body.getvalue().strip() + b"\n"


def updated(root: Path, template: Catalog, language: str) -> Catalog:
    """Return a language's catalogue with exactly the template's texts."""
    catalog = _read(root, language)
    source = language == DEFAULT_LANGUAGE
    # The text itself tells what a changed English text means; Swedish gets the old as a hint.
    # A copy: update() takes the template's own entries over where the language has none.
    catalog.update(copy.deepcopy(template), no_fuzzy_matching=source)
    if source:
        for message in _texts(catalog):
            if not all(_strings(message)):
                message.string = message.id
    return catalog


def faults(root: Path) -> Iterator[str]:
    """Return a line for each fault of the sources and the ``.po`` files below the root."""
    for file in _sources(root):
        yield from _source_faults(file.relative_to(root).as_posix(), file.read_bytes())
    template = extract(root)
    if _content(root / LOCALE / f"{DOMAIN}.pot") != render(template, None):
        yield f"{LOCALE / DOMAIN}.pot: out of date; {UPDATE}"
    for language in LANGUAGES:
        file = _po(language)
        current = _content(root / file)
        if current != render(updated(root, template, language), language):
            yield f"{file}: out of date; {UPDATE}"
        for message in _texts(_read(root, language)):
            for fault in _message_faults(message):
                yield f"{file}:{message.lineno}: {fault}: {_first(message)!r}"


def update(root: Path) -> None:
    """Write the template and all ``.po`` files below the root anew."""
    template = extract(root)
    (root / LOCALE).mkdir(parents=True, exist_ok=True)
    (root / LOCALE / f"{DOMAIN}.pot").write_bytes(render(template, None))
    for language in LANGUAGES:
        _write(root, language, updated(root, template, language))


def missing(root: Path, language: str) -> bytes:
    """Return the texts that the language lacks or has as fuzzy, as a ``.po`` of its own."""
    rest = Catalog(fuzzy=False)
    for message in _texts(updated(root, extract(root), language)):
        if message.fuzzy or not all(_strings(message)):
            rest[message.id] = message
    return render(rest, language)


def merge(root: Path, language: str, source: bytes) -> None:
    """Take the translations of ``source`` into the language; what is empty or fuzzy is left."""
    catalog = updated(root, extract(root), language)
    for message in _texts(read_po(io.BytesIO(source))):
        known = catalog.get(message.id, message.context)
        if known is not None and all(_strings(message)) and not message.fuzzy:
            known.string = message.string
            known.flags.discard("fuzzy")
    _write(root, language, catalog)


def _sources(root: Path) -> list[Path]:
    return sorted(file for folder in SOURCES for file in (root / folder).rglob("*.py"))


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _read(root: Path, language: str) -> Catalog:
    content = _content(root / _po(language))
    if content is None:
        return Catalog(locale=language, fuzzy=False)
    return read_po(io.BytesIO(content), locale=language)


def _write(root: Path, language: str, catalog: Catalog) -> None:
    file = root / _po(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(render(catalog, language))


def _texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _strings(message: Message) -> tuple[str, ...]:
    """Return the translations: one, or as many as the language has plural forms."""
    if not message.string:
        return ("",) * len(_forms(message.id))
    return _forms(message.string)


def _message_faults(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    ids, strings = _forms(message.id), _strings(message)
    if len(ids) != len(strings):
        yield f"has {len(strings)} forms instead of {len(ids)}"
    elif not all(strings):
        yield "not translated"
    else:
        yield from _placeholder_faults(ids, strings)


def _placeholder_faults(ids: tuple[str, ...], strings: tuple[str, ...]) -> Iterator[str]:
    try:
        wanted, got = [_fields(text) for text in ids], [_fields(text) for text in strings]
    except ValueError as error:
        yield f"broken placeholder ({error})"
        return
    known = set[str]().union(*wanted)
    for index, fields in enumerate(got):
        # A singular may spell its number out, in either language.
        singular = len(ids) > 1 and index == 0
        least = known - {COUNT} if singular else known
        for name in sorted(least - fields):
            yield f"lacks {{{name}}}"
        for name in sorted(fields - known):
            yield f"has {{{name}}}, which the English lacks"


def _fields(text: str) -> set[str]:
    parts = string.Formatter().parse(text)
    return {name for _literal, name, _spec, _conversion in parts if name is not None}


def _source_faults(name: str, source: bytes) -> Iterator[str]:
    """Find texts that are put together before they are looked up: none has a translation."""
    for node in ast.walk(ast.parse(source, name)):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        for argument in node.args[: FORMS.get(called or "", 0)]:
            if _is_put_together(argument):
                yield f"{name}:{argument.lineno}: {called}() takes a literal; format its result"


def _is_put_together(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute):
        return argument.func.attr in {"format", "format_map", "join"}
    return isinstance(argument, ast.JoinedStr | ast.BinOp)


def main(arguments: list[str]) -> int:
    """Do what the arguments say and return the exit code."""
    parser = argparse.ArgumentParser(prog="check_translations", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--update", action="store_true", help="write the template and the .po files")
    what.add_argument("--missing", choices=LANGUAGES, help="print what a language lacks")
    what.add_argument("--merge", type=Path, metavar="FILE", help="take translations in")
    parser.add_argument("--language", choices=LANGUAGES, default="sv", help="of --merge; sv")
    given = parser.parse_args(arguments)
    if given.update:
        update(ROOT)
    elif given.missing:
        sys.stdout.buffer.write(missing(ROOT, given.missing))
    elif given.merge:
        merge(ROOT, given.language, given.merge.read_bytes())
    else:
        found = list(faults(ROOT))
        print(*found, sep="\n", end="\n" if found else "")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
