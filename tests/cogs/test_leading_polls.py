"""Polls from the first idea to the pick, as those see them who fill and steer them."""

import json
from typing import Any

import discord
import pytest

from bot.ideas.rules import IdeaText
from bot.polls.errors import (
    NobodyTapped,
    NotYourPoll,
    NotYoursToSteer,
    TooFewIdeas,
)
from bot.polls.recount import recount
from bot.polls.rules import Phase
from bot.services import Services
from tests.cogs.conftest import World, field, said
from tests.cogs.polls_seen import (
    add,
    labels_under,
    poll_message,
    shown,
    start,
    time_passes,
    view_of,
)
from tests.cogs.voting_booth import Booth, labels, text
from tests.open_polls import numbered_ideas


@pytest.fixture
def cy(world: World) -> Any:
    return world.guild.add_member(world.env.create_user("cy"))


# -- collecting


async def test_two_people_collect_and_each_takes_out_their_own(
    world: World, services: Services, cy: Any
) -> None:
    await start(world, who="invited")
    poll_id = (await view_of(world, services)).poll.id
    await services.polls.invite(world.guild.id, world.member.id, poll_id, [cy.id], manages=False)
    added = await add(world, "Spot the bird", problem="Beginners see a bird and have no name for it")
    assert added.ephemeral
    assert "**Spot the bird** is in the poll, and on your list." in said(added)
    assert "There is 1 idea now; 20 are a good number." in said(added)
    assert labels(added) == ["Add another", "The ideas"]
    alike = await add(world, "Spot the birds", cy, problem="Beginners see a bird and have no name for it")
    assert field(alike.response.embeds[0], "This one looks like it").startswith("- **Spot the bird**\n")
    assert labels(alike)[0] == "Merge with “Spot the bird”"
    await services.ideas.add(world.guild.id, cy.id, IdeaText("Water the plants"))
    listed = await cy.click(poll_message(world), label="From my list")
    options = listed.response.components[0]["components"][0]["options"]
    assert [option["label"] for option in options] == ["Water the plants"]
    entered = await cy.select(listed.response, [options[0]["value"]])
    assert "The poll has 3 ideas now.\n\nThere is nothing more on your list" in said(entered)
    ideas = await cy.click(poll_message(world), label="The ideas")
    assert "1. **Spot the bird**\n2. **Spot the birds** (yours)\n3. **Water the plants** (yours)" in said(
        ideas
    )
    assert f"<@{world.member.id}>" not in said(ideas)
    own = {entry.text.title: str(entry.idea_id) for entry in (await view_of(world, services)).entries}
    read = await cy.select(ideas.response, [own["Spot the bird"]])
    assert "Beginners see a bird" in said(read)
    assert labels(read) == ["All ideas"]
    ideas = await cy.click(read.response, label="All ideas")
    read = await cy.select(ideas.response, [own["Spot the birds"]])
    out = await cy.click(read.response, label="Take it out")
    assert "It is out of this poll, and still on your list.\n1. **Spot the bird**\n2. **Water" in said(out)
    await world.pass_time(seconds=10)
    assert "2 of 20 ideas" in shown(poll_message(world))
    titles = [idea.text.title for idea in await services.ideas.of_member(world.guild.id, cy.id)]
    assert set(titles) == {"Spot the birds", "Water the plants"}


async def test_a_stranger_neither_adds_ideas_nor_reads_them(world: World, cy: Any) -> None:
    """A poll for oneself takes all that is on one's list, which was for nobody else's eyes."""
    await start(world)
    for label in ("Add an idea", "From my list", "The ideas"):
        assert str(NotYourPoll()) in said(await cy.click(poll_message(world), label=label))


async def test_a_refused_idea_comes_back_and_its_form_opens_as_it_was(world: World) -> None:
    await start(world)
    refused = await add(world, "A bird", link="not an address", problem="Nobody knows")
    assert "**Title**\n```\nA bird\n```" in said(refused)
    form = await world.member.click(refused.response, label="Open the form again")
    assert "Nobody knows" in str(form.modal)
    assert "**A bird** is in the poll" in said(await world.submit(form, link="https://bird.example"))


async def test_an_idea_that_is_sent_when_the_voting_has_begun_is_given_back(
    world: World, services: Services
) -> None:
    await start(world)
    for idea in numbered_ideas(6):
        await services.polls.add_idea(world.guild.id, world.member.id, 1, idea)
    form = await world.member.click(poll_message(world), label="Add an idea")
    await services.polls.open_voting(world.guild.id, world.member.id, 1, manages=False)
    late = await world.submit(form, title="Too late")
    assert "“What do we build?” does not collect ideas any more" in said(late)
    assert "Too late" in said(late)
    # Nothing of it is on the list: it would have been forgotten there.
    assert len(await services.ideas.of_member(world.guild.id, world.member.id)) == 6


async def test_sixty_ideas_are_four_pages_and_a_poll_takes_no_more(world: World, services: Services) -> None:
    await start(world)
    for number in range(60):
        await services.polls.add_idea(world.guild.id, world.member.id, 1, IdeaText(f"Idea {number + 1}"))
    page = await world.member.click(poll_message(world), label="The ideas")
    seen = [text(page)]
    while "Later ones" in labels_of(page):
        page = await world.member.click(page.response, label="Later ones")
        seen.append(text(page))
    assert [one.count("\n") + 1 for one in seen] == [15, 15, 15, 15]
    assert seen[3].endswith("60. **Idea 60** (yours)")
    assert "Earlier ones" in labels_of(page)


def labels_of(answer: Any) -> list[str]:
    return [item.get("label", "") for row in answer.response.components for item in row["components"]]


# -- steering


async def test_a_stranger_steers_nothing_and_who_manages_the_server_steers_all(
    world: World, services: Services, cy: Any
) -> None:
    await start(world)
    assert str(NotYoursToSteer()) in said(await cy.click(poll_message(world), label="Steer"))
    panel = await world.admin.click(poll_message(world), label="Steer")
    assert panel.ephemeral
    assert "Phase: **Collect**" in said(panel)
    assert labels(panel) == ["Open the voting", "A day more", "A week more", "Drop the poll"]
    # A panel that a stranger came by leads nowhere either.
    refused = await cy.click(poll_message(world), custom_id=steer_id(poll_message(world)))
    assert str(NotYoursToSteer()) in said(refused)
    early = await world.admin.click(panel.response, label="Open the voting")
    assert str(TooFewIdeas(count=0, needed=6)) in said(early)


def steer_id(message: discord.Message) -> str:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    ids = [str(getattr(item, "custom_id", "")) for row in rows for item in row.children]
    return next(custom_id for custom_id in ids if custom_id.startswith("poll:steer:"))


async def test_more_time_moves_all_that_follows(world: World, services: Services) -> None:
    await start(world)
    before = (await view_of(world, services)).poll
    panel = await world.member.click(poll_message(world), label="Steer")
    panel = await world.member.click(panel.response, label="A week more")
    panel = await world.member.click(panel.response, label="A day more")
    assert said(panel).startswith("What do we build?\nA day more. What follows moves along.")
    after = (await view_of(world, services)).poll
    moved = [
        (later - earlier).days
        for earlier, later in (
            (before.collect_until, after.collect_until),
            (before.cards_until, after.cards_until),
            (before.final_until, after.final_until),
        )
    ]
    assert moved == [8, 8, 8]


async def test_a_poll_is_dropped_by_a_second_press_only(world: World, services: Services) -> None:
    await start(world)
    panel = await world.member.click(poll_message(world), label="Steer")
    asked = await world.member.click(panel.response, label="Drop the poll")
    assert "Drop “What do we build?”? It ends for everybody" in said(asked)
    kept = await world.member.click(asked.response, label="Keep it")
    assert "Phase: **Collect**" in said(kept)
    asked = await world.member.click(kept.response, label="Drop the poll")
    dropped = await world.member.click(asked.response, label="Yes, drop it")
    assert "It is dropped" in said(dropped)
    assert (await view_of(world, services)).poll.phase is Phase.DROPPED
    await world.pass_time(seconds=10)
    assert "It was dropped by hand." in shown(poll_message(world))
    assert labels_under(poll_message(world)) == ["The ideas"]


async def test_cards_without_a_tap_cannot_be_ended_and_time_drops_the_poll(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    panel = await world.admin.click(booth.message, label="Steer")
    assert str(NobodyTapped()) in said(await world.admin.click(panel.response, label="End the cards"))
    await time_passes(world, services)
    assert "Nobody tapped a card in time" in shown(poll_message(world))


async def test_with_a_single_idea_time_drops_the_poll_and_the_idea_stays(
    world: World, services: Services
) -> None:
    await start(world)
    await add(world, "The only one")
    await time_passes(world, services)
    assert "Fewer than two ideas were left in it" in shown(poll_message(world))
    ideas = await services.ideas.of_member(world.guild.id, world.member.id)
    assert [idea.text.title for idea in ideas] == ["The only one"]


# -- to the pick


async def test_from_the_cards_to_the_pick_with_charts_and_a_file_that_counts_the_same(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    assert "Who voted: Nobody yet" in shown(poll_message(world))
    await booth.tap(await booth.vote())
    await world.pass_time(seconds=10)
    assert f"Who voted: <@{world.member.id}>\n1 tap" in shown(poll_message(world))
    panel = await world.admin.click(poll_message(world), label="Steer")
    ended = await world.admin.click(panel.response, label="End the cards")
    assert "The cards are over, and the final is open." in said(ended)
    shortlist = world.posted()[-1]
    assert shortlist.embeds[0].title == "The shortlist"
    assert labels_under(shortlist) == ["Your ballot"]
    assert [file.filename for file in shortlist.attachments] == ["ranking.png"]
    assert "Not settled" in shown(shortlist)
    await world.pass_time(seconds=10)
    assert "they were ended by hand" in shown(poll_message(world))
    again = await world.member.click(poll_message(world), label="The shortlist")
    assert again.ephemeral
    assert again.response.embeds[0].description == shortlist.embeds[0].description
    panel = await world.admin.click(poll_message(world), label="Steer")
    ended = await world.admin.click(panel.response, label="End the final")
    assert "The final is over." in said(ended)
    result = next(each for each in world.posted() if each.embeds and "The pick" in str(each.embeds[0].title))
    assert "Nobody cast a ballot, so what the cards say decides." in shown(result)
    assert labels_under(result) == ["Your votes"]
    picture, file = result.attachments
    assert (picture.filename, file.filename) == ("ranking.png", "poll-votes.json")
    assert picture.description is not None
    assert picture.description.startswith("Chart: What do we build?.")
    record = (await file.read()).decode()
    counted = recount(record)
    assert counted.is_same
    titles = [idea["title"] for idea in json.loads(record)["ideas"]]
    assert result.embeds[0].title == f"The pick: {titles[counted.result.final.order[0].idea]}"
    await world.pass_time(seconds=10)
    assert "is being built: its team has until" in shown(poll_message(world))


async def test_a_standing_is_shown_to_those_who_vote_if_the_poll_says_so(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services, standing_open=True)
    none_yet = await world.member.click(booth.message, label="Standing")
    assert "Nobody has tapped a card yet" in said(none_yet)
    await booth.tap(await booth.vote())
    standing = await world.member.click(booth.message, label="Standing")
    assert standing.ephemeral
    assert "How the cards stand now" in said(standing)
    assert [file.filename for file in standing.response.attachments] == ["ranking.png"]


@pytest.mark.parametrize("letter", ["界", "*"])
async def test_titles_of_a_hundred_characters_go_all_the_way(
    world: World, services: Services, letter: str
) -> None:
    """The fixture holds every body against Discord's limits."""
    title = (letter * 100)[:97]
    ideas = [IdeaText(f"{title} {number}", letter * 600) for number in range(10, 18)]
    booth = await Booth.opened(world, services, ideas)
    await world.member.click(booth.message, label="The ideas")
    await booth.to_the_final()
    await booth.end_final()
    await world.admin.click(poll_message(world), label="The ideas")
    await world.member.slash(world.channel, "poll list")
    shown_again = await world.member.slash(world.channel, "poll show", poll=str(booth.poll_id))
    assert shown_again.ephemeral
