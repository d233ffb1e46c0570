"""Asking a public server for JSON, politely: one request a second, patient with trouble, and not for long."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiolimiter import AsyncLimiter
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from bot import __version__
from bot.clock import Clock
from bot.operator_errors import HackerNewsUnreadable

USER_AGENT = f"Autodidact/{__version__} (Discord bot; reads Ask HN: Who is hiring?)"

SECONDS_BETWEEN = 1.0
"""Between one request and the next."""

TRIES = 3
WAITS_AT_MOST = 60.0
"""Seconds; a server that asks for a longer rest gets it, and this round goes on without that server."""

LARGEST_ANSWER = 20 * 1024 * 1024
TIMEOUT = aiohttp.ClientTimeout(total=45, connect=10, sock_read=20)

PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class _Refusal(Exception):
    """There is no answer, and trying again would not help; the text says why."""

    rest: float | None = None


class _Trouble(_Refusal):
    """There is no answer, but there may be one soon. `rest` is what the server asks for, in seconds."""

    def __init__(self, reason: str, rest: float | None = None):
        super().__init__(reason)
        self.rest = rest


class Web:
    """Answers as JSON. `asked` counts the requests; tests hand in a pace and a sleep that take no time."""

    def __init__(
        self,
        clock: Clock,
        *,
        pace: AbstractAsyncContextManager[Any] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ):
        self.asked = 0
        self._clock = clock
        self._pace = AsyncLimiter(1, SECONDS_BETWEEN) if pace is None else pace
        self._sleep = sleep
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None
        self._resting_until: dict[str, datetime] = {}

    async def get(self, url: str, **params: str | int) -> Any:
        """The answer under an address; None where there is nothing (404).

        Raises HackerNewsUnreadable, with the server's name and the reason, when a few tries were not enough.
        """
        # Without a password, should somebody have put one into an address.
        host = urlsplit(url).netloc.rpartition("@")[2]
        now = self._clock.now()
        until = self._resting_until.get(host, now)
        if until > now:
            raise HackerNewsUnreadable(reason=f"{host} asked for a rest until {until:%H:%M} UTC")
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_Trouble),
            stop=lambda state: stop_after_attempt(TRIES)(state) or _rest_asked_for(state) > WAITS_AT_MOST,
            wait=lambda state: max(_BACK_OFF(state), _rest_asked_for(state)),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return await retrying(self._get, url, params)
        except _Refusal as error:
            if error.rest:
                self._resting_until[host] = self._clock.now() + timedelta(seconds=error.rest)
            raise HackerNewsUnreadable(reason=f"{host}: {error}") from error

    async def close(self) -> None:
        """Let go of the connections; the next request opens new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _get(self, url: str, params: Mapping[str, str | int]) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers={"User-Agent": USER_AGENT}, timeout=self._timeout)
        async with self._pace:
            self.asked += 1
            try:
                async with self._session.get(url, params=params, allow_redirects=False) as response:
                    if response.status == HTTPStatus.NOT_FOUND:
                        return None
                    self._check(response)
                    body = await _read(response)
            except TimeoutError:
                raise _Trouble("no answer in time") from None
            except aiohttp.ClientPayloadError:
                raise _Trouble("the answer was cut off") from None
            except (aiohttp.ClientError, OSError) as error:
                raise _Trouble(f"no connection ({type(error).__name__})") from error
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise _Trouble("the answer is no JSON") from None

    def _check(self, response: aiohttp.ClientResponse) -> None:
        status = response.status
        if status == HTTPStatus.OK:
            return
        if status not in PASSING and status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _Refusal(f"it answered with status {status}")
        rest = _seconds(response.headers.get("Retry-After", ""), self._clock.now())
        raise _Trouble(f"it answered with status {status}", rest)


_BACK_OFF = wait_exponential(multiplier=2, max=30) + wait_random(0, 1)


def _rest_asked_for(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return (error.rest or 0.0) if isinstance(error, _Trouble) else 0.0


def _seconds(retry_after: str, now: datetime) -> float | None:
    """What a Retry-After header asks for: it holds seconds or a date."""
    given = retry_after.strip()
    if given.isascii() and given.isdigit():
        return float(min(int(given[:9]), 24 * 60 * 60))
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return None
    until = until.replace(tzinfo=until.tzinfo or UTC)
    return min(max((until - now).total_seconds(), 0.0), 24 * 60 * 60.0)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise _Refusal(f"the answer is larger than {LARGEST_ANSWER // 1024**2} MiB")
    return bytes(body)
