"""A small internet, and a checker that knows no other."""

import ssl
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.resources.links.checker import LinkChecker
from tests.links.nasty import CERTIFICATE, Internet

IMPATIENT = aiohttp.ClientTimeout(total=0.2, connect=0.1)
PATIENT = aiohttp.ClientTimeout(total=20, connect=10)


@pytest.fixture
async def internet() -> AsyncIterator[Internet]:
    async with Internet() as internet:
        internet.site("learn.example.org")
        yield internet


@pytest.fixture
def checker(internet: Internet) -> LinkChecker:
    """Believes the certificate of learn.example.org."""
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    return LinkChecker(
        lookup=internet.look_up, new_socket=internet.new_socket, timeout=PATIENT, certificates=trusting
    )


@pytest.fixture
def impatient(internet: Internet) -> LinkChecker:
    """Waits for a tenth of a second to be connected, and for two for an answer."""
    return LinkChecker(lookup=internet.look_up, new_socket=internet.new_socket, timeout=IMPATIENT)
