from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.classify.hosts import normalise_host, normalise_path, parse_address


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://www.linkedin.com/feed/?a=b#c", "www.linkedin.com", "/feed/"),
        ("https://x.com", "x.com", "/"),
        ("https://x.com?a=/b", "x.com", "/"),
        ("https://x.com#/b", "x.com", "/"),
        ("HTTPS://X.COM:443/Harrow", "x.com", "/harrow/"),
        ("https://anna:pw@x.com./harrow", "x.com", "/harrow/"),
        ("https://blåbär.se/träd", "xn--blbr-noae.se", "/träd/"),
        ("https://straße.de/", "xn--strae-oqa.de", "/"),
        ("https://日本語.jp/", "xn--wgv71a119e.jp", "/"),
        ("x.com/harrow", "x.com", "/harrow/"),
        ("x.com:80", "x.com", "/"),
    ],
)
def test_tells_host_and_path_when_the_address_is_one(url: str, host: str, path: str) -> None:
    address = parse_address(url)
    assert address is not None
    assert (address.host, address.path()) == (host, path)


@pytest.mark.parametrize(
    "url",
    [
        *("", " ", "about:blank", "view-source:https://x.com/", "ftp://x.com/", "mailto:a@x.com"),
        *("https://", "https://..", "https://.x.com", "https://x..com", "https://a b/", "/feed"),
        *("https://x.com:1234567/", "https://" + "a." * 200 + "com", "https://" + "å" * 64 + ".se"),
        *("https://" + "å" * 5000 + ".se", "https://[::1]/"),
    ],
)
def test_tells_nothing_when_the_address_is_no_web_page(url: str) -> None:
    assert parse_address(url) is None


@pytest.mark.parametrize(
    ("written", "path"),
    [
        *(
            ("", "/"),
            ("/", "/"),
            ("/a", "/a/"),
            ("/a/", "/a/"),
            ("a/b", "/a/b/"),
            ("/A/b", "/a/b/"),
        ),
        *(("//a///b", "/a/b/"), ("/a/./b", "/a/b/"), ("/a/../b", "/b/"), ("/../../b", "/b/")),
        *(("/%61", "/a/"), ("/a%2fb", "/a%2fb/"), ("/a%2Fb", "/a%2fb/"), ("/%2e%2e/b", "/b/")),
        *(("/a\\b", "/a/b/"), ("/a\tb", "/ab/"), ("/a?b/c", "/a/"), ("/a#b?c", "/a/")),
        *(("/%zz", "/%zz/"), ("/%ff", "/\ufffd/"), ("/Å", "/å/"), ("/%C3%85", "/å/")),
    ],
)
def test_path_has_one_form_when_it_is_written_in_many(written: str, path: str) -> None:
    assert normalise_path(written) == path


@given(st.text(st.characters()))
def test_path_stays_as_it_is_when_normalised_again(written: str) -> None:
    once = normalise_path(written)
    assert once.startswith("/")
    assert once.endswith("/")
    assert "//" not in once


@given(st.from_regex(r"[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20}){0,3}", fullmatch=True))
def test_host_stays_as_it_is_when_it_is_tidy(host: str) -> None:
    assert normalise_host(host) == host
    assert normalise_host(f"{host.upper()}.") == host
    for url in (f"https://{host}/a", f"http://u:p@{host}:8080?b", f"HTTPS:\\\\{host}"):
        address = parse_address(url)
        assert address is not None
        assert address.host == host


@given(st.text(st.characters()))
def test_answers_when_asked_about_anything(text: str) -> None:
    for url in (text, f"https://{text}", f"https://x.com{text}"):
        address = parse_address(url)
        if address is not None:
            assert address.host
            assert normalise_host(address.host) == address.host
            assert address.path().startswith("/")
