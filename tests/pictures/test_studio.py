"""The thread in which pictures are drawn, and what else pictures write."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from bot.texts import language, speaking
from cogs.pictures.addresses import LONGEST, short_address
from cogs.pictures.spans import hours
from cogs.pictures.studio import Studio


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    studio = Studio()
    yield studio
    studio.close()


async def test_pictures_are_drawn_off_the_event_loop_and_one_at_a_time(studio: Studio) -> None:
    going_on, most, threads = 0, 0, set()

    def picture() -> bytes:
        nonlocal going_on, most
        going_on += 1
        most = max(most, going_on)
        threads.add(threading.current_thread())
        going_on -= 1
        return b"a picture"

    assert await asyncio.gather(*(studio.draw(picture) for _ in range(20))) == [b"a picture"] * 20
    assert most == 1
    assert threading.current_thread() not in threads


async def test_a_picture_speaks_the_language_of_whoever_asks(studio: Studio) -> None:
    with speaking("de"):
        assert await studio.draw(lambda: language().encode()) == b"de"


async def test_a_picture_that_fails_fails_for_its_caller_only(studio: Studio) -> None:
    def broken() -> bytes:
        raise ValueError("no ink")

    with pytest.raises(ValueError, match="no ink"):
        await studio.draw(broken)
    assert await studio.draw(lambda: b"the next") == b"the next"


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://github.com/mira/loader", "github.com/mira/loader"),
        ("https://www.example.org/", "example.org"),
        ("HTTPS://Example.org:8443/a/?utm=1#top", "example.org/a"),
        ("https://user:secret@example.org/a", "example.org/a"),
    ],
)
def test_an_address_is_shown_by_host_and_path(url: str, short: str) -> None:
    assert short_address(url) == short


def test_a_long_address_is_cut() -> None:
    short = short_address("https://example.org/" + "a" * 400)
    assert len(short) == LONGEST
    assert short.endswith("…")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (95, "1.6 h"), (600, "10 h"), (90_000, "1,500 h")],
)
def test_minutes_are_said_as_people_say_them(minutes: int, said: str) -> None:
    assert hours(minutes) == said


def test_hours_are_written_as_the_reader_writes_numbers() -> None:
    with speaking("de"):
        assert hours(95) == "1,6 h"
