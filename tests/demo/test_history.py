"""The invented history: it holds together, and every feature has something to show when the demo begins."""

from itertools import pairwise

from bot.buddies.service import Paired, Waiting
from bot.checkins.ledger import DayState
from bot.goals.rules import GoalState
from demo import world
from demo.history import events
from demo.stage import Stage, open_stage

WORLD = world.load()


def test_nobody_checks_in_twice_a_day_or_while_away_or_while_the_bot_is_down() -> None:
    for person in WORLD.people:
        days = [checkin.on for checkin in person.checkins]
        assert all(before < after for before, after in pairwise(days)), person.key
        assert not [
            day for day in days for absence in person.absences if absence.first <= day <= absence.last
        ], person.key
    for outage in WORLD.outages:
        assert not [event.at for event in events(WORLD) if outage.began < event.at < outage.ended]


def test_every_link_leads_to_the_domain_that_is_kept_for_examples() -> None:
    said = [checkin.done for person in WORLD.people for checkin in person.checkins]
    links = [word for text in said for word in text.split() if "://" in word]
    assert len(links) > 10
    assert all(link.lstrip("(<").startswith("https://example.org/") for link in links)


async def test_every_feature_has_something_to_show() -> None:
    # Not in a fixture: simcord keeps its clock in the context of the task that opens it.
    async with open_stage(WORLD) as stage:
        await check(stage)


async def check(stage: Stage) -> None:
    services, guild_id = stage.services, stage.guild.id
    ids = {key: actor.id for key, actor in stage.actors.items()}

    figures = await services.progress.figures(guild_id, ids["adaeze"])
    assert (figures.last - figures.days[0].day).days > 170
    assert set(DayState) == {day.state for day in figures.days}
    assert figures.goals_kept > 5
    assert len(figures.evidence) > 3

    goals = await services.goals.find(guild_id, ids["adaeze"])
    assert {goal.state for goal in goals.this_week} == {GoalState.KEPT, GoalState.OPEN}
    ambitious = await services.focus.start(guild_id, ids["adaeze"], minutes=25)
    assert {ids["mira"], ids["wanjiru"]} == {other.user_id for other in ambitious.others}

    silent, away = [await services.buddies.show(guild_id, ids[key]) for key in ("deshawn", "joao")]
    assert isinstance(silent, Paired)
    assert silent.may_nudge
    assert isinstance(away, Paired)
    assert away.is_away
    assert isinstance(await services.buddies.show(guild_id, ids["tane"]), Waiting)

    said = [message.content for thread in stage.checkin_channel.threads for message in thread.history()]
    assert any("thinks of you" in text for text in said)
    assert any("second reminder" in text for text in said)
