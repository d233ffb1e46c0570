"""The lead channel, /leads latest, /leads search, and the card of a lead."""

from typing import Any

import discord
import pytest

from bot.errors import LeadGone, NoWordsToSearch, SearchGone, UnknownPay
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said
from tests.cogs.hiring_thread import HOSTILE, KETTLE, MOSS, PHD, store_leads, take_away


async def latest(world: World) -> Any:
    return await world.member.slash(world.channel, "leads latest")


async def search(world: World, **options: Any) -> Any:
    return await world.member.slash(world.channel, "leads search", **options)


async def open_lead(world: World, answer: Any, lead_id: int) -> Any:
    return await world.member.select(answer.response, [str(lead_id)], custom_id="leads:open:v1")


async def with_digest(world: World, services: Services) -> Any:
    """A server with a lead channel, to which the digest of the first morning has come."""
    channel = world.guild.create_text_channel("job-leads")
    await world.set_up(zone="Etc/UTC")
    await world.admin.slash(world.channel, "setup", lead_channel=channel, lead_hour=10)
    await store_leads(services)
    await world.pass_time(hours=10)
    return channel


def digest_in(world: World, channel: Any) -> discord.Message:
    (message,) = world.posted(channel)
    return message


async def test_the_digest_shows_the_best_in_a_line_each_and_mentions_nobody(
    world: World, services: Services
) -> None:
    channel = await with_digest(world, services)
    embed = digest_in(world, channel).embeds[0]
    assert embed.title == "Job leads · Thursday, 1 January"
    kettle, *others = (embed.description or "").split("\n")
    assert kettle.split(" · ")[:4] == [
        "- **Kettle Works**",
        "Junior Machine Learning Engineer",
        "Lisbon, Portugal, hybrid",
        "€38K–46K a year",
    ]
    assert "+no degree needed" in kettle
    assert kettle.endswith(f"[post](https://news.ycombinator.com/item?id={KETTLE})")
    assert not any("Brackwater" in line for line in others)
    sent = [r.json for r in world.env.http_requests if r.path == f"/channels/{channel.id}/messages"]
    assert [body["allowed_mentions"] for body in sent] == [{"parse": []}]


async def test_nothing_is_posted_when_nothing_is_new(world: World, services: Services) -> None:
    channel = await with_digest(world, services)
    await world.pass_time(days=1)
    await world.pass_time(days=1)
    assert len(world.posted(channel)) == 1


async def test_a_post_that_has_vanished_is_struck_out(world: World, services: Services) -> None:
    channel = await with_digest(world, services)
    await take_away(services, KETTLE)
    await world.pass_time(seconds=10)
    text = digest_in(world, channel).embeds[0].description or ""
    struck = next(line for line in text.split("\n") if "Kettle" in line)
    assert struck.startswith("- ~~")
    assert struck.endswith("gone from Hacker News")


async def test_a_lead_of_the_digest_opens_for_its_opener_alone_even_after_a_restart(
    world: World, services: Services
) -> None:
    channel = await with_digest(world, services)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    card = await world.member.select(digest_in(world, channel), [str(KETTLE)])
    assert card.ephemeral
    embed = card.response.embeds[0]
    assert embed.title == "Kettle Works"
    assert embed.url == f"https://news.ycombinator.com/item?id={KETTLE}"
    fit = next(each for each in embed.fields if (each.name or "").startswith("Fit: "))
    assert "no degree needed: “" in (fit.value or "")
    assert "Every lead begins at 40." in (fit.value or "")
    assert "Not stated, and so counted neither way: visa" in (fit.value or "")
    assert "jobs@kettle.example" in field(embed, "How to apply")
    assert "> We are five people and forecast bread." in (embed.description or "")


async def test_the_latest_are_there_without_a_channel_or_a_set_up(world: World, services: Services) -> None:
    before = await latest(world)
    assert before.ephemeral
    assert "No thread has been read yet" in said(before)
    await store_leads(services)
    answer = await latest(world)
    assert "Job leads of December 2025" in said(answer)
    assert said(answer).index("Kettle Works") < said(answer).index("Brackwater")
    card = await open_lead(world, answer, MOSS)
    assert "Mossback" in said(card)


async def test_markup_and_mentions_in_a_post_stay_text(world: World, services: Services) -> None:
    await store_leads(services, HOSTILE)
    answer = await latest(world)
    card = await open_lead(world, answer, HOSTILE)
    for shown in (said(answer), said(card)):
        assert "](https://evil.example)" not in shown.replace("\\[x](https://evil.example)", "")
        assert "**Evil**" not in shown.replace("\\*\\*Evil", "")
    assert "javascript:" not in said(card)
    answers = [r.json["data"] for r in world.env.http_requests if r.path.startswith("/interactions")]
    assert len(answers) == 2
    assert [answer.get("content") for answer in answers] == [None, None]


async def test_a_search_meets_all_its_filters(world: World, services: Services) -> None:
    await store_leads(services)
    answer = await search(world, words="engineer", mode="remote", no_degree=True)
    assert answer.ephemeral
    assert "1 lead found" in said(answer)
    assert "“engineer” · remote · no degree demanded · this month" in said(answer)
    assert "Mossback" in said(answer)
    assert "Kettle" not in said(answer)


async def test_nothing_found_says_what_one_filter_less_would_find(world: World, services: Services) -> None:
    await store_leads(services)
    answer = await search(world, words="hedgerows", level="junior")
    assert "Nothing matches “hedgerows” · junior · this month." in said(answer)
    assert "• 1 lead without “hedgerows”" in said(answer)
    assert "• 1 lead without junior" in said(answer)
    dropped = await world.member.click(answer.response, label="Without junior")
    assert "Mossback" in said(dropped)


async def test_nothing_found_in_some_months_says_what_all_months_have(
    world: World, services: Services
) -> None:
    await store_leads(services)
    answer = await search(world, months="earlier")
    assert "There is nothing there yet." in said(answer)
    assert "leads in all months" in said(answer)
    found = await world.member.click(answer.response, label="In all months")
    assert "Mossback" in said(found)


async def test_more_than_a_page_is_turned_by_buttons(world: World, services: Services) -> None:
    from bot.leads import intake
    from bot.leads.threads import Comment
    from tests.cogs.hiring_thread import DECEMBER

    posts = [
        Comment(100 + number, DECEMBER.id, DECEMBER.began_at, f"Firm {number:02} | Data Engineer | Remote")
        for number in range(23)
    ]
    await services.database.write(intake.remember_thread, DECEMBER, services.clock.now())
    await services.database.write(
        intake.store_prepared, DECEMBER.id, intake.prepare(posts), services.clock.now()
    )
    first = await search(world, words="data engineer")
    assert "23 leads found" in said(first)
    second = await world.member.click(first.response, label="Next")
    third = await world.member.click(second.response, label="Next")
    shown = [
        line.split(" · ")[0]
        for page in (first, second, third)
        for line in said(page).split("\n")
        if line.startswith("- ")
    ]
    assert len(shown) == 23
    assert len(set(shown)) == 23
    back = await world.member.click(third.response, label="Back")
    assert said(back) == said(second)


async def test_the_buttons_of_an_old_search_say_kindly_that_it_is_gone(
    world: World, services: Services
) -> None:
    await store_leads(services)
    answer = await search(world, words="engineer")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert said(await world.member.click(answer.response, label="Watch this")) == str(SearchGone())


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"words": "!!! ???"}, NoWordsToSearch),
        ({"place": "---"}, NoWordsToSearch),
        ({"pay": "a lot"}, UnknownPay),
        ({"pay": "99999999"}, UnknownPay),
    ],
)
async def test_what_cannot_be_searched_for_is_said(
    world: World, options: dict[str, str], error: type[Exception]
) -> None:
    answer = await search(world, **options)
    assert answer.ephemeral
    assert answer.response.embeds[0].description
    world.expect_error(error)


@pytest.mark.parametrize("words", ['"', "'; drop table lead; --", "🦆" * 50, "AND OR NOT", "a*" * 40, "C++"])
async def test_no_words_break_a_search(world: World, services: Services, words: str) -> None:
    await store_leads(services)
    answer = await search(world, words=words)
    assert answer.ephemeral
    world.env.errors.clear()
    assert (await latest(world)).response.embeds


async def test_a_forged_choice_of_a_lead_that_never_was_is_answered(world: World, services: Services) -> None:
    await store_leads(services)
    select: discord.ui.Select[discord.ui.View] = discord.ui.Select(
        custom_id="leads:open:v1", options=[discord.SelectOption(label="Forged", value="123")]
    )
    view = discord.ui.View(timeout=None)
    view.add_item(select)
    view.stop()
    channel = world.bot.get_partial_messageable(world.channel.id)
    message = await channel.send("forged", view=view)
    assert said(await world.member.select(message, ["123"])) == str(LeadGone())


async def test_what_demands_a_doctorate_says_so_on_its_card(world: World, services: Services) -> None:
    await store_leads(services)
    card = await open_lead(world, await latest(world), PHD)
    assert "PhD demanded: “" in said(card)


async def test_a_lead_channel_where_the_bot_may_not_write_is_told_in_the_set_up(world: World) -> None:
    me = world.bot.user
    assert me is not None
    closed = {me: discord.PermissionOverwrite(send_messages=False)}
    channel = world.guild.create_text_channel("job-leads", overwrites=closed)
    await world.set_up()
    answer = await world.admin.slash(world.channel, "setup", lead_channel=channel)
    assert "Send Messages" in field(answer.response.embeds[0], "My rights in the lead channel")
    assert "09:00" in field(answer.response.embeds[0], "Job leads")
