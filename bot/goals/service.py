"""What can be done with goals."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.clock import Clock
from bot.errors import (
    GoalDecided,
    GoalGone,
    GoalSettled,
    GoalTooEarly,
    NextWeekFull,
    NoSuchGoal,
    TooManyGoals,
)
from bot.goals import rules, store
from bot.goals.purpose import PURPOSE
from bot.goals.rules import GOALS_A_WEEK, ONE_WEEK, OUTCOMES, Goal, GoalState, Step
from bot.inputs import quoted
from bot.localtime import instant, week_of
from bot.personal_data import MemberRows
from bot.routines.service import today_of
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class MemberGoals:
    """What a member has before them on a local day.

    `last_week` holds what was undecided when that week ended; `next_week` what was carried over already.
    """

    today: date
    this_week: Sequence[Goal]
    last_week: Sequence[Goal]
    next_week: Sequence[Goal]

    def steps(self, goal: Goal) -> tuple[Step, ...]:
        """What the member can do about one of these goals today."""
        return rules.steps(goal, self.today)


class Goals(MemberRows):
    """The goals of the members of servers; every method raises NotSetUp."""

    name = "goals"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def find(self, guild_id: int, user_id: int) -> MemberGoals:
        """A member's goals around today."""
        return await self._database.read(self._goals, guild_id, user_id)

    async def add(self, guild_id: int, user_id: int, text: str) -> MemberGoals:
        """Commit to something for this week; raises EmptyGoal, GoalTooLong or TooManyGoals."""
        return await self._database.write(self._add, guild_id, user_id, rules.clean_goal(text))

    async def take(self, guild_id: int, user_id: int, goal_id: int, step: Step) -> MemberGoals:
        """Tick a goal, take the tick back, or carry the goal over; a second time it changes nothing.

        Raises GoalGone, GoalDecided, GoalSettled, GoalTooEarly or NextWeekFull.
        """
        return await self._database.write(self._take, guild_id, user_id, goal_id, step)

    async def droppable(self, guild_id: int, user_id: int) -> list[Goal]:
        """The open goals that a member can drop: of last week, this week and the next."""
        return await self._database.read(self._open, guild_id, user_id)

    async def drop(self, guild_id: int, user_id: int, chosen: str) -> MemberGoals:
        """Drop an open goal, chosen by its number or its words; raises NoSuchGoal."""
        return await self._database.write(self._drop, guild_id, user_id, chosen)

    def _goals(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> MemberGoals:
        today, zone = today_of(db, guild_id, user_id, self._clock.now())
        week = week_of(today)
        around = store.between(db, guild_id, user_id, week, week + ONE_WEEK)
        there = [goal for goal in around if goal.state is not GoalState.DROPPED]
        return MemberGoals(
            today,
            [goal for goal in there if goal.week == week],
            store.undecided(db, guild_id, user_id, week - ONE_WEEK, instant(week, time.min, zone)),
            [goal for goal in there if goal.week > week],
        )

    def _add(self, db: sqlite3.Connection, guild_id: int, user_id: int, text: str) -> MemberGoals:
        now = self._clock.now()
        today, _ = today_of(db, guild_id, user_id, now)
        week = week_of(today)
        if store.count_taken(db, guild_id, user_id, week) >= GOALS_A_WEEK:
            raise TooManyGoals(limit=GOALS_A_WEEK)
        store.add(db, guild_id, user_id, week, text, now)
        return self._goals(db, guild_id, user_id)

    def _take(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, goal_id: int, step: Step
    ) -> MemberGoals:
        now = self._clock.now()
        today, _ = today_of(db, guild_id, user_id, now)
        goal = store.find(db, guild_id, user_id, goal_id)
        if goal is None:
            raise GoalGone
        if goal.state is not OUTCOMES[step]:
            self._change(db, guild_id, goal, step, today, now)
        return self._goals(db, guild_id, user_id)

    def _change(
        self, db: sqlite3.Connection, guild_id: int, goal: Goal, step: Step, today: date, now: datetime
    ) -> None:
        if step not in rules.steps(goal, today):
            if rules.is_settled(goal, today):
                raise GoalSettled
            raise GoalTooEarly if goal.state is GoalState.OPEN else GoalDecided
        if step is Step.CARRY:
            following = goal.week + ONE_WEEK
            if store.count_taken(db, guild_id, goal.user_id, following) >= GOALS_A_WEEK:
                raise NextWeekFull(limit=GOALS_A_WEEK)
            store.add(db, guild_id, goal.user_id, following, goal.text, now)
        store.set_state(db, guild_id, goal.user_id, goal.id, OUTCOMES[step], now)

    def _open(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Goal]:
        today, _ = today_of(db, guild_id, user_id, self._clock.now())
        week = week_of(today)
        around = store.between(db, guild_id, user_id, week - ONE_WEEK, week + ONE_WEEK)
        return [goal for goal in around if goal.state is GoalState.OPEN]

    def _drop(self, db: sqlite3.Connection, guild_id: int, user_id: int, chosen: str) -> MemberGoals:
        goal = rules.find_chosen(self._open(db, guild_id, user_id), chosen)
        if goal is None:
            raise NoSuchGoal(given=quoted(chosen))
        store.set_state(db, guild_id, user_id, goal.id, GoalState.DROPPED, self._clock.now())
        return self._goals(db, guild_id, user_id)


def open_goals(db: sqlite3.Connection, guild_id: int, user_id: int, week: date) -> list[Goal]:
    """A member's open goals of the week that begins on a Monday, within another feature's transaction."""
    return [goal for goal in store.between(db, guild_id, user_id, week, week) if goal.state is GoalState.OPEN]


def goals_between(
    db: sqlite3.Connection, guild_id: int, user_id: int, first_week: date, last_week: date
) -> list[Goal]:
    """A member's goals of a range of weeks, named by their Mondays, in every state, the earliest first."""
    return store.between(db, guild_id, user_id, first_week, last_week)
