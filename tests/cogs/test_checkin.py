"""Checking in by the command and by the form."""

import pytest

from bot.errors import NotSetUp
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said, shown_values


async def test_a_check_in_is_answered_privately_with_streak_and_kind_word(world: World) -> None:
    await world.set_up()
    answer = await world.check_in()
    assert answer.ephemeral
    assert "Day one of a streak" in said(answer)
    assert answer.response.embeds[0].title


async def test_a_check_in_shows_a_card_to_the_others(world: World) -> None:
    await world.set_up()
    await world.check_in(done="Trained a baseline", next="Plot the errors", blocked="No GPU", minutes="50")
    (card,) = world.posted()
    assert card.content == f"<@{world.member.id}> checked in."
    embed = card.embeds[0]
    assert embed.description == "Trained a baseline"
    assert [(f.name, f.value) for f in embed.fields] == [
        ("Next", "Plot the errors"),
        ("Blocked by", "No GPU"),
    ]
    assert embed.footer.text == "Building · 50 minutes · 1 Jan"


async def test_the_streak_grows_from_day_to_day(world: World) -> None:
    await world.set_up()
    await world.check_in()
    await world.pass_time(days=1)
    assert "**2 due days**" in said(await world.check_in())
    # Two days of the first week are free.
    await world.pass_time(days=3)
    assert "**3 due days**" in said(await world.check_in())
    await world.pass_time(days=2)
    assert "Yesterday is still open" in said(await world.check_in())
    await world.pass_time(hours=13)
    assert "Day one of a streak" in said(await world.check_in())


async def test_the_kind_word_is_not_always_the_same(world: World) -> None:
    await world.set_up()
    words = set()
    for _day in range(5):
        words.add((await world.check_in()).response.embeds[0].title)
        await world.pass_time(days=1)
    assert len(words) >= 4


async def test_a_second_check_in_on_a_day_changes_the_first(world: World) -> None:
    await world.set_up()
    await world.check_in(done="Half of it", minutes="20", kind="learning")
    again = await world.member.slash(world.channel, "checkin")
    assert again.modal["title"] == "Change your check-in"
    assert shown_values(again.modal) == {
        "done": "Half of it",
        "next": "",
        "blocked": "",
        "kind": "learning",
        "minutes": "20",
    }
    answer = await world.submit(again, done="All of it", minutes="55")
    assert "Changed" in said(answer)
    await world.pass_time(seconds=10)
    (card,) = world.posted()
    assert card.embeds[0].description == "All of it"
    assert "55 minutes" in (card.embeds[0].footer.text or "")


async def test_the_answer_has_a_button_that_opens_the_form_again(world: World) -> None:
    await world.set_up()
    answer = await world.check_in(done="Half of it")
    again = await world.member.click(answer.response, label="Change it")
    assert shown_values(again.modal)["done"] == "Half of it"


async def test_the_form_starts_with_the_kind_of_work_of_last_time(world: World) -> None:
    await world.set_up()
    assert shown_values((await world.member.slash(world.channel, "checkin")).modal)["kind"] == "building"
    await world.check_in(kind="showing")
    await world.pass_time(days=1)
    assert shown_values((await world.member.slash(world.channel, "checkin")).modal)["kind"] == "showing"


async def test_a_form_sent_just_after_midnight_counts_for_the_day_it_was_opened(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.env.advance_time(23 * 3600 + 58 * 60)
    shown = await world.member.slash(world.channel, "checkin")
    await world.env.advance_time(5 * 60)
    answer = await world.submit(shown, done="Late work")
    assert "1 January" in (answer.response.embeds[0].footer.text or "")


async def test_a_form_outlives_a_restart_of_the_bot(world: World, services: Services) -> None:
    await world.set_up()
    shown = await world.member.slash(world.channel, "checkin")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    answer = await world.submit(shown, done="Typed while it restarted")
    assert "Day one of a streak" in said(answer)
    assert world.posted()[-1].embeds[0].description == "Typed while it restarted"


async def test_before_the_set_up_members_are_told_whom_to_ask(world: World) -> None:
    answer = await world.member.slash(world.channel, "checkin")
    assert "/setup" in said(answer)
    assert answer.ephemeral
    world.expect_error(NotSetUp)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"done": "  \n "}, "came without a word in it"),
        ({"done": "\u2800\u3164\u200b"}, "came without a word in it"),
        ({"minutes": "abc"}, "“abc” is no number of minutes"),
        ({"minutes": "-5"}, "“-5” is no number of minutes"),
        ({"minutes": "2000"}, "“2000” is no number of minutes"),
        ({"minutes": "1.5"}, "is no number of minutes"),
    ],
)
async def test_what_is_refused_is_said_and_given_back(
    world: World, typed: dict[str, str], sentence: str
) -> None:
    await world.set_up()
    first = {"done": "Cleaned the data", "next": "Train on it", "blocked": "Labels", "kind": "learning"}
    refused = await world.check_in(**{**first, **typed})
    assert refused.ephemeral
    assert sentence in said(refused)
    assert "Train on it" in said(refused)
    assert world.posted() == []
    again = await world.member.click(refused.response, label="Open the form again")
    assert shown_values(again.modal) == {**first, "minutes": "", **typed}
    answer = await world.submit(again, done="Cleaned the data", minutes="30")
    assert "Day one of a streak" in said(answer)


async def test_a_draft_that_was_forgotten_opens_an_ordinary_form(world: World, services: Services) -> None:
    await world.set_up()
    refused = await world.check_in(minutes="abc")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    again = await world.member.click(refused.response, label="Open the form again")
    assert shown_values(again.modal)["done"] == ""
    # What was typed still stands in the message above the button.
    assert "Wrote the data loader" in said(refused)


async def test_the_longest_texts_fit_with_markup_in_every_one(world: World) -> None:
    await world.set_up()
    await world.check_in(
        done="*_~`|" * 300, next="[a](https://example.com)" * 20, blocked="@everyone " * 50, minutes="1440"
    )
    (card,) = world.posted()
    assert len(card.embeds[0].description or "") > 1_500


async def test_markup_and_mentions_are_shown_as_text(world: World) -> None:
    await world.set_up()
    text = "@everyone **bold** [safe](https://evil.example) `code` ||spoiler||\n# heading"
    await world.check_in(done=text, next=text, blocked=text)
    (card,) = world.posted()
    embed = card.embeds[0]
    for shown in (embed.description or "", *(f.value or "" for f in embed.fields)):
        assert r"\*\*bold\*\*" in shown
        assert r"\[safe]" in shown
        assert r"\# heading" in shown
        assert r"\|\|spoiler\|\|" in shown
    bodies = [r.json for r in world.env.http_requests if r.path.endswith("/messages") and r.method == "POST"]
    assert [body["allowed_mentions"] for body in bodies] == [{"parse": []}]


async def test_a_deleted_channel_loses_no_check_in_and_is_said(world: World, services: Services) -> None:
    doomed = world.guild.create_text_channel("doomed")
    await world.admin.slash(world.channel, "setup", channel=doomed, zone="Europe/Berlin", hour=9)
    world.env.backend.delete_channel(doomed.id)
    answer = await world.check_in()
    assert "Day one of a streak" in said(answer)
    (notice,) = answer.followups
    assert "the channel is gone" in notice.embeds[0].description
    assert notice.ephemeral
    ledger = await services.checkins.ledger(world.guild.id, world.member.id)
    assert [day.state for day in ledger] == ["done"]
