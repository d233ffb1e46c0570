"""/idea: writing ideas down, finding that two are one, and where to look for more."""

import sqlite3
from typing import Any

import discord
import pytest

from bot.errors import NotALink
from bot.ideas.errors import (
    CannotAskHere,
    IdeaGone,
    MergeAnswered,
    MergedWithItself,
    NoSuchIdea,
    NotYoursToAnswer,
    OtherIdeaGone,
    TitleMissing,
    TooManyIdeas,
)
from bot.ideas.hooks import Hooks
from bot.ideas.places import all_places, place_at
from bot.ideas.rules import IDEAS_EACH, IdeaText
from bot.ideas.service import Ideas
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said, shown_values

BIRDS = {
    "title": "Recognise birdsong on a phone",
    "problem": "People on a walk hear a bird and can't name it",
    "angle": "The apps that exist need a network",
    "baseline": "Two birds, told apart in a notebook",
    "link": "https://xeno-canto.example/",
}
HOSTILE = "**@everyone** <@1> [free](https://a.example) `x` ||y|| # z"
SCRIPTS = ["W" * 100, "ж" * 100, "ط" * 100, "鳥" * 100, "*a" * 50, "\U0001f426" * 50]


async def add(world: World, member: Any = None, **typed: str) -> Any:
    shown = await (member or world.member).slash(world.channel, "idea add")
    return await world.submit(shown, member=member, **typed)


async def listed(world: World, member: Any = None) -> Any:
    return await (member or world.member).slash(world.channel, "idea list")


def buttons(result: Any) -> list[str]:
    rows = result.response.components
    return [item["label"] for row in rows for item in row["components"] if item["type"] == 2]


def told(message: discord.Message) -> str:
    """What became of a question, in the place of what it asked."""
    assert message.content == ""
    (embed,) = message.embeds
    assert embed.fields == []
    return embed.description or ""


@pytest.fixture
def in_sight(services: Services) -> set[int]:
    """The ids of ideas that everybody sees, as those in a poll are."""
    seen: set[int] = set()

    def sight(db: sqlite3.Connection, guild_id: int, user_id: int) -> set[int]:
        return seen

    services.ideas = Ideas(services.database, services.clock, Hooks(also_seen=[sight]))
    return seen


# Writing down and looking at.


async def test_an_idea_is_asked_for_in_five_fields_and_kept(world: World) -> None:
    shown = await world.member.slash(world.channel, "idea add")
    assert list(shown_values(shown.modal)) == list(BIRDS)
    required = [
        label["component"]["custom_id"]
        for label in shown.modal["components"]
        if label["component"]["required"]
    ]
    assert required == ["title"]
    kept = await world.submit(shown, **BIRDS)
    assert kept.ephemeral
    assert said(kept) == (
        "Recognise birdsong on a phone\n"
        "Kept. Nobody else sees it until you enter it into a poll.\n\n"
        "**The problem, and who has it**\nPeople on a walk hear a bird and can't name it\n\n"
        "**What exists, and the angle**\nThe apps that exist need a network\n\n"
        "**The smallest baseline**\nTwo birds, told apart in a notebook\n\n"
        "<https://xeno-canto.example/>"
    )
    assert buttons(kept) == ["Change it", "Withdraw", "Your ideas", "Add an idea"]


async def test_a_refused_form_gives_the_text_back_and_opens_again_as_it_was(world: World) -> None:
    refused = await add(world, **BIRDS | {"link": "xeno-canto"})
    assert str(NotALink(given="xeno-canto")) in said(refused)
    assert "Two birds, told apart in a notebook" in said(refused)
    again = await world.member.click(refused.response, label="Open the form again")
    assert shown_values(again.modal) == BIRDS | {"link": "xeno-canto"}
    kept = await world.submit(again, link="")
    assert "Kept." in said(kept)
    blank = await add(world, title=" \u2800 ", problem="A problem without a name")
    assert str(TitleMissing()) in said(blank)
    assert "A problem without a name" in said(blank)


async def test_every_script_and_all_markup_is_shown_as_text(world: World) -> None:
    for title in [*SCRIPTS, HOSTILE]:
        kept = await add(world, title=title, problem=HOSTILE)
        await world.member.click(kept.response, label="Withdraw")
    assert r"\*\*@everyone\*\* \<@1>" in said(kept)
    page = await listed(world)
    assert all(title in said(page) for title in SCRIPTS if "*" not in title)
    # Names of choices and of options are text in Discord; they are held against its limits at the end.
    chosen = await world.member.slash(world.channel, "idea show", idea=HOSTILE)
    assert r"\`x\`" in said(chosen)


async def test_the_list_turns_its_pages_and_shows_one(world: World, services: Services) -> None:
    empty = await listed(world)
    assert "None yet. Gather two or three dozen before you choose" in said(empty)
    for number in range(1, 13):
        await services.ideas.add(world.guild.id, world.member.id, IdeaText(f"Idea {number}"))
    first = await listed(world)
    assert "1. **Idea 12**" in said(first)
    assert "**Idea 2**" not in said(first)
    assert first.response.embeds[0].footer.text.startswith("12 ideas. From 20 on")
    second = await world.member.click(first.response, label="Older")
    assert said(second) == "Your ideas\n11. **Idea 2**\n12. **Idea 1**"
    shown = await world.member.select(second.response, ["1"])
    assert said(shown) == "Idea 1\nNothing but a title yet. /idea edit has room for more."
    back = await world.member.click(shown.response, label="Your ideas")
    assert "1. **Idea 12**" in said(back)


async def test_the_sixty_first_is_refused_and_its_text_comes_back(world: World, services: Services) -> None:
    for number in range(IDEAS_EACH):
        await services.ideas.add(world.guild.id, world.member.id, IdeaText(f"Idea {number}"))
    refused = await add(world, title="One too many")
    assert str(TooManyIdeas(limit=60)) in said(refused)
    assert "One too many" in said(refused)


async def test_an_idea_is_changed_withdrawn_by_a_second_press_and_taken_up_again(world: World) -> None:
    await add(world, title="Bird calls")
    form = await world.member.slash(world.channel, "idea edit", idea="bird CALLS")
    assert shown_values(form.modal)["title"] == "Bird calls"
    changed = await world.submit(form, baseline="Two birds")
    assert "Changed." in said(changed)
    asked = await world.member.click(changed.response, label="Withdraw")
    assert (
        said(asked)
        == "Withdraw **Bird calls**? It leaves your list, and the polls it is in go on without it."
    )
    kept = await world.member.click(asked.response, label="Keep it")
    assert "Two birds" in said(kept)
    asked = await world.member.slash(world.channel, "idea withdraw", idea="Bird calls")
    gone = await world.member.click(asked.response, label="Yes, withdraw it")
    assert said(gone) == "**Bird calls** is withdrawn."
    again = await world.member.click(gone.response, label="Take it up again")
    assert "It is among your ideas again." in said(again)
    assert "Two birds" in said(again)


async def test_a_form_sent_after_the_idea_was_withdrawn_loses_nothing(
    world: World, services: Services
) -> None:
    await add(world, title="Bird calls")
    form = await world.member.slash(world.channel, "idea edit", idea="Bird calls")
    await services.ideas.withdraw(world.guild.id, world.member.id, 1)
    refused = await world.submit(form, problem="Written in the meantime")
    assert str(IdeaGone()) in said(refused)
    again = await world.member.click(refused.response, label="Open the form again")
    assert shown_values(again.modal)["problem"] == "Written in the meantime"
    assert "Kept." in said(await world.submit(again))


async def test_buttons_work_after_a_restart_and_lead_to_ones_own_alone(
    world: World, services: Services
) -> None:
    kept = await add(world, title="Bird calls")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    await world.member.click(kept.response, label="Withdraw")
    other = world.env.create_guild("Another school")
    channel = other.create_text_channel("general")
    stranger = other.add_member(world.member.user)
    assert "None yet." in said(await stranger.slash(channel, "idea list"))
    # The numbers of ideas are the bot's, so one of another server can be asked for.
    refused = await stranger.slash(channel, "idea show", idea="1")
    assert said(refused) == str(NoSuchIdea(given="1"))
    world.expect_error(NoSuchIdea)


async def test_only_ones_own_are_offered_while_typing_and_to_merge_into_those_in_sight_too(
    world: World, in_sight: set[int]
) -> None:
    for title in (SCRIPTS[-1], "x" * 100, "Bird calls"):
        await add(world, title=title)
    await add(world, member=world.admin, title="Birdsong")

    async def offered(command: str, option: str, typed: str) -> list[str]:
        choices = await world.member.autocomplete(world.channel, command, option, typed)
        return [choice["name"] for choice in choices]

    for command in ("idea show", "idea edit", "idea withdraw", "idea merge"):
        assert await offered(command, "idea", "") == ["Bird calls", "x" * 100, SCRIPTS[-1]]
    assert await offered("idea merge", "into", "BIRD") == ["Bird calls"]
    in_sight.add(4)
    assert await offered("idea merge", "into", "BIRD") == ["Bird calls", "Birdsong"]
    assert await offered("idea show", "idea", "BIRD") == ["Bird calls"]


# Two that are one.


async def test_what_looks_like_an_idea_is_said_and_merged_by_a_second_press(world: World) -> None:
    await add(world, title="Detect bird calls with a mobile app", problem="Hikers can't name birds")
    kept = await add(world, **BIRDS)
    assert "Kept." in said(kept)
    assert field(kept.response.embeds[0], "This one looks like it").startswith(
        "- **Detect bird calls with a mobile app**\nAre they one?"
    )
    asked = await world.member.click(kept.response, label="Merge with “Detect bird calls with a mobile app”")
    assert said(asked) == (
        "Merge these two?\n**Recognise birdsong on a phone** becomes part of "
        "**Detect bird calls with a mobile app**, which keeps what it says. This can't be undone."
    )
    merged = await world.member.click(asked.response, label="Yes, merge them")
    assert "Merged: **Recognise birdsong on a phone** is now part of this one." in said(merged)
    assert "Hikers can't name birds" in said(merged)
    assert "birdsong" not in said(await listed(world))


async def test_that_they_differ_changes_nothing(world: World) -> None:
    await add(world, title="Bird calls on a phone")
    kept = await add(world, title="Bird calls on the phone")
    shown = await world.member.click(kept.response, label="They differ")
    assert said(shown).startswith("Bird calls on the phone\n")
    assert "1. " in said(await listed(world))
    assert "2. " in said(await listed(world))


async def test_another_author_is_asked_once_and_alone_can_answer(
    world: World, services: Services, in_sight: set[int]
) -> None:
    cleo = world.guild.add_member(world.env.create_user("cleo"))
    await add(world, member=world.admin, title="Bird calls on a phone", problem="Hikers wonder")
    in_sight.add(1)
    kept = await add(world, title="Bird calls on the phone")
    asked = await world.member.click(kept.response, label="Merge with “Bird calls on a phone”")
    assert said(asked) == (
        "I am asking those whose idea it is whether **Bird calls on the phone** and "
        "**Bird calls on a phone** are one. They see that the first is yours; the question below names "
        "neither."
    )
    (question,) = world.posted()
    assert question.content == (
        f"<@{world.admin.id}>: <@{world.member.id}> finds that an idea of theirs and one of yours are one. "
        "Are they?"
    )
    sent = [r.json for r in world.env.http_requests if "Are they?" in str(r.json)]
    assert [body["allowed_mentions"] for body in sent] == [{"parse": [], "users": [world.admin.id]}]
    assert not any("Bird calls" in str(body) for body in sent)

    for nosy in (cleo, world.member):
        assert said(await nosy.click(question, label="Look at both")) == str(NotYoursToAnswer())
    both = await world.admin.click(question, label="Look at both")
    assert both.ephemeral
    assert field(both.response.embeds[0], "Theirs: Bird calls on the phone") == "Nothing but a title."
    assert field(both.response.embeds[0], "Yours: Bird calls on a phone").endswith("Hikers wonder")
    answered = await world.admin.click(both.response, label="Merge")
    assert said(answered) == (
        "**Bird calls on the phone** is now part of **Bird calls on a phone**, which is an idea of you all."
    )
    await world.pass_time(seconds=10)
    (question,) = world.posted()
    assert told(question) == (
        f"Two ideas that were the same are one now, an idea of <@{world.admin.id}>, <@{world.member.id}>."
    )
    own = await world.member.click(question, label="Your ideas")
    assert own.ephemeral
    assert said(own) == "Your ideas\n1. **Bird calls on a phone**"
    shown = await world.member.slash(world.channel, "idea show", idea="Bird calls on a phone")
    assert field(shown.response.embeds[0], "It is theirs too") == f"<@{world.admin.id}>"


async def test_wholly_different_words_are_merged_by_choice_and_a_no_is_said(
    world: World, in_sight: set[int]
) -> None:
    await add(world, member=world.admin, title="Whose voice is that in the hedge?")
    in_sight.add(1)
    await add(world, title="Recognise birdsong")
    await world.member.slash(world.channel, "idea merge", idea="Recognise birdsong", into="1")
    (question,) = world.posted()
    both = await world.admin.click(question, label="Look at both")
    again = await world.admin.click(question, label="Look at both")
    answered = await world.admin.click(both.response, label="They differ")
    assert said(answered) == (
        "They stay two ideas: **Recognise birdsong** and **Whose voice is that in the hedge?**."
    )
    assert said(await world.admin.click(again.response, label="Merge")) == str(MergeAnswered())
    await world.pass_time(seconds=10)
    (question,) = world.posted()
    assert told(question) == "This was about two ideas that look alike. They stay two."


async def test_a_question_about_an_idea_that_is_withdrawn_says_so_and_names_it_no_more(
    world: World, services: Services, in_sight: set[int]
) -> None:
    await add(world, member=world.admin, title="Bird calls")
    in_sight.add(1)
    await add(world, title="Recognise birdsong")
    await world.member.slash(world.channel, "idea merge", idea="Recognise birdsong", into="Bird calls")
    await services.ideas.withdraw(world.guild.id, world.admin.id, 1)
    await world.pass_time(seconds=10)
    (question,) = world.posted()
    assert "one is not there any more" in told(question)


async def test_where_the_bot_may_not_write_nobody_is_asked(world: World, in_sight: set[int]) -> None:
    await add(world, member=world.admin, title="Bird calls")
    in_sight.add(1)
    await add(world, title="Recognise birdsong")
    me = world.bot.user
    assert me is not None
    silent = world.guild.create_text_channel(
        "mute", overwrites={me: discord.PermissionOverwrite(send_messages=False)}
    )
    refused = await world.member.slash(silent, "idea merge", idea="Recognise birdsong", into="1")
    assert said(refused) == str(CannotAskHere())
    world.expect_error(CannotAskHere)
    assert world.posted(silent) == []


async def test_an_idea_is_not_merged_with_itself_nor_with_one_that_nobody_showed(world: World) -> None:
    await add(world, member=world.admin, title="Bird calls")
    await add(world, title="Recognise birdsong")
    itself = await world.member.slash(world.channel, "idea merge", idea="2", into="2")
    assert said(itself) == str(MergedWithItself())
    hidden = await world.member.slash(world.channel, "idea merge", idea="2", into="1")
    assert said(hidden) == str(NoSuchIdea(given="1"))
    kept = await add(world, title="Recognise birdsong!")
    late = await world.member.slash(world.channel, "idea merge", idea="3", into="2")
    asked = await world.member.click(kept.response, label="Merge with “Recognise birdsong”")
    assert "Merged:" in said(await world.member.click(asked.response, label="Yes, merge them"))
    gone = await world.member.click(late.response, label="Yes, merge them")
    assert said(gone) == str(OtherIdeaGone())
    causes = [type(error.__cause__) for error in world.env.errors]
    assert causes == [MergedWithItself, NoSuchIdea]


# Where to look.


async def test_one_place_at_a_time_is_shown_with_a_word_of_counsel(world: World) -> None:
    first = await world.member.slash(world.channel, "idea places")
    assert first.ephemeral
    place = next(place for place in all_places() if place.name == first.response.embeds[0].title)
    assert said(first) == f"{place.name}\n{place.what}\n{place.why}\n\n{place.link}"
    assert first.response.embeds[0].footer.text == place.counsel
    shown = await world.member.click(first.response, label="Another place")
    assert shown.response.embeds[0].title == place_at(place.number + 1).name
    form = await world.member.click(shown.response, label="Add an idea")
    assert list(shown_values(form.modal)) == list(BIRDS)
