"""Addresses of resources: cleaned of what only follows people about, and the same one recognised."""

import ipaddress
import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from bot.inputs import quoted
from bot.resources.errors import (
    AddressBroken,
    AddressMissing,
    AddressNotPublic,
    AddressNotWeb,
    AddressTooLong,
    AddressWithoutHost,
    AddressWithPassword,
)
from bot.resources.links.reach import is_at_home, is_public

LONGEST = 500
"""Characters, with all that are not ASCII written as an address has them: three for each of their bytes."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WITH_PORT = re.compile(r"[^/?#:]+:\d+(?:[/?#]|$)")
_HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_FIRST_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def clean_address(text: str) -> str:
    """A web address as it is kept: one that everybody can open, without tracking parameters.

    A missing scheme is taken to be https. Raises AddressMissing, AddressBroken, AddressTooLong,
    AddressNotWeb, AddressWithPassword, AddressWithoutHost or AddressNotPublic.
    """
    typed = text.strip().removeprefix("<").removesuffix(">")
    if not typed:
        raise AddressMissing
    if any(letter.isspace() or not letter.isprintable() for letter in typed):
        raise AddressBroken
    if len(typed) > LONGEST:
        raise AddressTooLong(length=len(typed), limit=LONGEST)
    parts = _split(typed)
    host = _public_host(parts, typed)
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    values = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in values if not _tracks(name.lower(), host)])
    fragment = quote(parts.fragment, safe="/?%:@!$&'()*+,;=~-._")
    address = parts._replace(netloc=host + port, path=path, query=query, fragment=fragment).geturl()
    if len(address) > LONGEST:
        raise AddressTooLong(length=len(address), limit=LONGEST)
    return address


def address_key(address: str) -> str:
    """What two addresses of the same page have in common; takes what `clean_address` gave.

    Schemes, "www." and "m.", a slash or an index page at the end, the order of parameters and the short form
    of a video's address make no difference; neither does a place within the page, unless it is a path of its
    own.
    """
    parts = urlsplit(address)
    host = re.sub(r"^(?:www|m|mobile)\.", "", parts.netloc.lower().rstrip("."))
    path = _FIRST_PAGE.sub("/", parts.path).rstrip("/")
    values = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    video = _video(host, path, dict(values))
    if video is not None:
        return f"youtube.com/{video}"
    if host in ("github.com", "reddit.com", "huggingface.co", "medium.com", "x.com", "twitter.com"):
        path = path.lower()
    if host == "twitter.com":
        host = "x.com"
    if host == "arxiv.org":
        path = re.sub(r"^/(?:abs|pdf|html)/(.+?)(?:v\d+)?(?:\.pdf)?$", r"/abs/\1", path)
    query = urlencode(sorted(values))
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return host + path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _split(typed: str) -> SplitResult:
    has_scheme = _SCHEME.match(typed) and not _WITH_PORT.match(typed)
    try:
        parts = urlsplit(typed if has_scheme else f"https://{typed.removeprefix('//')}")
        _ = parts.port
    except ValueError:
        raise AddressNotWeb(given=quoted(typed)) from None
    if parts.scheme not in _DEFAULT_PORTS or (has_scheme and "://" not in typed):
        raise AddressNotWeb(given=quoted(typed))
    if parts.username is not None or parts.password is not None:
        raise AddressWithPassword
    return parts


def _public_host(parts: SplitResult, typed: str) -> str:
    """The host as it is looked up: in lower case and, where it has other letters, in punycode."""
    given = (parts.hostname or "").rstrip(".")
    if not given:
        raise AddressWithoutHost(given=quoted(typed))
    try:
        number = ipaddress.ip_address(given)
    except ValueError:
        pass
    else:
        if not is_public(given):
            raise AddressNotPublic(given=quoted(typed))
        return f"[{number}]" if number.version == 6 else str(number)
    try:
        host = given.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AddressWithoutHost(given=quoted(typed)) from None
    if is_at_home(host):
        raise AddressNotPublic(given=quoted(typed))
    # A last part of figures only is another way to write an IP address.
    if not _HOST.fullmatch(host) or re.fullmatch(r"(?:0x[0-9a-f]*|\d+)", host.rpartition(".")[2]):
        raise AddressWithoutHost(given=quoted(typed))
    return host


def _tracks(name: str, host: str) -> bool:
    tracking = _tracking()
    here = tracking["on"].get(host.removeprefix("www.").removeprefix("m."), ())
    return name in tracking["everywhere"] or name in here or name.startswith(tuple(tracking["begins"]))


@cache
def _tracking() -> dict[str, Any]:
    text = resources.files("bot.resources").joinpath("tracking.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _video(host: str, path: str, values: dict[str, str]) -> str | None:
    """What names a video or a list of them; a video out of a list counts as the list."""
    if host == "youtu.be" and path:
        return _of_list(values) or path.lstrip("/")
    if host in ("youtube.com", "youtube-nocookie.com", "music.youtube.com"):
        if path in ("/watch", "/playlist"):
            return _of_list(values) or values.get("v")
        if found := re.fullmatch(r"/(?:embed|shorts|live|v)/([^/]+)", path):
            return found.group(1)
    return None


def _of_list(values: dict[str, str]) -> str | None:
    return f"list/{values['list']}" if values.get("list") else None
