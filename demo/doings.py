"""How the invented people do what they do: through the bot's services, or through its commands and forms."""

from collections.abc import Awaitable, Callable
from datetime import time
from typing import TYPE_CHECKING

from bot.buddies.service import Paired
from bot.checkins.rules import Entry, KindOfWork
from bot.focus.rules import Effort
from bot.goals.rules import GoalState, Step
from bot.preferences.rules import Shown
from demo.biography import Away, FocusBlock, Goal, PastCheckIn, Person
from demo.world import Said

if TYPE_CHECKING:
    from demo.stage import Stage

Doing = Callable[["Stage"], Awaitable[None]]


async def sets_up(stage: "Stage") -> None:
    """The admin sets the server up."""
    await stage.services.servers.set_up(
        stage.guild.id,
        checkin_channel_id=stage.checkin_channel.id,
        zone=stage.world.zone,
        prompt_time=time(stage.world.prompt_hour),
    )


async def settles(stage: "Stage") -> None:
    """The admin chooses when the week is looked back on, writes the server's own questions, and for
    herself asks to be sent her week."""
    admin, settled = stage.actors[stage.world.owner], stage.world.settled
    card = await admin.slash(
        stage.checkin_channel,
        "setup",
        look_back_day=settled.look_back_day,
        look_back_hour=settled.look_back_hour,
    )
    assert card.response is not None
    form = await admin.click(card.response, label="Own questions")
    await admin.submit_modal(form, {"questions": "\n".join(settled.questions)})
    week = await admin.slash(stage.checkin_channel, "week")
    assert week.response is not None
    await admin.click(week.response, label="Send me this every Sunday")


async def heart_beats(stage: "Stage") -> None:
    """The bot notes that it can be reached."""
    await stage.services.heartbeat.beat()


def joins(person: Person) -> Doing:
    """Somebody comes, sets a routine, and chooses what others see and how they want to be reached."""

    async def happen(stage: "Stage") -> None:
        actor, services = stage.actors[person.key], stage.services
        member = stage.guild.id, actor.id
        if person.key != stage.world.owner:
            stage.guild.add_member(actor.user)
        await services.routines.plan(
            *member, zone=person.zone, days=person.days, at=person.at.isoformat("minutes"), ping=person.ping
        )
        wishes = person.wishes
        await services.preferences.change(*member, shown=Shown(wishes.shown), named=wishes.named)
        if person.ping:
            await services.routines.choose_pings(
                *member, direct=wishes.direct_pings, second=wishes.second_ping
            )

    return happen


def reports(person: Person, checkin: PastCheckIn) -> Doing:
    """Somebody checks in, straight into the services."""
    entry = Entry(checkin.done, checkin.next, checkin.blocked, KindOfWork(checkin.kind), checkin.minutes)

    async def happen(stage: "Stage") -> None:
        user_id = stage.actors[person.key].id
        await stage.services.checkins.report(stage.guild.id, user_id, entry, form_day=checkin.on)

    return happen


def fills_form(person: Person, checkin: PastCheckIn) -> Doing:
    """Somebody checks in through the form."""
    values = {
        "done": checkin.done,
        "next": checkin.next,
        "blocked": checkin.blocked,
        "kind": checkin.kind,
        "minutes": str(checkin.minutes),
    }

    async def happen(stage: "Stage") -> None:
        actor = stage.actors[person.key]
        day = {"day": "yesterday"} if checkin.late else {}
        form = await actor.slash(stage.checkin_channel, "checkin", **day)
        await actor.submit_modal(form, values)

    return happen


def takes_day_off(person: Person) -> Doing:
    """Somebody says "not today"."""

    async def happen(stage: "Stage") -> None:
        await stage.services.checkins.not_today(stage.guild.id, stage.actors[person.key].id)

    return happen


def goes_away(person: Person, absence: Away) -> Doing:
    """Somebody says from when to when they are away."""

    async def happen(stage: "Stage") -> None:
        first, last = absence.first.isoformat(), absence.last.isoformat()
        await stage.services.routines.pause(stage.guild.id, stage.actors[person.key].id, first, last)

    return happen


def commits(person: Person, goal: Goal) -> Doing:
    """Somebody sets a goal for the week."""

    async def happen(stage: "Stage") -> None:
        await stage.services.goals.add(stage.guild.id, stage.actors[person.key].id, goal.text)

    return happen


def settles_goal(person: Person, goal: Goal) -> Doing:
    """Somebody ticks a goal or carries it over."""
    step = {"kept": Step.KEEP, "carried": Step.CARRY}[goal.outcome]

    async def happen(stage: "Stage") -> None:
        member = stage.guild.id, stage.actors[person.key].id
        goals = await stage.services.goals.find(*member)
        (found,) = (one for one in goals.this_week if one.text == goal.text and one.state is GoalState.OPEN)
        await stage.services.goals.take(*member, found.id, step)

    return happen


def focuses(person: Person, block: FocusBlock) -> Doing:
    """Somebody starts a block of focus, straight into the services."""

    async def happen(stage: "Stage") -> None:
        await stage.services.focus.start(
            stage.guild.id,
            stage.actors[person.key].id,
            minutes=block.minutes,
            effort=Effort(block.effort),
        )

    return happen


def starts_focus(person: Person, block: FocusBlock) -> Doing:
    """Somebody starts a block of focus by the command."""

    async def happen(stage: "Stage") -> None:
        await stage.actors[person.key].slash(
            stage.checkin_channel, "focus", minutes=block.minutes, effort=block.effort
        )

    return happen


def seeks_buddy(person: Person) -> Doing:
    """Somebody asks for a buddy."""

    async def happen(stage: "Stage") -> None:
        await stage.services.buddies.find(stage.guild.id, stage.actors[person.key].id)

    return happen


def nudges_buddy(person: Person) -> Doing:
    """Somebody nudges their buddy."""

    async def happen(stage: "Stage") -> None:
        guild_id, user_id = stage.guild.id, stage.actors[person.key].id
        standing = await stage.services.buddies.show(guild_id, user_id)
        assert isinstance(standing, Paired)
        await stage.services.buddies.nudge(guild_id, user_id, standing.buddy_id)

    return happen


def says(said: Said) -> Doing:
    """Somebody writes into a channel."""

    async def happen(stage: "Stage") -> None:
        await stage.actors[said.by].send(stage.channels[said.channel], said.text)

    return happen
