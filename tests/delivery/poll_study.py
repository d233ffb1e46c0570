"""Polls in a study server: led by what members do, and seen by what is posted."""

from datetime import datetime, timedelta
from typing import TypeVar

from bot.polls.deliveries import PollContent
from bot.polls.rules import Method, Poll, Scope
from bot.polls.service import Wanted
from bot.ranking.criteria import Criterion, Purpose
from tests.delivery.fake_messenger import Message
from tests.delivery.focus_study import later
from tests.delivery.study import ADA, BEN, GUILD, Study
from tests.open_polls import numbered_ideas

T = TypeVar("T")

POLLS, OTHER = 30, 2
BEST = dict.fromkeys(Criterion, 5)
A_SECOND = timedelta(seconds=1)


async def started(
    study: Study,
    ideas: int = 0,
    *,
    guild: int = GUILD,
    channel: int = POLLS,
    scope: Scope = Scope.EVERYONE,
    until: str | None = None,
    name: str = "What do we build?",
) -> Poll:
    """A poll of Ada's that collects, with ideas of hers."""
    wanted = Wanted(name, Purpose.RESUME, scope, until, Method.SCORES, standing_open=False)
    polls = study.services.polls
    poll = (await polls.start(guild, ADA, channel, wanted, may_ask_everyone=True)).poll
    for text in numbered_ideas(ideas):
        await polls.add_idea(guild, ADA, poll.id, text)
    return poll


async def tapped(study: Study, poll: Poll, user: int = BEN, times: int = 1) -> None:
    """Somebody votes for the idea that was added last, wherever it comes."""
    voting = study.services.voting
    dealt = await voting.deal(poll.guild_id, user, poll.id)
    for _ in range(times):
        assert dealt.card is not None
        liked = max(entry.position for entry in dealt.card.ideas)
        dealt = await voting.tap(poll.guild_id, user, dealt.card.id, liked)


async def now(study: Study, poll: Poll) -> Poll:
    """A poll as it is stored now."""
    return (await study.services.polls.view(poll.guild_id, poll.id, ADA)).poll


async def at(study: Study, moment: datetime) -> None:
    """Let it be a moment, and all that is outstanding go out."""
    study.clock.set(moment)
    await later(study)


def only(study: Study, kind: type[T]) -> tuple[Message, T]:
    """The one message of a kind, and what it shows."""
    (message,) = study.messenger.of(kind)
    assert isinstance(message.content, kind)
    return message, message.content


def shown(study: Study) -> Poll:
    """The poll as its message shows it."""
    return only(study, PollContent)[1].view.poll


def kinds_said(study: Study) -> list[type]:
    return [type(message.content) for message in study.messenger.messages.values()]
