"""Addresses as rules see them: host and path in one form, however they are written.

Browsers hand addresses over tidied up; what people type, and what accessibility
interfaces give, is not. So this reads an address as the WHATWG URL standard says that
browsers do (https://url.spec.whatwg.org/), as far as host and path are concerned.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

_LONGEST_HOST = 253
_LONGEST_LABEL = 63
_LONGEST_WRITTEN_HOST = 1000
"""Nothing longer is turned into Punycode, which takes quadratic time."""

_TIDY = re.compile(r"https?://([a-z0-9.-]+)(?::\d{1,5})?(?![^/?#])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PORT_ALONE = re.compile(r"\d{1,5}(?![^/?#\\])")
_AUTHORITY = re.compile(r"[^/?#\\]*")
_PORT = re.compile(r":\d{0,5}$")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_DROPPED = re.compile(r"[\t\r\n]")
_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))
_IGNORED_IN_HOSTS = re.compile("[\u00ad\u200b\u2060\ufe00-\ufe0f\ufeff]")
_FULL_STOPS = re.compile("[\u3002\uff0e\uff61]")


class Address(NamedTuple):
    """Where a page is: its host in lower case and Punycode, and what follows as written."""

    host: str
    rest: str
    """Path, query and fragment."""

    def path(self) -> str:
        """Return the path as rules compare it."""
        return normalise_path(self.rest)


def parse_address(url: str) -> Address | None:
    """Return the host and path of a web address; None where it is none.

    An address without a scheme is taken for a web address. Other schemes have no
    channel: a page's source, a local file or a browser's own page is no visit.
    """
    tidy = _TIDY.match(url)
    if tidy is not None:
        host = tidy[1].rstrip(".")
        if not host or host[0] == "." or ".." in host or len(host) > _LONGEST_HOST:
            return None
        return Address(host, url[tidy.end() :])
    return _parse_untidy(url)


def normalise_host(written: str) -> str | None:
    """Return a host in lower case and Punycode, without trailing dots; None where it is none."""
    if len(written) > _LONGEST_WRITTEN_HOST:
        return None
    if "%" in written:
        written = unquote(written, errors="replace")
    host = written.lower() if written.isascii() else _to_ascii(written)
    if host is None:
        return None
    host = host.rstrip(".")
    if len(host) > _LONGEST_HOST or _HOST.fullmatch(host) is None:
        return None
    return host


def normalise_path(written: str) -> str:
    """Return a path up to query and fragment, decoded and case folded, between slashes.

    A path lies below another if it begins with it, on segment boundaries: ``/forum/`` holds
    ``/forum/topic/`` and not ``/forums/``. Empty segments are dropped and dots resolved.
    Case is folded because the names that policies write there, such as an account's, don't
    depend on it where they are used.
    """
    path = written.partition("#")[0].partition("?")[0]
    if _is_tidy(path):
        return path.lower() if path.endswith("/") else f"{path.lower()}/"
    segments: list[str] = []
    for segment in _DROPPED.sub("", path).replace("\\", "/").split("/"):
        decoded = unquote(segment, errors="replace") if "%" in segment else segment
        if decoded == "..":
            del segments[-1:]
        elif decoded not in ("", "."):
            # A slash that was encoded bounds no segment.
            segments.append(decoded.casefold().replace("/", "%2f"))
    return "/".join(("", *segments, ""))


def _is_tidy(path: str) -> bool:
    """Tell whether a path is written as browsers write it, as nearly all are."""
    return (
        path.isascii()
        and path.isprintable()
        and path[:1] in ("", "/")
        and not ("%" in path or "\\" in path or "//" in path or "/." in path)
    )


def _parse_untidy(url: str) -> Address | None:
    text = _DROPPED.sub("", url.strip(_CONTROLS_AND_SPACE))
    rest = _after_scheme(text)
    if rest is None:
        return None
    authority = _AUTHORITY.match(rest)
    assert authority is not None
    host = normalise_host(_PORT.sub("", authority[0].rpartition("@")[2]))
    return None if host is None else Address(host, rest[authority.end() :])


def _after_scheme(text: str) -> str | None:
    scheme = _SCHEME.match(text)
    if scheme is not None and scheme[0].lower() in ("http:", "https:"):
        return text[scheme.end() :].lstrip("/\\")
    if scheme is not None and _PORT_ALONE.match(text, scheme.end()) is None:
        return None
    if text.startswith("//"):
        return text.lstrip("/")
    # Without a scheme, what has an @ is a mail address.
    return None if "@" in text.partition("/")[0] else text


def _to_ascii(written: str) -> str | None:
    """Return the host as browsers ask for it: Unicode TS #46, without its validity checks."""
    mapped = _IGNORED_IN_HOSTS.sub("", _FULL_STOPS.sub(".", written))
    mapped = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", mapped).lower())
    labels = mapped.split(".")
    if any(len(label) > _LONGEST_LABEL for label in labels):
        return None
    return ".".join(map(_label_to_ascii, labels))


def _label_to_ascii(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode", errors="replace").decode("ascii")
