"""All services over one database, put together in one place."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from bot.backups.service import Backups
from bot.buddies import deliveries as of_buddies
from bot.buddies.service import Buddies
from bot.builds import deliveries as of_builds
from bot.builds.service import Builds
from bot.checkins import deliveries as of_checkins
from bot.checkins.service import CheckIns
from bot.clock import Clock
from bot.delivery import waiting
from bot.delivery.clock_changes import ClockChanges
from bot.delivery.due import next_due_at
from bot.delivery.openings import OPENING_EVERY
from bot.delivery.service import Delivery
from bot.delivery.taken_back import KINDS as TAKEN_BACK
from bot.delivery.unsaid import forget_all_unsaid
from bot.delivery.zone_changes import ZoneChanges
from bot.facts import Facts
from bot.focus import deliveries as of_focus
from bot.focus.service import Focus
from bot.goals.service import Goals
from bot.guide.service import Guide
from bot.health.figures import NO_FIGURES, Figures
from bot.heartbeat import Heartbeat
from bot.ideas import deliveries as of_ideas
from bot.ideas.hooks import Hooks
from bot.ideas.service import Ideas
from bot.introductions import deliveries as of_introductions
from bot.introductions.service import Introductions, thread_appeared
from bot.leads import deliveries as of_leads
from bot.leads import planning as leads_planning
from bot.leads.hackernews import HackerNews
from bot.leads.rounds import Rounds
from bot.leads.service import Leads
from bot.lookback import deliveries as of_lookback
from bot.lookback import sundays
from bot.lookback.service import Lookback
from bot.operator_errors import DatabaseUnusable
from bot.personal_data import PersonalData
from bot.polls import deliveries as of_polls
from bot.polls import rounds as poll_rounds
from bot.polls.entering import idea_changed, ideas_seen_in_polls, refuse_change_while_voted_on
from bot.polls.service import Polls
from bot.polls.voting import Voting
from bot.preferences.service import Preferences
from bot.privacy.departures import Departures
from bot.privacy.service import Privacy
from bot.progress.service import Progress
from bot.resources import deliveries as of_resources
from bot.resources import planning as resources_planning
from bot.resources.curation import Curation
from bot.resources.links.rounds import Checker, LinkRounds
from bot.resources.loading import prepare
from bot.resources.service import Resources
from bot.routines.pings import ALL as PINGS
from bot.routines.service import Routines
from bot.servers import store as servers_store
from bot.servers.service import LOOKBACK, PROMPT, Servers
from bot.shards import ALL, Shards
from bot.storage.database import Database
from bot.storage.migrations import migrate, newest
from bot.tracker import deliveries as of_tracker
from bot.tracker import planning as tracker_planning
from bot.tracker.service import Tracker
from bot.watches import deliveries as of_watches
from bot.watches import planning as watches_planning
from bot.watches.service import Watches

KINDS = {
    **of_buddies.KINDS,
    **of_builds.KINDS,
    **of_checkins.KINDS,
    **of_focus.KINDS,
    **of_ideas.KINDS,
    **of_introductions.KINDS,
    **of_leads.KINDS,
    **of_lookback.KINDS,
    **of_polls.KINDS,
    **poll_rounds.KINDS,
    **of_resources.KINDS,
    **of_tracker.KINDS,
    **of_watches.KINDS,
    **TAKEN_BACK,
}

HABITS = (PROMPT, LOOKBACK, *PINGS)
"""The kinds of which one comes each day or week, whether the last was sent or not."""

_WHAT_POLLS_SAY_OF_IDEAS = Hooks(
    after_a_change=[idea_changed], guards=[refuse_change_while_voted_on], also_seen=[ideas_seen_in_polls]
)


@dataclass(frozen=True, slots=True)
class Health:
    """How the database and what it holds are doing."""

    servers: int
    outstanding: int
    lag_seconds: float
    next_due: datetime | None
    database_bytes: int
    database_version: str


class Services:
    """What the bot can do; the cogs call nothing else of the core.

    `rounds` read Hacker News, and `links` look at the links of resources with a checker; without either,
    there are none. Daily backups are made in the folder `backups`, if one is named. `shards` are those whose
    servers are looked after here; other processes on the same database look after the others.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        openings_every: float | None = OPENING_EVERY,
        hacker_news: HackerNews | None = None,
        link_checker: Checker | None = None,
        figures: Figures = NO_FIGURES,
        backups: Path | None = None,
        shards: Shards = ALL,
    ):
        self.clock = clock
        self.shards = shards
        self.figures = figures
        self.servers = Servers(
            database,
            clock,
            after_a_change=[leads_planning.replan, watches_planning.replan, resources_planning.replan],
        )
        self.preferences = Preferences(database)
        self.routines = Routines(database, clock, after_a_change=[sundays.replan, tracker_planning.plan])
        self.goals = Goals(database, clock)
        self.focus = Focus(database, clock)
        self.builds = Builds(database, clock)
        self.ideas = Ideas(database, clock, _WHAT_POLLS_SAY_OF_IDEAS)
        self.polls = Polls(database, clock)
        self.voting = Voting(database, clock)
        self.checkins = CheckIns(database, clock)
        self.buddies = Buddies(database, clock)
        self.progress = Progress(database, clock)
        self.lookback = Lookback(database, clock)
        self.resources = Resources(database, clock)
        self.curation = Curation(database, clock)
        self.tracker = Tracker(database, clock)
        self.introductions = Introductions(database, clock)
        self.watches = Watches(database, clock)
        self.leads = Leads(database, clock, after_a_change=[watches_planning.replan])
        self.guide = Guide(
            servers=self.servers,
            routines=self.routines,
            goals=self.goals,
            ideas=self.ideas,
            polls=self.polls,
            progress=self.progress,
            buddies=self.buddies,
            resources=self.resources,
            curation=self.curation,
            tracker=self.tracker,
            watches=self.watches,
            leads=self.leads,
        )
        self.delivery = Delivery(database, clock, KINDS, openings_every, figures, shards)
        self.facts = Facts(database)
        self.heartbeat = Heartbeat(database, clock)
        self.clock_changes = ClockChanges(database, clock)
        self.zone_changes = ZoneChanges(database)
        self.rounds = None
        if hacker_news is not None:
            self.rounds = Rounds(database, clock, hacker_news, [thread_appeared], figures)
        self.links = LinkRounds(database, clock, link_checker) if link_checker else None
        self.backups = Backups(database.path, backups, clock)
        self.departures = Departures(database, clock, shards)
        self.privacy = Privacy(database, clock, self.personal_data, self.backups.gone_by)
        self.database = database

    @classmethod
    async def open(
        cls,
        path: Path,
        clock: Clock,
        openings_every: float | None = OPENING_EVERY,
        hacker_news: HackerNews | None = None,
        link_checker: Checker | None = None,
        figures: Figures = NO_FIGURES,
        backups: Path | None = None,
        shards: Shards = ALL,
    ) -> Self:
        """Bring the database up to date, creating it if need be, and open it.

        Without `openings_every`, for a world whose clock stands still, direct messages are opened at once.

        Raises DatabaseUnusable, DatabaseNewer or MigrationFailed.
        """
        migrate(path)
        database = await Database.open(path)
        database.count_in(figures)
        try:
            await database.write(prepare, clock.now())
        except sqlite3.Error as error:
            await database.close()
            raise DatabaseUnusable(path=path, reason=error) from error
        except BaseException:
            await database.close()
            raise
        return cls(database, clock, openings_every, hacker_news, link_checker, figures, backups, shards)

    async def close(self) -> None:
        """Finish what was begun and let go of the database, and of the line to Hacker News."""
        if self.rounds is not None:
            await self.rounds.close()
        await self.backups.close()
        await self.voting.close()
        await self.resources.close()
        await self.database.close()

    @property
    def personal_data(self) -> tuple[PersonalData, ...]:
        """Every feature that holds something about people."""
        return (
            self.preferences,
            self.routines,
            self.goals,
            self.focus,
            self.builds,
            self.ideas,
            # After the ideas: they let go of what those said that are forgotten.
            self.voting,
            self.polls,
            self.checkins,
            self.resources,
            self.curation,
            self.buddies,
            self.tracker,
            self.introductions,
            self.watches,
            self.delivery,
        )

    async def forget_unsaid(self) -> int:
        """Delete what was planned day after day and long ago was not sent; answers how many rows."""
        return await forget_all_unsaid(self.database, self.clock, HABITS)

    async def health(self) -> Health:
        """How the database and what it holds are doing."""
        return await self.database.read(
            lambda db: Health(
                servers=servers_store.count(db),
                outstanding=waiting.outstanding(db),
                lag_seconds=waiting.lag(db, self.clock.now()),
                next_due=next_due_at(db),
                database_bytes=self.database.size(db),
                database_version=newest(db),
            )
        )
