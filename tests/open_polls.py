"""Polls in which people vote, made by what members do, for tests and measurements of voting."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.ideas.rules import IdeaText, clean_idea
from bot.polls.rules import Method, Scope
from bot.polls.service import PollView, Wanted
from bot.ranking.criteria import Purpose
from bot.services import Services

SUBJECTS = (
    "Spot the bird",
    "Read my receipts",
    "Sort the laundry",
    "Find the typo",
    "Name that tune",
    "Water the plants",
)


@dataclass(frozen=True, slots=True)
class Chair:
    """Who starts a poll, in which channel of which server."""

    guild: int
    channel: int
    starter: int


def numbered_ideas(count: int) -> list[IdeaText]:
    """Ideas with a title of their own each, and about as much text as people write."""
    return [
        clean_idea(
            f"{SUBJECTS[number % len(SUBJECTS)]}, take {number}",
            "People who do this by hand lose an evening a week.\nThey say so in three forums.",
            "What exists needs a GPU and an account. Mine would run in the browser.",
            "One page that answers for ten examples, and says when it does not know.",
        )
        for number in range(count)
    ]


async def open_poll(
    services: Services,
    chair: Chair,
    ideas: Sequence[IdeaText],
    *,
    authors: Sequence[int] = (),
    scope: Scope = Scope.EVERYONE,
    invited: Collection[int] = (),
    method: Method = Method.SCORES,
    standing_open: bool = False,
) -> PollView:
    """A poll whose cards are open; its ideas are the authors' in turn, or all the starter's.

    The server must have been set up.
    """
    wanted = Wanted("What do we build?", Purpose.RESUME, scope, None, method, standing_open)
    started = await services.polls.start(
        chair.guild, chair.starter, chair.channel, wanted, may_ask_everyone=True
    )
    poll_id = started.poll.id
    if invited:
        await services.polls.invite(chair.guild, chair.starter, poll_id, invited, manages=False)
    by = authors or (chair.starter,)
    for number, idea in enumerate(ideas):
        await services.polls.add_idea(chair.guild, by[number % len(by)], poll_id, idea)
    return await services.polls.open_voting(chair.guild, chair.starter, poll_id, manages=True)
