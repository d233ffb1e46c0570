"""Whom this machine reaches: Hacker News, and Discord for what time it is. Each is asked once."""

import asyncio
import json
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot import __version__
from bot.clock import Clock
from bot.doctor.finding import Finding, not_looked_at, ok, warning
from bot.doctor.machine import CLOCK, judge_clock, off_by
from bot.leads.threads import ACCOUNT
from bot.settings import Settings

ANSWERS_WITHIN = 10.0
"""Seconds, for each answer."""

DISCORD = "https://discord.com/api/v10"
ALGOLIA, FIREBASE = "hacker news", "hacker news, the other way"

HEADERS = {"User-Agent": f"Autodidact/{__version__} (Discord bot; autodidact doctor)"}


async def ask_hacker_news(settings: Settings) -> list[Finding]:
    """Whether both ways to the hiring threads are open, if they are wanted."""
    if not settings.read_hacker_news:
        return [ok(ALGOLIA, "It is not read: AUTODIDACT_READ_HACKER_NEWS turns that off.")]
    algolia = f"{str(settings.hacker_news_url).rstrip('/')}/search_by_date"
    query = f"{algolia}?tags=story,author_{ACCOUNT}&hitsPerPage=1"
    firebase = f"{str(settings.hacker_news_firebase_url).rstrip('/')}/user/{ACCOUNT}.json"
    return list(
        await asyncio.gather(
            _ask(ALGOLIA, query, lambda answer: isinstance(answer["hits"], list)),
            _ask(FIREBASE, firebase, lambda answer: isinstance(answer["submitted"], list)),
        )
    )


async def ask_the_time(settings: Settings, clock: Clock) -> Finding:
    """How this machine's clock compares with Discord's, which says what time it is to everybody."""
    url = f"{str(settings.discord_api_url or DISCORD).rstrip('/')}/gateway"
    try:
        async with asyncio.timeout(ANSWERS_WITHIN), aiohttp.ClientSession(headers=HEADERS) as session:
            asked = clock.now()
            async with session.get(url) as answer:
                off = off_by(answer.headers.get("Date", ""), asked, clock.now())
    except (aiohttp.ClientError, OSError) as error:
        return not_looked_at(CLOCK, f"Discord could not be reached ({reason(error)})")
    return not_looked_at(CLOCK, "Discord did not say what time it is") if off is None else judge_clock(off)


async def _ask(name: str, url: str, fits: Callable[[Any], bool]) -> Finding:
    # Without a password, should somebody have put one into an address.
    host = urlsplit(url).netloc.rpartition("@")[2]
    try:
        async with (
            asyncio.timeout(ANSWERS_WITHIN),
            aiohttp.ClientSession(headers=HEADERS) as session,
            session.get(url, allow_redirects=False) as answer,
        ):
            body = await answer.read()
            said = f"status {answer.status}" if answer.status != 200 else None
    except (aiohttp.ClientError, OSError) as error:
        said = reason(error)
    else:
        said = said or (None if _holds(body, fits) else "what came is something else")
    if said is None:
        return ok(name, f"{host} answers.")
    return warning(
        name,
        f"{host} does not answer as it should: {said}.",
        "Look at this machine's connection; without both ways there are no new job leads.",
    )


def reason(error: BaseException) -> str:
    """Why there was no answer, in a few words."""
    if isinstance(error, TimeoutError):
        return f"no answer in {ANSWERS_WITHIN:.0f} s"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "its name cannot be looked up: no network, or no DNS"
    if isinstance(error, aiohttp.ClientConnectorCertificateError | ssl.SSLCertVerificationError):
        return "its certificate is not trusted: the clock is wrong, or ca-certificates are missing"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return type(error).__name__


def _holds(body: bytes, fits: Callable[[Any], bool]) -> bool:
    try:
        return fits(json.loads(body))
    except (ValueError, LookupError, TypeError, RecursionError):
        return False
