"""Languages: the policy's own, and those of each text in it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.policy.problems import ProblemCode
from tracker.policy.view import Findings, View

_TEXTS = {
    "contact": ("role",),
    "channel": ("name",),
    "purpose": ("name",),
    "limit": ("name",),
    "guideline": ("text",),
}


def check_texts(findings: Findings) -> None:
    """Check that each text is there in the default language, and in no unknown one."""
    languages = [language for _, language in findings.root.table("policy").texts("languages")]
    seen: set[str] = set()
    for path, language in findings.root.table("policy").texts("languages"):
        if language in seen:
            findings.error(path, ProblemCode.DUPLICATE_VALUE, value=language)
        seen.add(language)
    if not languages:
        return
    for text in _texts(findings.root):
        if languages[0] not in text.data:
            findings.error(
                text.at(languages[0]),
                ProblemCode.MISSING_DEFAULT_LANGUAGE,
                language=languages[0],
            )
        for language in text.data.keys() - seen:
            findings.warn(
                text.at(language),
                ProblemCode.LANGUAGE_NOT_LISTED,
                language=language,
                choices=", ".join(languages),
            )


def _texts(root: View) -> Iterator[View]:
    """Yield every text table of the file."""
    yield from _of(root.table("policy"), "title", "scope")
    yield from _of(root.table("monitoring"), "purpose")
    for name, keys in _TEXTS.items():
        for entry in root.tables(name):
            yield from _of(entry, *keys)
    for guideline in root.tables("guideline"):
        example = guideline.table("example")
        if example.has("do") or example.has("dont"):
            yield from _of(example, "do", "dont")
        else:
            yield from _of(guideline, "example")
    for level in root.table("crisis").tables("level"):
        yield from _of(level, "trigger", "reply")
    for step in root.table("crisis").tables("step"):
        yield from _of(step, "text")


def _of(view: View, *keys: str) -> Iterator[View]:
    return (view.table(key) for key in keys if isinstance(view.data.get(key), dict))
