"""Where a member and a server stand, read by what the other features tell; and putting settings back."""

import asyncio

from bot.buddies.service import Buddies
from bot.checkins.ledger import DayState
from bot.errors import NoBuddy, NoRoutine, NotSetUp
from bot.goals.rules import GoalState
from bot.goals.service import Goals
from bot.guide.rules import Standing
from bot.guide.steps import ServerSettings, Step
from bot.ideas.service import Ideas
from bot.leads.service import NO_CHANNEL, Leads
from bot.leads.settings import USUAL as USUAL_LEADS
from bot.leads.signal import SignalName
from bot.polls.rules import Phase
from bot.polls.service import Polls
from bot.polls.viewing import PollView
from bot.progress.service import Progress
from bot.resources.curation import Curation
from bot.resources.service import Resources
from bot.routines.service import Routines
from bot.servers.guessing import USUAL_LOOKBACK_TIME, USUAL_PROMPT_TIME
from bot.servers.service import NO_LOOKBACK, USUAL_QUESTIONS, Servers
from bot.tracker.service import Tracker
from bot.watches.service import Watches

POLLS_LOOKED_AT = 5


class Guide:
    """Where members and servers stand. Nothing of its own is stored."""

    def __init__(
        self,
        *,
        servers: Servers,
        routines: Routines,
        goals: Goals,
        ideas: Ideas,
        polls: Polls,
        progress: Progress,
        buddies: Buddies,
        resources: Resources,
        curation: Curation,
        tracker: Tracker,
        watches: Watches,
        leads: Leads,
    ):
        self._servers = servers
        self._routines = routines
        self._goals = goals
        self._ideas = ideas
        self._polls = polls
        self._progress = progress
        self._buddies = buddies
        self._resources = resources
        self._curation = curation
        self._tracker = tracker
        self._watches = watches
        self._leads = leads

    async def of_server(self, guild_id: int) -> ServerSettings:
        """All that is set for a server, be it set up or not."""
        set_up, leads, curation = await asyncio.gather(
            self._servers.find(guild_id), self._leads.settings(guild_id), self._curation.settings(guild_id)
        )
        return ServerSettings(set_up, leads, curation)

    async def reset(self, guild_id: int, step: Step) -> None:
        """Put what a step sets back to the usual, and plan what is due by it.

        Of the check-ins the channel and the zone stay; of the questions a server's own are deleted. Raises
        NotSetUp.
        """
        if await self._servers.find(guild_id) is None:
            raise NotSetUp
        if step is Step.CHECKINS:
            await self._servers.set_up(guild_id, prompt_time=USUAL_PROMPT_TIME)
        elif step is Step.LOOKBACK:
            await self._servers.set_up(
                guild_id, lookback_weekday=NO_LOOKBACK, lookback_time=USUAL_LOOKBACK_TIME
            )
        elif step is Step.LEADS:
            await self._leads.set_up(
                guild_id,
                channel_id=NO_CHANNEL,
                hour=USUAL_LEADS.hour,
                mark=USUAL_LEADS.mark,
                places="none",
                languages="none",
                weights=dict.fromkeys(SignalName, ""),
            )
        elif step is Step.CURATORS:
            await self._curation.set_up(guild_id, None)
        else:
            await self._servers.set_up(guild_id, questions=USUAL_QUESTIONS)
            await self._servers.set_questions(guild_id, "")

    async def suggestions_waiting(self, guild_id: int) -> int:
        """How many suggested resources wait for a server's curators."""
        return len(await self._curation.queue(guild_id))

    async def of_member(self, guild_id: int, user_id: int) -> Standing:
        """What a member has done so far in a server, be it set up or not."""
        if await self._servers.find(guild_id) is None:
            ideas, mine, latest = await asyncio.gather(
                self._ideas.of_member(guild_id, user_id),
                self._resources.of_member(guild_id, user_id),
                self._leads.latest(guild_id, limit=1),
            )
            return Standing(
                is_set_up=False,
                ideas=len(ideas),
                resources=len(mine.saved) + len(mine.started) + len(mine.finished),
                leads=latest.month is not None,
            )
        figures, goals, ideas, votes, (has_routine, is_away), has_buddy = await asyncio.gather(
            self._progress.figures(guild_id, user_id),
            self._goals.find(guild_id, user_id),
            self._ideas.of_member(guild_id, user_id),
            self._votes(guild_id, user_id),
            self._routine(guild_id, user_id),
            self._has_buddy(guild_id, user_id),
        )
        mine, latest, tracker, watches = await asyncio.gather(
            self._resources.of_member(guild_id, user_id),
            self._leads.latest(guild_id, limit=1),
            self._tracker.board(guild_id, user_id),
            self._watches.find(guild_id, user_id),
        )
        today = figures.days[-1] if figures.days else None
        return Standing(
            is_away=is_away,
            checkins=figures.checkins,
            due=today is not None and today.day == figures.last and today.state is DayState.TODAY,
            has_routine=has_routine,
            goals=sum(goal.state is not GoalState.DROPPED for goal in goals.this_week),
            ideas=len(ideas),
            votes=votes,
            shown=bool(figures.evidence),
            leads=latest.month is not None,
            watches=len(watches.watches),
            jobs=len(tracker.board.cards),
            follow_ups=len(tracker.board.due),
            resources=len(mine.saved) + len(mine.started) + len(mine.finished),
            has_buddy=has_buddy,
        )

    async def _routine(self, guild_id: int, user_id: int) -> tuple[bool, bool]:
        """Whether the member has a routine, and whether they are away today."""
        try:
            overview = await self._routines.overview(guild_id, user_id)
        except NoRoutine:
            return False, False
        is_away = any(overview.today in pause for pause in overview.pauses)
        return overview.planned is not None, is_away

    async def _has_buddy(self, guild_id: int, user_id: int) -> bool:
        """Whether the member has a buddy, or waits for one."""
        try:
            await self._buddies.show(guild_id, user_id)
        except NoBuddy:
            return False
        return True

    async def _votes(self, guild_id: int, user_id: int) -> int:
        """How many polls wait for the member's taps, or for their ballot."""
        running = await self._polls.running(guild_id)
        voting = [poll for poll in running if poll.phase in (Phase.CARDS, Phase.FINAL)]
        views = [await self._polls.view(guild_id, poll.id, user_id) for poll in voting[:POLLS_LOOKED_AT]]
        return sum(waits_for(view, user_id) for view in views)


def waits_for(view: PollView, user_id: int) -> bool:
    """Whether a poll that is open waits for a member who may vote and has not."""
    if not view.may_vote:
        return False
    own = next((voter for voter in view.voters if voter.user_id == user_id), None)
    if view.poll.phase is Phase.FINAL:
        return own is None or not own.has_ballot
    return own is None or not own.taps
