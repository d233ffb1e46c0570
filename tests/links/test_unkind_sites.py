"""Looks at a link, at sites that do not mean well: slow, endless and unreadable answers."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from bot.resources.links import checker as checker_module
from bot.resources.links import rules
from bot.resources.links.checker import LinkChecker
from bot.resources.links.rules import ALIVE, failed
from tests.links.nasty import A_PUBLIC_ADDRESS, OK, Answer, Internet, Write, leads_to, never, status
from tests.links.one_look import PAGE, SITE, answers, verdict


async def drips_headers(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        await write(b"x")
        await asyncio.sleep(0.005)


async def says_wait_for_ever(write: Write) -> None:
    while True:
        await write(b"HTTP/1.1 102 Processing\r\n\r\n")
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("answer", [never, drips_headers, says_wait_for_ever])
async def test_a_slow_answer_is_not_waited_for(
    internet: Internet, impatient: LinkChecker, answer: Callable[[Write], Awaitable[None]]
) -> None:
    answers(internet, answer)
    assert await verdict(impatient) == failed(rules.NO_ANSWER)
    assert internet.what_was_asked == [f"HEAD {SITE}/page", f"GET {SITE}/page"]


async def test_a_look_has_an_end_whatever_comes(
    internet: Internet, checker: LinkChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checker_module, "WHOLE_LOOK", 0.1)
    answers(internet, never)
    assert await verdict(checker) == failed(rules.NO_ANSWER, unsure=True)
    answers(internet, leads_to("/next"))
    answers(internet, never, "/next")
    assert await verdict(checker) == failed(rules.NO_ANSWER)


async def drips_a_body(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        await write(b"x")
        await asyncio.sleep(0.005)


async def pours_a_body(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await write(b"x" * 65536)


async def pours_chunks(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n")
    while True:
        await write(b"10000\r\n" + b"\x00" * 65536 + b"\r\n")


@pytest.mark.parametrize("answer", [drips_a_body, pours_a_body, pours_chunks])
async def test_a_body_is_not_waited_for(
    internet: Internet, checker: LinkChecker, answer: Callable[[Write], Awaitable[None]]
) -> None:
    internet.answers[f"HEAD {SITE}/page"] = status(405)
    internet.answers[f"GET {SITE}/page"] = answer
    async with asyncio.timeout(2):
        assert await verdict(checker) == ALIVE
        await internet.broken_off.wait()


async def pours_headers(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\n")
    while True:
        await write(b"X-Again: " + b"x" * 1000 + b"\r\n")


async def pours_one_header(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nX-Again: ")
    while True:
        await write(b"x" * 65536)


@pytest.mark.parametrize(
    "answer",
    [
        pours_headers,
        pours_one_header,
        b"",
        b"\x00\xff" * 500,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"220 mail.example.org ESMTP\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
        b"<html>It works!</html>",
    ],
)
async def test_what_cannot_be_read_is_a_failure(
    internet: Internet, checker: LinkChecker, answer: Answer
) -> None:
    answers(internet, answer)
    async with asyncio.timeout(2):
        assert await verdict(checker) == failed(rules.UNREADABLE)


async def test_a_long_header_that_real_sites_have_is_read(internet: Internet, checker: LinkChecker) -> None:
    answers(internet, status(200, f"Content-Security-Policy: {'x' * 30_000}"))
    assert await verdict(checker) == ALIVE


async def test_whatever_the_bytes_it_comes_to_a_verdict(internet: Internet, impatient: LinkChecker) -> None:
    chance = random.Random(6)
    whole = leads_to("http://[::1]/é", 301, "Set-Cookie: a=b", "Content-Encoding: br") + OK
    for _ in range(60):
        mangled = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            mangled[chance.randrange(len(mangled))] = chance.randrange(256)
        answers(internet, bytes(mangled[: chance.randrange(20, len(mangled) + 1)]))
        await impatient.look(PAGE)
    assert set(internet.connected) == {A_PUBLIC_ADDRESS}
