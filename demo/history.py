"""What the invented people do, as events in order: they join, check in, set goals, focus, go away, and talk.

The older weeks go straight into the services; the last days, and those that come while somebody watches, go
through the real commands and forms. Whichever way, the bot posts what it posts itself.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from demo import choosing, doings, hiring, pursuing, shelving
from demo.biography import Person
from demo.choosing import Choosing
from demo.shelving import Shelving
from demo.world import World, joining

if TYPE_CHECKING:
    from demo.stage import Stage

THROUGH_DISCORD_SINCE = datetime(2026, 3, 3, 6, tzinfo=UTC)

LOOKS_AT_A_THREAD = (timedelta(minutes=10), timedelta(days=1), timedelta(days=8))
"""How long after a thread began the bot looks at it, so that months pass in a moment; it looks besides
whenever something else happens while it stands in the channels."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that somebody does at an instant."""

    at: datetime
    happen: Callable[["Stage"], Awaitable[None]]


def events(world: World) -> list[Event]:
    """Everything that people do, in the order in which they do it."""
    return sorted(_events(world), key=lambda event: event.at)


def _events(world: World) -> Iterator[Event]:
    yield Event(world.begins, doings.sets_up)
    yield Event(world.settled.at, doings.settles)
    yield Event(world.leads.at, pursuing.wants_leads)
    for thread in hiring.load():
        for age in LOOKS_AT_A_THREAD:
            yield Event(thread.at + age, pursuing.reads_hacker_news)
    for outage in world.outages:
        # The heart of the demo beats only here: what lies between the two beats is a downtime.
        yield Event(outage.began, doings.heart_beats)
        yield Event(outage.ended, doings.heart_beats)
    for person in world.people:
        yield Event(joining(person), doings.joins(person))
        yield from _check_ins(person)
        yield from _plans(person)
        yield from _company(person)
        yield from _pursuit(person)
    yield from _choosing(world.choosing)
    yield from _shelving(world.shelving)
    for said in world.said:
        yield Event(said.at, doings.says(said))


def _check_ins(person: Person) -> Iterator[Event]:
    for checkin in person.checkins:
        through_discord = checkin.at >= THROUGH_DISCORD_SINCE
        happen = doings.fills_form if through_discord else doings.reports
        yield Event(checkin.at, happen(person, checkin))
    for day_off in person.days_off:
        yield Event(day_off, doings.takes_day_off(person))


def _plans(person: Person) -> Iterator[Event]:
    for absence in person.absences:
        yield Event(absence.said_at, doings.goes_away(person, absence))
    for goal in person.goals:
        yield Event(goal.set_at, doings.commits(person, goal))
        if goal.ended_at is not None:
            yield Event(goal.ended_at, doings.settles_goal(person, goal))


def _company(person: Person) -> Iterator[Event]:
    for block in person.blocks:
        through_discord = block.at >= THROUGH_DISCORD_SINCE
        happen = doings.starts_focus if through_discord else doings.focuses
        yield Event(block.at, happen(person, block))
    if person.seeks_buddy is not None:
        yield Event(person.seeks_buddy, doings.seeks_buddy(person))
    for nudge in person.nudges:
        yield Event(nudge, doings.nudges_buddy(person))


def _pursuit(person: Person) -> Iterator[Event]:
    pursuit = person.pursuit
    yield Event(joining(person), pursuing.chooses(person))
    for watching in pursuit.watches:
        yield Event(watching.at, pursuing.watches(person, watching))
    for job in pursuit.jobs:
        yield Event(job.at, pursuing.saves(person, job))
        for step in job.steps:
            yield Event(step.at, pursuing.goes_on(person, job, step))
    if pursuit.introduction is not None:
        yield Event(pursuit.introduction.at, pursuing.introduces(person, pursuit.introduction))


def _choosing(planned: Choosing) -> Iterator[Event]:
    for poll in planned.polls:
        yield Event(poll.at, choosing.starts(poll))
        if poll.opened is not None:
            yield Event(poll.opened, choosing.opens(poll))
        if poll.cards_ended is not None:
            yield Event(poll.cards_ended, choosing.ends_cards(poll))
        if poll.final_ended is not None:
            yield Event(poll.final_ended, choosing.ends_final(poll))
    for idea in planned.ideas:
        yield Event(idea.at, choosing.adds(idea))


def _shelving(planned: Shelving) -> Iterator[Event]:
    yield Event(planned.curators.at, shelving.gives_curators_a_channel)
    for own in planned.own:
        yield Event(own.at, shelving.takes_in(own))
    for suggestion in planned.suggestions:
        yield Event(suggestion.at, shelving.suggests(suggestion))
        if suggestion.declined_at is not None:
            yield Event(suggestion.declined_at, shelving.declines(suggestion))
    for miss in planned.misses:
        for by in miss.by:
            yield Event(miss.at, shelving.searches(miss.query, by))
    for report in planned.reports:
        yield Event(report.at, shelving.reports(report))
    for person in planned.marks:
        for at, what, title in person.one_by_one():
            yield Event(at, shelving.marks(person.by, what, title))
