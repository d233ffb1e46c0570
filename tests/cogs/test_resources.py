"""/resource: finding, looking round, one at a time, what is one's own, and sharing."""

import re
from typing import Any

import discord
import pytest

from bot.resources.errors import (
    CannotShareHere,
    NoSuchResource,
    QueryEmpty,
    QueryTooLong,
    ResourceGone,
    UnknownTopic,
)
from bot.resources.loading import load
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said
from tests.small_shelf import ACADEMY, CATALOGUE, FRAMES, NETS, stock

HOSTILE = [
    '"' * 40,
    "*" * 60,
    "NEAR(",
    "title:x OR NOT (",
    "**@everyone** <@1> `x` ||y|| [free](https://a.example)",
    "\U0001f41d" * 50,
    "機械学習を学びたい",
    "https://tracked.example/?utm_source=x and " + "words " * 20,
    "\u202e\u200b\u0000x",
    "deep\nlearning",
]


@pytest.fixture
async def shelf(services: Services) -> dict[str, int]:
    """The small catalogue on every server's shelf; the ids of its resources by title."""
    return await stock(services)


async def resource(world: World, command: str, member: Any = None, **options: Any) -> Any:
    return await (member or world.member).slash(world.channel, f"resource {command}", **options)


async def click(world: World, result: Any, label: str, member: Any = None) -> Any:
    return await (member or world.member).click(result.response, label=label)


async def choose(world: World, result: Any, value: str | int, prefix: str) -> Any:
    """Choose in the select whose custom id begins like that."""
    (custom_id,) = [
        item["custom_id"]
        for row in result.response.components
        for item in row["components"]
        if item["custom_id"].startswith(prefix)
    ]
    return await world.member.select(result.response, [str(value)], custom_id=custom_id)


def buttons(result: Any) -> list[str]:
    rows = result.response.components
    return [item["label"] for row in rows for item in row["components"] if item["type"] == 2]


def titles(result: Any) -> list[str]:
    """The titles that a list shows, in their order."""
    return re.findall(r"\*\*(?:\d\. )?\[(.+?)\]\(", said(result))


async def test_from_a_search_to_having_been_helped_with_a_restart_between(
    world: World, services: Services, shelf: dict[str, int]
) -> None:
    answer = await resource(world, "find", query="nueral networks")
    assert answer.ephemeral
    assert "Understood as “neural networks”." in said(answer)
    assert "course · for beginners · free · some 60 hours" in said(answer)
    assert set(titles(answer)) == {"Nets by Hand", "Deep Academy", "Tensors in an Evening"}

    await world.env.restart_bot(Autodidact(services, shard_count=1))
    page = await choose(world, answer, shelf[NETS.title], "resource:pick:v1")
    assert page.ephemeral
    assert buttons(page) == ["Save", "Start", "Finish", "Helped me", "Link is dead", "Share"]

    await click(world, page, "Save")
    page = await click(world, page, "Start")
    assert "You began it on <t:1767225600:D>." in said(page)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    page = await click(world, page, "Finish")
    assert "Knowing is not showing: build something with it." in said(page)
    form = await click(world, page, "Add an idea")
    assert form.modal is not None
    page = await click(world, page, "Helped me")
    assert "helped 1 here" in said(page)
    assert buttons(page)[:4] == ["Saved", "Start", "Finished", "It helped me"]
    page = await click(world, page, "Link is dead")
    assert "1 member says that the link is dead." in said(page)
    assert "You said that it is dead" in buttons(page)

    yours = await resource(world, "mine")
    assert yours.ephemeral
    assert (
        "**Finished**\n- [Nets by Hand](https://nets.example/start) · <t:1767225600:D> · it helped you"
        in said(yours)
    )
    # Taken back, it is as if it had never been said.
    for label in ("It helped me", "Finished", "Started", "Saved"):
        page = await click(world, page, label)
    assert buttons(page)[:4] == ["Save", "Start", "Finish", "Helped me"]
    assert "helped" not in said(page)
    assert "Nothing yet." in said(await resource(world, "mine"))


async def test_what_is_shared_opens_for_everybody_and_shows_nothing_of_the_sharer(
    world: World, services: Services, shelf: dict[str, int]
) -> None:
    page = await resource(world, "show", resource=NETS.title)
    page = await click(world, page, "Start")
    await click(world, page, "Share")
    answer = await resource(world, "find", query="neural networks")
    await click(world, answer, "Share")
    one, several = world.posted()
    assert one.content == "**ben** shares a resource."
    assert "You began" not in str(one.embeds[0].to_dict())
    assert several.content == "**ben** shares some resources."
    assert several.embeds[0].title == "“neural networks”"
    assert "you began it" not in (several.embeds[0].description or "")
    assert "Deep Academy" in (several.embeds[0].description or "")

    await world.env.restart_bot(Autodidact(services, shard_count=1))
    hers = await world.admin.click(one, label="Open it for me")
    assert hers.ephemeral
    assert "You began" not in said(hers)
    hers = await world.admin.select(several, [str(shelf[ACADEMY.title])])
    assert hers.ephemeral
    assert "Deep Academy" in said(hers)
    assert len(world.posted()) == 2


async def test_nothing_is_shared_where_the_bot_may_not_write(world: World, shelf: dict[str, int]) -> None:
    me = world.bot.user
    assert me is not None
    silent = world.guild.create_text_channel(
        "mute", overwrites={me: discord.PermissionOverwrite(send_messages=False)}
    )
    page = await world.member.slash(silent, "resource show", resource=NETS.title)
    refused = await click(world, page, "Share")
    assert refused.ephemeral
    assert world.posted(silent) == []
    assert str(CannotShareHere()) in said(refused)


async def test_when_nothing_fits_it_says_so_and_leads_on(world: World, shelf: dict[str, int]) -> None:
    nothing = await resource(world, "find", query="gardening with horses")
    assert said(nothing).startswith("Nothing fits “gardening with horses”")
    assert "without names" in said(nothing)
    assert buttons(nothing)[-1] == "Suggest one"

    narrow = await resource(
        world, "find", query="neural networks", cost="free", level="beginner", kind="book", time=180
    )
    assert "free, for beginners, book, an evening (3 hours)" in said(narrow)
    wider = await click(world, narrow, "Look without that")
    assert "Nets by Hand" in titles(wider)

    kept = await resource(world, "find", query="neural networks", cost="free", time=180)
    assert titles(kept) == ["Tensors in an Evening"]
    assert "Asked for: free, an evening (3 hours)." in said(kept)


async def test_what_is_picked_while_typing_opens_at_once(
    world: World, services: Services, shelf: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = await world.member.autocomplete(world.channel, "resource find", "query", "nets")
    assert choices[0]["name"] == "Nets by Hand"
    page = await resource(world, "find", query=choices[0]["value"])
    assert said(page).startswith("Nets by Hand\n")
    # A number that is typed is searched.
    assert not said(await resource(world, "find", query=str(shelf[NETS.title]))).startswith("Nets by Hand\n")
    (choice, *_others) = await world.member.autocomplete(world.channel, "resource show", "resource", "nbh")
    assert said(await resource(world, "show", resource=choice["value"])).startswith("Nets by Hand\n")

    async def broken(guild_id: int, typed: str) -> Any:
        raise RuntimeError

    monkeypatch.setattr(services.resources, "complete", broken)
    assert await world.member.autocomplete(world.channel, "resource find", "query", "nets") == []


async def test_looking_round_goes_by_step_topic_kind_and_page_after_a_restart_too(
    world: World, services: Services, shelf: dict[str, int]
) -> None:
    steps = await resource(world, "browse")
    assert "**Learn** · 11" in said(steps)
    page = await choose(world, steps, "learn", "resource:step:v1")
    assert len(titles(page)) == 5
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    seen = titles(page)
    for _turn in range(2):
        page = await click(world, page, "Next")
        seen += titles(page)
    # All that is learned from, each once, but for what is dead.
    assert sorted(seen) == sorted(
        entry.title for entry in CATALOGUE if entry.step.value == "learn" and not entry.dead
    )
    assert "Next" not in buttons(page)
    page = await choose(world, page, "pytorch", "resource:topic:v1")
    page = await choose(world, page, "tutorial", "resource:kind:v1")
    assert said(page).startswith("Learn · PyTorch · tutorial\n")
    assert titles(page) == ["Tensors in an Evening"]
    page = await choose(world, page, "-", "resource:kind:v1")
    opened = await choose(world, page, shelf[NETS.title], "resource:pick:v1")
    assert said(opened).startswith("Nets by Hand\n")

    by_topic = await resource(world, "browse", topic="Data Analysis", kind="practice")
    assert titles(by_topic) == ["Frames and Tables"]
    choices = await world.member.autocomplete(world.channel, "resource browse", "topic", "lang")
    assert [choice["name"] for choice in choices] == ["large language models", "natural language processing"]


async def test_the_whole_catalogue_has_more_topics_than_a_select_holds(world: World) -> None:
    page = await resource(world, "browse")
    seen: set[str] = set()
    for group in (1, 2):
        options = page.response.components[1]["components"][0]["options"]
        seen |= {option["value"] for option in options}
        page = await choose(world, page, f"~{group}", "resource:topic:v1")
        assert "resources to look at" in said(page)
    assert len(seen - {"-"}) > 40


async def test_one_thing_comes_next_and_something_else_if_asked(world: World, shelf: dict[str, int]) -> None:
    first = await resource(world, "next")
    assert first.ephemeral
    assert buttons(first) == ["Start it", "Save", "Something else", "Open"]
    # Nothing was measured yet.
    assert first.response.embeds[0].footer.text is None
    passed_over = said(first).split("\n")[0]
    second = await click(world, first, "Something else")
    title = said(second).split("\n")[0]
    assert title != passed_over
    page = await click(world, second, "Start it")
    assert "You began it" in said(page)
    again = await resource(world, "next")
    assert said(again).split("\n")[:2] == [
        title,
        "You began this on <t:1767225600:D>: go on with it, or lay it aside.",
    ]
    assert buttons(again) == ["Finish", "Something else", "Open"]


async def test_what_one_server_has_helped_and_hides_is_its_own(
    world: World, services: Services, shelf: dict[str, int]
) -> None:
    other = world.env.create_guild("Another group")
    channel = other.create_text_channel("daily")
    member = other.add_member(world.member.user)
    page = await resource(world, "show", resource=NETS.title)
    await click(world, page, "Start")
    await click(world, page, "Helped me")
    await services.curation.remove(world.guild.id, shelf[FRAMES.title])

    elsewhere = await member.slash(channel, "resource show", resource=NETS.title)
    assert "helped" not in said(elsewhere)
    assert buttons(elsewhere)[:2] == ["Save", "Start"]
    assert "Nothing yet." in said(await member.slash(channel, "resource mine"))
    there = await member.slash(channel, "resource browse", topic="data-analysis")
    assert titles(there) == ["Frames and Tables"]
    assert "There is nothing of that." in said(await resource(world, "browse", topic="data-analysis"))
    gone = await member.slash(channel, "resource show", resource=FRAMES.title)
    assert "Frames and Tables" in said(gone)
    refused = await resource(world, "show", resource=FRAMES.title)
    assert str(NoSuchResource(given=FRAMES.title)) in said(refused)
    world.expect_error(NoSuchResource)


async def test_hostile_queries_are_shown_as_text_and_answered(world: World, shelf: dict[str, int]) -> None:
    for query in HOSTILE:
        answer = await resource(world, "find", query=query, cost="paid")
        assert answer.ephemeral
        assert said(answer)
    last = await resource(world, "find", query=HOSTILE[4])
    assert r"\*\*@everyone\*\* \<@1>" in said(last)
    for query, error in ((" \n ", QueryEmpty()), ("x" * 500, QueryTooLong(length=500, limit=200))):
        assert str(error) in said(await resource(world, "find", query=query))
    assert str(UnknownTopic(given="knitting")) in said(await resource(world, "browse", topic="knitting"))
    for typed in HOSTILE:
        assert isinstance(
            await world.member.autocomplete(world.channel, "resource find", "query", typed), list
        )
    assert [type(error.__cause__) for error in world.env.errors] == [QueryEmpty, QueryTooLong, UnknownTopic]
    answers = [r.json["data"] for r in world.env.http_requests if r.path.startswith("/interactions")]
    assert all("content" not in data or data["content"] is None for data in answers)


async def test_what_is_gone_is_said_to_be_gone(
    world: World, services: Services, shelf: dict[str, int]
) -> None:
    answer = await resource(world, "find", query="neural networks")
    saved = await resource(world, "show", resource=ACADEMY.title)
    saved = await click(world, saved, "Save")
    left = [entry for entry in CATALOGUE if entry not in (NETS, ACADEMY)]
    await services.database.write(load, left, services.clock.now())
    opened = await choose(world, answer, shelf[NETS.title], "resource:pick:v1")
    assert str(ResourceGone()) in said(opened)
    # What was marked can be let go of.
    still = await click(world, saved, "Start")
    assert str(ResourceGone()) in said(still)
    yours = await resource(world, "mine")
    assert "not on the shelf any more" in said(yours)
    page = await choose(world, yours, shelf[ACADEMY.title], "resource:pick:v1")
    assert buttons(page) == ["Saved"]
    page = await click(world, page, "Saved")
    assert page.response.components == []


async def test_what_is_ones_own_goes_over_pages(
    world: World, services: Services, shelf: dict[str, int]
) -> None:
    python = [title for title in shelf if title.startswith("Python")]
    for title in python:
        await services.resources.save(world.guild.id, world.member.id, shelf[title], on=True)
    first = await resource(world, "mine")
    assert first.response.embeds[0].footer.text == "page 1 of 2"
    shown = said(first)
    second = await click(world, first, "Next")
    both = shown + said(second)
    assert [both.count(f"[{title}]") for title in python] == [1] * len(python)
    # Pages that were are not there any more once less is saved; the last one stands for them.
    for title in python[:3]:
        await services.resources.save(world.guild.id, world.member.id, shelf[title], on=False)
    back = await click(world, second, "Back")
    assert back.response.embeds[0].footer.text is None
    assert "Next" not in buttons(back)
