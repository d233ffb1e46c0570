"""Looks at one link: HEAD, then GET where that is not answered well, with each redirect followed by hand.

What is connected to is decided in three places, each of which would be enough for most: an address is judged
by how it is written before it is asked, a name's IP addresses are sifted when it is looked up, and a socket
is made for a public IP address only. A name is looked up once for a look, and connected to as it was then.
"""

import asyncio
import itertools
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot import __version__
from bot.resources.links import rules
from bot.resources.links.reach import NO_WEB_PAGE, NOT_PUBLIC, UNUSUAL_PORT, is_public, refusal
from bot.resources.links.rules import BLOCKED, Looked, Outcome, Verdict, failed, site_of, verdict_on

USER_AGENT = f"Autodidact/{__version__} (Discord bot; sees once a week whether a link still works)"

REDIRECTS = 5
EACH_FAMILY = 3
"""So many of a name's addresses are tried of each family; somebody may have put hundreds there."""

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=10)
WHOLE_LOOK = 60.0
"""Seconds, for all requests of a look together."""

LARGEST_PIECE = 4096
"""Bytes of a body that are taken in before the connection is closed; nothing of it is read."""

LONGEST_HEADER = 32 * 1024
"""Bytes; the rules that some sites send along for browsers fill more than the usual eight thousand."""

_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""The IP addresses of a host name, for a port; raises OSError where there are none."""

NewSocket = Callable[[int, int, int], socket.socket]


class _Stop(Exception):
    """Nothing more is to be asked: this is the verdict."""

    def __init__(self, verdict: Verdict):
        super().__init__(verdict.problem)
        self.verdict = verdict


class _NotPublic(OSError):
    """This is no IP address that may be connected to, or there is none among a name's."""

    def __init__(self) -> None:
        super().__init__("not public")


async def look_up(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a name, in the system's order."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class LinkChecker:
    """Looks at links, one at a time. `lookup` and `new_socket` are the system's; tests hand in others."""

    def __init__(
        self,
        *,
        lookup: Lookup = look_up,
        new_socket: NewSocket = socket.socket,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
        certificates: ssl.SSLContext | bool = True,
    ):
        self._lookup = lookup
        self._new_socket = new_socket
        self._timeout = timeout
        self._certificates = certificates

    async def look(self, address: str) -> Looked:
        """Whether there is something behind an address. Raises nothing that has to do with it."""
        connector = aiohttp.TCPConnector(
            resolver=_OnlyPublic(self._lookup),
            use_dns_cache=False,
            force_close=True,
            limit=1,
            ssl=self._certificates,
            socket_factory=self._socket,
        )
        async with aiohttp.ClientSession(
            connector=connector,
            headers=_HEADERS,
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            read_bufsize=LARGEST_PIECE,
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
            trust_env=False,
        ) as session:
            look = _Look(session)
            try:
                async with asyncio.timeout(WHOLE_LOOK):
                    verdict = await look.at(address)
            except TimeoutError:
                verdict = failed(rules.NO_ANSWER, unsure=not look.answered)
        return Looked(verdict, frozenset(look.sites))

    def _socket(self, target: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = target
        if not is_public(str(address[0])):
            raise _NotPublic
        return self._new_socket(family, kind, protocol)


@dataclass(slots=True)
class _Look:
    """A look under way: the sites it asked, and whether anybody gave an answer so far."""

    session: aiohttp.ClientSession
    sites: set[str] = field(default_factory=set)
    answered: bool = False

    async def at(self, address: str) -> Verdict:
        """The verdict on an address."""
        try:
            verdict = await self._follow("HEAD", address)
            return verdict if verdict.outcome is Outcome.ALIVE else await self._follow("GET", address)
        except _Stop as stop:
            return stop.verdict

    async def _follow(self, method: str, address: str) -> Verdict:
        """The verdict at the end of all redirects; raises _Stop where another method would do no better."""
        url = _url(address)
        been_at: set[URL] = set()
        wants_cookies = False
        while url not in been_at and len(been_at) <= REDIRECTS:
            been_at.add(url)
            self.sites.add(site_of(url.raw_host or ""))
            verdict, leads_to, sets_cookie = await self._ask(method, url)
            if leads_to is None:
                return verdict
            wants_cookies = wants_cookies or sets_cookie
            url = _url(leads_to, url)
        if wants_cookies:
            # Whoever sends us about for want of a cookie has something to show to people.
            return BLOCKED
        return failed(rules.LEADS_ROUND if url in been_at else rules.LEADS_ON)

    async def _ask(self, method: str, url: URL) -> tuple[Verdict, str | None, bool]:
        """What an address answers, where it leads to, and whether it sets a cookie."""
        try:
            response = await self.session.request(method, url, allow_redirects=False)
        except (
            aiohttp.ClientConnectorError,
            aiohttp.ClientSSLError,
            aiohttp.ConnectionTimeoutError,
        ) as error:
            # Where nobody has answered yet, this machine's own line may be at fault: it may be down, or ask
            # people to log in first and answer for every name until then.
            raise _Stop(failed(_why_not_connected(error), unsure=not self.answered)) from None
        except TimeoutError:
            return failed(rules.NO_ANSWER), None, False
        except (aiohttp.ClientError, OSError, ValueError):
            return failed(rules.UNREADABLE), None, False
        self.answered = True
        try:
            sets_cookie = "Set-Cookie" in response.headers
            if response.status not in _LEADS_ON:
                return verdict_on(response.status, response.headers), None, sets_cookie
            leads_to = response.headers.get("Location", "").strip()
            return failed(rules.LEADS_NOWHERE), leads_to or None, sets_cookie
        finally:
            response.close()


def _why_not_connected(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientSSLError):
        return rules.BAD_CERTIFICATE
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, _NotPublic):
        return NOT_PUBLIC
    is_unknown = isinstance(error, aiohttp.ClientConnectorDNSError)
    return rules.NO_SUCH_SITE if is_unknown else rules.NO_CONNECTION


class _OnlyPublic(AbstractResolver):
    """Gives the public IP addresses of a name, the same ones however often it is asked.

    Those that are not public are left out, not held against the rest: they are connected to by nobody.
    """

    def __init__(self, lookup: Lookup):
        self._lookup = lookup
        self._known: dict[str, list[str]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        if host not in self._known:
            try:
                self._known[host] = _sifted(await self._lookup(host, port))
            except UnicodeError as error:
                # A label of more than 63 letters.
                raise OSError("not a name") from error
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in self._known[host]
        ]

    async def close(self) -> None:
        """Nothing is kept open."""


def _sifted(addresses: Sequence[str]) -> list[str]:
    if not addresses:
        raise OSError("no address")
    public = [address for address in dict.fromkeys(addresses) if is_public(address)]
    if not public:
        raise _NotPublic
    of_six = itertools.islice((address for address in public if ":" in address), EACH_FAMILY)
    of_four = itertools.islice((address for address in public if ":" not in address), EACH_FAMILY)
    few = {*of_six, *of_four}
    return [address for address in public if address in few]


def _url(text: str, base: URL | None = None) -> URL:
    """An address that may be asked, without its fragment; raises _Stop where it may not."""
    try:
        url = URL(text) if base is None else base.join(URL(text))
        url = url.with_fragment(None)
    except (ValueError, UnicodeError):
        raise _Stop(failed(NO_WEB_PAGE)) from None
    reason = refusal(url)
    if reason == UNUSUAL_PORT:
        raise _Stop(BLOCKED)
    if reason is not None:
        raise _Stop(failed(reason))
    return url
