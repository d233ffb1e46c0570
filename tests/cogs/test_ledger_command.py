"""/ledger, through simcord."""

import io
import re
from typing import Any

import pytest
from PIL import Image

from bot.errors import DateToCome, NoSuchDate, RangeBackwards, RangeTooLong, UnknownPastDate, UserError
from bot.services import Services
from tests.cogs.conftest import World, said


async def ledger(world: World, **options: str) -> Any:
    return await world.member.slash(world.channel, "ledger", **options)


async def with_a_gap(world: World) -> None:
    """Checked in on 1 January, away on the 3rd and 4th, back on the 6th; nothing on the 2nd and 5th."""
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    await world.member.slash(world.channel, "routine pause", **{"from": "2026-01-03", "to": "2026-01-04"})
    await world.pass_time(days=5, hours=13)
    await world.check_in(done="Back")


async def test_the_ledger_is_private_and_shows_a_calendar(world: World) -> None:
    await with_a_gap(world)
    result = await ledger(world)
    assert result.response.ephemeral
    (picture,) = result.response.attachments
    with Image.open(io.BytesIO(await picture.read())) as image:
        assert (image.format, image.width) == ("PNG", 960)
    assert "2 done, 2 frozen, 2 paused" in (picture.description or "")


async def test_every_day_that_is_not_plain_has_its_reason_and_days_in_a_row_are_one(world: World) -> None:
    await with_a_gap(world)
    text = said(await ledger(world))
    assert (
        "• 5 Jan: one of two free days in your first week\n• 3 Jan – 4 Jan: you paused\n• 2 Jan: one" in text
    )
    assert "6 Jan:" not in text


async def test_the_streak_is_explained_and_so_is_the_next_freeze(world: World) -> None:
    await with_a_gap(world)
    text = said(await ledger(world))
    assert "Your streak is 2 due days" in text
    assert "since 1 Jan; not one was missed" in text
    assert "Done on 2 of the last 4 due days" in text
    assert "Freezes: 0 of 3. 5 more due days done earn the next one." in text


async def test_a_missed_day_is_named_as_where_the_streak_ended(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    await world.pass_time(days=5)
    text = said(await ledger(world))
    assert "Your streak is 0 due days" in text
    assert "4 Jan was missed, and the next due day you do begins a new streak." in text
    await world.check_in(done="Back")
    assert "since 6 Jan; 4 Jan was the last one missed" in said(await ledger(world))


async def test_the_range_can_be_chosen(world: World) -> None:
    await with_a_gap(world)
    text = said(await ledger(world, **{"from": "2026-01-01", "to": "2 Jan"}))
    assert "2 Jan: one of two free days" in text
    assert "you paused" not in text


async def test_where_all_went_by_plan_there_is_nothing_to_explain(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    assert "nothing to explain" in said(await ledger(world))


async def test_before_the_first_check_in_it_says_how_to_begin(world: World) -> None:
    await world.set_up()
    result = await ledger(world)
    assert "There are no days in your ledger yet" in said(result)
    assert result.response.ephemeral
    assert result.response.attachments == []


async def test_a_range_before_the_ledger_began_says_when_it_did(world: World) -> None:
    await with_a_gap(world)
    result = await ledger(world, **{"from": "2025-11-01", "to": "2025-11-30"})
    assert "your ledger begins on 1 Jan" in said(result)
    assert result.response.attachments == []


@pytest.mark.parametrize(
    ("options", "error", "expected"),
    [
        ({"from": "2026-01-05", "to": "2026-01-02"}, RangeBackwards, "runs backwards"),
        ({"from": "2024-06-01", "to": "2026-01-02"}, RangeTooLong, "I can take 366"),
        ({"from": "2025-02-30"}, NoSuchDate, "There is no such day"),
        ({"from": "@everyone **soon**"}, UnknownPastDate, "“everyone soon” is no date I can read"),
        ({"to": "2026-02-01"}, DateToCome, "is still to come"),
    ],
)
async def test_a_range_that_makes_no_sense_gets_a_clear_sentence(
    world: World, options: dict[str, str], error: type[UserError], expected: str
) -> None:
    await with_a_gap(world)
    result = await ledger(world, **options)
    assert expected in said(result)
    assert result.response.ephemeral
    assert result.response.attachments == []
    world.expect_error(error)


async def test_a_year_of_reasons_comes_as_a_file_that_leaves_nothing_out(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    # Every third day of the year before 1 January 2026.
    done = [(world.guild.id, world.member.id, f"-{back} days") for back in range(1, 366, 3)]
    await services.database.write(
        lambda db: db.executemany(
            """
            insert into checkin (guild_id, user_id, local_day, zone, done, next, blocked, kind, minutes,
                                 reported_at, changed_at, changes)
            values (?, ?, date('2026-01-01', ?), 'Etc/UTC', 'A page', '', '', 'learning', null, 0, 0, 0)
            """,
            done,
        )
    )
    result = await ledger(world, **{"from": "2025-01-01"})
    picture, full = result.response.attachments
    assert picture.filename == "ledger.png"
    lines = (await full.read()).decode().splitlines()
    assert len(lines) == 365
    assert lines[0] == "2025-01-02  done: you checked in"
    assert lines[1] == "2025-01-03  frozen: one of two free days in your first week"
    assert lines[-1] == "2026-01-01  today: it isn't over yet"
    explained = sum(_days(line) for line in said(result).splitlines() if line.startswith("• "))
    (more,) = re.findall(r"and (\d+) more days", said(result))
    assert explained + int(more) == 365 - len(done) - 1


def _days(line: str) -> int:
    """How many days a line of reasons stands for, of which none here has more than two."""
    return 2 if " – " in line else 1
