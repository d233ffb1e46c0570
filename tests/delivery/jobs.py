"""A study server in which people apply for jobs: applying, letting days pass, reading what they were told."""

from datetime import date

from bot.delivery.messenger import Place
from bot.tracker.deliveries import FollowUpContent, FollowUpPingContent
from bot.tracker.rules import State, clean_job
from tests.delivery.study import ADA, GUILD, Study

MONDAY = date(2026, 5, 4)
"""The day on which the tests begin, at eight in the morning in UTC."""


def may(day: int) -> date:
    return date(2026, 5, day)


async def apply(
    study: Study, user: int = ADA, company: str = "Acme", on: str = "", *, guild: int = GUILD
) -> int:
    """Have a member apply for a job that they typed in; answers its id."""
    saved = await study.services.tracker.add(guild, user, clean_job(company))
    await study.services.tracker.move(guild, user, saved.application.id, State.APPLIED, on)
    return saved.application.id


async def want_direct(study: Study, *members: int, guild: int = GUILD) -> None:
    for member in members:
        await study.services.preferences.choose_direct_leads(guild, member, wanted=True)


def mentioned(study: Study) -> list[list[int]]:
    """Who was mentioned because of follow-ups, message by message."""
    return [list(message.content.members) for message in study.messenger.of(FollowUpPingContent)]  # type: ignore[attr-defined]


def mention_places(study: Study) -> list[Place]:
    return [message.place for message in study.messenger.of(FollowUpPingContent)]


def letters(study: Study) -> list[FollowUpContent]:
    """The direct messages about follow-ups, in the order in which they were sent."""
    contents = [message.content for message in study.messenger.of(FollowUpContent)]
    return [content for content in contents if isinstance(content, FollowUpContent)]


async def live(study: Study, first: date, last: date, at: str = "10:00") -> list[date]:
    """Let the bot do a round on each of some days; answers those on which it told of follow-ups."""
    told = []
    for number in range((last - first).days + 1):
        day = date.fromordinal(first.toordinal() + number)
        before = len(mentioned(study)) + len(letters(study))
        await study.tick_at(at, day)
        if len(mentioned(study)) + len(letters(study)) > before:
            told.append(day)
    return told
