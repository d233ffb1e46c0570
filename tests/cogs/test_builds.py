"""The message of a build, its thread, and its buttons and form, as members see them."""

import sqlite3
from typing import Any

import discord
import pytest
from discord.utils import format_dt

from bot.builds.errors import (
    BaselineLinkMissing,
    BaselineNotALink,
    BuildGone,
    BuildOver,
    NotInBuild,
    TooLateToCorrect,
)
from bot.builds.rules import Build, BuildState
from bot.builds.service import begin, builds_of, drop_rival, end
from bot.ideas.rules import IdeaText
from bot.services import Services
from tests.building import IDEA, SHOWN, begun
from tests.cogs.conftest import World, field, said, shown_values

BREAD = IdeaText("Bread timer", baseline="A rule of thumb by weight")


class View:
    """What a step answers with, as far as the buttons of builds look at it."""

    def __init__(self, builds: list[Build]):
        self.builds = builds


class SmallPolls:
    """What a poll does with its builds, without a poll: one more idea is left to move on to."""

    def __init__(self, services: Services):
        self._services = services
        self._left = [BREAD]

    async def baseline_there(self, guild_id: int, user_id: int, build_id: int, link: str) -> Build:
        now = self._services.clock.now()
        return await self._services.database.write(
            end, guild_id, build_id, BuildState.THERE, now, link, user_id
        )

    async def move_on(self, guild_id: int, user_id: int, build_id: int, *, manages: bool) -> View:
        def job(db: sqlite3.Connection) -> View:
            now = self._services.clock.now()
            by = None if manages else user_id
            over = end(db, guild_id, build_id, BuildState.MOVED_ON, now, by=by)
            if self._left:
                self._next(db, over)
            return View(builds_of(db, guild_id, over.poll_id))

        return await self._services.database.write(job)

    async def two_teams(self, guild_id: int, user_id: int, build_id: int, *, manages: bool) -> View:
        def job(db: sqlite3.Connection) -> View:
            build = drop_rival(db, guild_id, build_id, self._services.clock.now())
            self._next(db, build)
            return View(builds_of(db, guild_id, build.poll_id))

        return await self._services.database.write(job)

    def _next(self, db: sqlite3.Connection, build: Build) -> None:
        begin(
            db,
            build.guild_id,
            poll_id=build.poll_id,
            position=1,
            channel_id=build.channel_id,
            text=self._left.pop(),
            members=(),
            zone="UTC",
            now=self._services.clock.now(),
        )


@pytest.fixture(autouse=True)
def polls(services: Services) -> None:
    services.polls = SmallPolls(services)  # type: ignore[assignment]


async def begin_build(world: World, *members: Any, text: IdeaText = IDEA, rival: str = "") -> discord.Message:
    """A build of some members begins in the channel; answers its message."""
    await begun(
        world.bot.services,
        world.guild.id,
        [member.id for member in members],
        text=text,
        channel_id=world.channel.id,
        rival=rival,
    )
    await world.bot.tick()
    return world.posted()[-1]


def now_shown(world: World, number: int = -1) -> discord.Message:
    return world.posted()[number]


def thread(world: World) -> list[discord.Message]:
    """What is said in the thread under the first build."""
    return world.posted(world.channel.threads[0])


def labels(message: Any) -> list[str | None]:
    return [child.label for row in message.components for child in row.children]


def answered_labels(answer: Any) -> list[str]:
    return [button["label"] for row in answer.response.components for button in row["components"]]


async def say_it_is_there(world: World, message: Any, member: Any, link: str = SHOWN) -> Any:
    form = await member.click(message, label="Baseline is there")
    return await world.submit(form, member, link=link)


async def test_the_message_tells_what_is_built_by_whom_and_until_when(world: World) -> None:
    message = await begin_build(world, world.member)
    (embed,) = message.embeds
    build = await world.bot.services.builds.find(world.guild.id, 1)
    assert embed.title == "Plant doctor"
    assert f"7 days for a baseline**, until {format_dt(build.until, 'f')}" in (embed.description or "")
    assert field(embed, "The problem, and who has it") == IDEA.problem
    assert field(embed, "The smallest baseline") == IDEA.baseline
    assert field(embed, "Who is in") == f"<@{world.member.id}>"
    assert "Whoever wants to build it may join" in (embed.footer.text or "")
    assert labels(message) == ["I'm in", "I'm out", "Baseline is there", "Move on"]
    (kickoff,) = thread(world)
    assert world.channel.threads[0].name == "Build · Plant doctor"
    assert kickoff.content.startswith(f"**Who is in:** <@{world.member.id}>\n\n**First steps**\n1. ")
    assert labels(kickoff) == ["I'm in", "Baseline is there"]
    bodies = [r.json for r in world.env.http_requests if isinstance(r.json, dict) and "nonce" in r.json]
    assert [body["allowed_mentions"] for body in bodies] == [{"parse": []}] * 2


async def test_an_idea_without_a_problem_or_baseline_is_shown_without(world: World) -> None:
    message = await begin_build(world, text=IdeaText("*Plant* <@1> doctor"))
    (embed,) = message.embeds
    assert embed.title == r"\*Plant\* \<@1> doctor"
    assert [each.name for each in embed.fields] == ["The smallest baseline", "Who is in"]
    assert "Nobody has written it down yet" in field(embed, "The smallest baseline")
    assert field(embed, "Who is in") == "Nobody yet."


@pytest.mark.parametrize("letter", ["W", "語", "ع", "👩", "*"])
async def test_texts_of_full_length_in_any_script_fit(world: World, letter: str) -> None:
    """That no body breaks a limit is held by the world itself."""
    text = IdeaText(letter * 100, letter * 600, letter * 600, letter * 600)
    message = await begin_build(world, world.member, text=text, rival=letter * 100)
    await world.admin.click(message, label="I'm in")
    await world.pass_time(days=7, hours=12)
    assert len(thread(world)) == 2
    await say_it_is_there(world, message, world.member, "https://a.example/" + "x" * 482)
    assert len(thread(world)) == 3


async def test_whoever_presses_is_in_is_told_what_comes_and_may_leave_again(world: World) -> None:
    message = await begin_build(world, world.member)
    await world.pass_time(seconds=1)
    answer = await world.admin.click(message, label="I'm in")
    assert answer.ephemeral
    assert "I mention you once" in said(answer)
    await world.pass_time(seconds=10)
    both = f"<@{world.member.id}>, <@{world.admin.id}>"
    assert field(now_shown(world).embeds[0], "Who is in") == both
    again = await world.admin.click(message, label="I'm in")
    assert "You are in" in said(again)
    left = await world.admin.click(again.response, label="I'm out")
    assert "You are out of **Plant doctor**" in said(left)
    await world.pass_time(seconds=10)
    assert field(now_shown(world).embeds[0], "Who is in") == f"<@{world.member.id}>"


async def test_a_baseline_needs_a_link_and_is_told_to_all(world: World) -> None:
    message = await begin_build(world, world.member, world.admin)
    form = await world.member.click(message, label="Baseline is there")
    assert shown_values(form.modal) == {"link": ""}
    answer = await world.submit(form, link=SHOWN)
    assert answer.ephemeral
    assert "The baseline of **Plant doctor** is there" in said(answer)
    await world.pass_time(seconds=10)
    (embed,) = now_shown(world).embeds
    assert embed.description == "**The baseline is there**, on day 1 of 7."
    assert field(embed, "Where it can be seen") == SHOWN
    assert labels(now_shown(world)) == ["Correct the link"]
    kickoff, told = thread(world)
    assert labels(kickoff) == []
    assert told.content.startswith(f"**The baseline of Plant doctor is there.**\n{SHOWN}\nWell done, <@")
    assert f"<@{world.admin.id}>" in told.content
    bodies = [r.json for r in world.env.http_requests if isinstance(r.json, dict)]
    assert all(body["allowed_mentions"] == {"parse": []} for body in bodies if "Well done" in str(body))


@pytest.mark.parametrize(("typed", "error"), [("my laptop", BaselineNotALink), ("   ", BaselineLinkMissing)])
async def test_a_link_that_cannot_be_kept_comes_back_with_the_form(
    world: World, typed: str, error: type[Exception]
) -> None:
    message = await begin_build(world, world.member)
    refused = await say_it_is_there(world, message, world.member, typed)
    assert answered_labels(refused) == ["Open the form again"]
    again = await world.member.click(refused.response, label="Open the form again")
    assert shown_values(again.modal) == {"link": typed}
    await world.submit(again, link=SHOWN)
    assert (await world.bot.services.builds.find(world.guild.id, 1)).link == SHOWN


async def test_who_is_not_in_can_neither_say_it_is_there_nor_move_on(world: World) -> None:
    message = await begin_build(world, world.admin)
    for label in ("Baseline is there", "Move on"):
        answer = await world.member.click(message, label=label)
        assert "Only those who build it" in said(answer)
    assert {type(error.__cause__ or error) for error in world.env.errors} <= {NotInBuild}


async def test_a_link_is_corrected_for_a_day_by_those_who_built_it(world: World) -> None:
    message = await begin_build(world, world.member)
    await say_it_is_there(world, message, world.member)
    await world.pass_time(seconds=10)
    told = thread(world)[-1]
    refused = await world.admin.click(told, label="Correct the link")
    assert str(TooLateToCorrect()) in said(refused)
    form = await world.member.click(told, label="Correct the link")
    assert shown_values(form.modal) == {"link": SHOWN}
    answer = await world.submit(form, link="https://right.example")
    assert "is at https://right.example now" in said(answer)
    await world.pass_time(seconds=10)
    assert field(now_shown(world).embeds[0], "Where it can be seen") == "https://right.example"
    await world.pass_time(days=1)
    refused = await world.member.click(told, label="Correct the link")
    assert str(TooLateToCorrect()) in said(refused)


async def test_moving_on_is_asked_twice_and_names_what_comes_next(world: World) -> None:
    message = await begin_build(world, world.member)
    question = await world.member.click(message, label="Move on")
    asked_at_once = await world.admin.click(message, label="Move on")
    assert question.ephemeral
    assert "Move on from **Plant doctor**?" in said(question)
    assert (await world.bot.services.builds.find(world.guild.id, 1)).is_running
    answer = await world.member.click(question.response, label="Yes, move on")
    assert "Now **Bread timer** has its seven days" in said(answer)
    await world.pass_time(seconds=10)
    first, second = world.posted()
    assert first.embeds[0].description == "Its team has moved on. What it taught them goes along."
    assert labels(first) == []
    assert second.embeds[0].title == "Bread timer"
    late = await world.admin.click(asked_at_once.response, label="Yes, move on")
    assert "have come to their end already" in said(late)


async def test_who_manages_the_server_may_move_on_a_team_they_are_not_in_and_the_last_idea_ends_it(
    world: World,
) -> None:
    for title in ("Plant doctor", "Bread timer"):
        message = now_shown(world) if title == "Bread timer" else await begin_build(world, world.member)
        question = await world.admin.click(message, label="Move on")
        answer = await world.admin.click(question.response, label="Yes, move on")
    assert "That was the last idea of the shortlist" in said(answer)


async def test_who_moves_on_beside_another_team_hears_that_it_goes_on(world: World) -> None:
    message = await begin_build(world, world.member, rival="Bread timer")
    await world.member.click(message, label="Two teams")
    await world.pass_time(minutes=1)
    question = await world.member.click(world.posted()[0], label="Move on")
    answer = await world.member.click(question.response, label="Yes, move on")
    assert said(answer) == "Moved on. The other team goes on with **Bread timer**."


async def test_when_the_week_is_over_those_who_asked_are_mentioned_and_asked(world: World) -> None:
    message = await begin_build(world, world.member)
    await world.admin.click(message, label="I'm in")
    await world.pass_time(days=7)
    # It began at midnight, when nobody is asked anything.
    assert len(thread(world)) == 1
    await world.pass_time(hours=9)
    question = thread(world)[-1]
    assert question.content.startswith(
        f"<@{world.admin.id}>: the seven days for **Plant doctor** are over. Is the baseline there?"
    )
    assert str(world.member.id) not in question.content
    assert labels(question) == ["Baseline is there", "Move on"]
    (body,) = [r.json for r in world.env.http_requests if "seven days for" in str(r.json)]
    assert body["allowed_mentions"]["users"] == [world.admin.id]
    assert body["allowed_mentions"].get("parse", []) == []
    await say_it_is_there(world, question, world.admin)
    await world.pass_time(seconds=10)
    assert thread(world)[1].content.endswith("are over, and the baseline is there.")
    assert now_shown(world).embeds[0].description == "**The baseline is there.**"


async def test_two_teams_are_offered_while_there_is_a_rival(world: World) -> None:
    message = await begin_build(world, world.member, rival="Bread timer")
    assert "**Bread timer** has about as many people behind it." in field(
        message.embeds[0], "Another idea, close behind"
    )
    answer = await world.admin.click(message, label="Two teams")
    assert "Two teams it is" in said(answer)
    await world.pass_time(seconds=10)
    first, second = world.posted()
    assert "Two teams" not in labels(first)
    assert second.embeds[0].title == "Bread timer"


async def test_buttons_of_what_is_over_or_gone_say_so_kindly(world: World) -> None:
    message = await begin_build(world, world.member)
    await say_it_is_there(world, message, world.member)
    for label in ("I'm in", "I'm out", "Baseline is there", "Move on"):
        assert "have come to their end already" in said(await world.member.click(message, label=label))
    await world.bot.services.database.write(lambda db: db.execute("delete from build").rowcount)
    for label in ("I'm in", "I'm out", "Baseline is there", "Move on"):
        assert str(BuildGone()) in said(await world.member.click(message, label=label))
    assert {type(error.__cause__ or error) for error in world.env.errors} <= {BuildOver, BuildGone}


async def test_the_daily_prompt_and_its_preview_ask_what_runs_already(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan(days="every day", zone="Etc/UTC")
    for number in range(5):
        await begin_build(world, world.member, text=IdeaText(f"Idea {number}"))
    asked = "\n".join(f"Day {{day}} of 7 for **Idea {number}**: what runs already?" for number in range(3))
    asked += "\nand 2 more"
    await world.pass_time(hours=9)
    (prompt,) = [each for each in world.posted() if "Nobody has checked in" in each.content]
    assert (prompt.embeds[0].description or "").endswith("\n\n" + asked.replace("{day}", "1"))
    card = await world.admin.slash(world.channel, "setup")
    (preview,) = (await world.admin.click(card.response, label="Preview tomorrow")).followups
    assert (preview.embeds[0].description or "").endswith("\n\n" + asked.replace("{day}", "2"))
