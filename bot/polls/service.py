"""What can be done with polls; voting in them is in `bot.polls.voting`."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from bot.builds.rules import Build
from bot.builds.service import find_build
from bot.clock import Clock
from bot.ideas.rules import IdeaText
from bot.ideas.service import open_ideas_of, store_idea
from bot.personal_data import Record, rows_of
from bot.polls import entering, phases, picks, rules, starting, store
from bot.polls.counting import voters_of
from bot.polls.deliveries import refresh_poll
from bot.polls.errors import (
    NobodyTapped,
    NotAtTheCards,
    NotByInvitation,
    NotCollecting,
    NotInTheFinal,
    NotYourPoll,
    NotYoursToSteer,
    PollGone,
    TooFewIdeas,
    TooManyInvited,
)
from bot.polls.planning import plan
from bot.polls.purpose import POLLS
from bot.polls.rules import EndedBy, Phase, Poll, Scope
from bot.polls.starting import Wanted as Wanted
from bot.polls.viewing import Listed as Listed
from bot.polls.viewing import PollView as PollView
from bot.polls.viewing import listed, view_of
from bot.storage.database import Database


class Polls:
    """Polls of servers; every method raises PollGone for a poll, or BuildGone for a build, of another one."""

    name = "polls"
    purpose = POLLS
    tables = POLLS.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def start(
        self, guild_id: int, user_id: int, channel_id: int, wanted: Wanted, *, may_ask_everyone: bool
    ) -> PollView:
        """Begin to collect ideas, and have the poll's message posted in a channel.

        A poll for oneself, or for some who are invited, begins with the starter's own open ideas. Raises
        MayNotAskEveryone, PollNameMissing, TextTooLong, TooManyPolls, TooManyPollsHere, DeadlineTooSoon,
        DeadlineTooFar, and what bot.inputs.read_date raises.
        """

        def start(db: sqlite3.Connection) -> PollView:
            now = self._clock.now()
            poll = starting.start(
                db, guild_id, user_id, channel_id, wanted, now, may_ask_everyone=may_ask_everyone
            )
            return view_of(db, poll, user_id)

        return await self._database.write(start)

    async def view(self, guild_id: int, poll_id: int, user_id: int) -> PollView:
        """A poll as a member may see it, without what came of its votes."""
        return await self._database.read(lambda db: view_of(db, _require(db, guild_id, poll_id), user_id))

    async def outcome(self, guild_id: int, poll_id: int, user_id: int) -> PollView:
        """A poll as a member may see it, with its shortlist and its result, as far as it has come."""
        return await self._database.read(
            lambda db: view_of(db, _require(db, guild_id, poll_id), user_id, counted=True)
        )

    async def running(self, guild_id: int) -> list[Poll]:
        """The polls of a server that are not over, the newest first."""
        return await self._database.read(store.running, guild_id)

    async def recent(self, guild_id: int, limit: int) -> list[Poll]:
        """The newest polls of a server, over or not, the newest first."""
        return await self._database.read(store.recent, guild_id, limit)

    async def add_idea(self, guild_id: int, user_id: int, poll_id: int, text: IdeaText) -> PollView:
        """Write an idea down and put it into a poll.

        Raises NotYourPoll, NotCollecting, PollFull and TooManyIdeas.
        """

        def add(db: sqlite3.Connection, poll: Poll, now: datetime) -> None:
            rules.require_phase(poll, Phase.COLLECT, NotCollecting)
            idea = store_idea(db, guild_id, user_id, text, now)
            entering.enter(db, poll, user_id, [idea.id], now)

        return await self._take_part(guild_id, user_id, poll_id, add)

    async def enter(self, guild_id: int, user_id: int, poll_id: int, idea_ids: Collection[int]) -> PollView:
        """Put open ideas of a member's own into a poll.

        Raises NotYourPoll, NotCollecting, PollFull, InPollAlready and IdeaGone.
        """
        return await self._take_part(
            guild_id, user_id, poll_id, lambda db, poll, now: entering.enter(db, poll, user_id, idea_ids, now)
        )

    async def take_out(self, guild_id: int, user_id: int, poll_id: int, idea_id: int) -> PollView:
        """Take an idea of a member's own out of a poll that collects; raises NotYourPoll and NotYourEntry."""
        return await self._take_part(
            guild_id,
            user_id,
            poll_id,
            lambda db, poll, now: entering.take_out(db, poll, user_id, idea_id, now),
        )

    async def enterable(self, guild_id: int, user_id: int, poll_id: int) -> list[tuple[int, str]]:
        """The ids and titles of a member's open ideas that are not in a poll yet; raises NotYourPoll."""
        return await self._database.read(self._enterable, guild_id, user_id, poll_id)

    async def invite(
        self, guild_id: int, user_id: int, poll_id: int, people: Collection[int], *, manages: bool
    ) -> PollView:
        """Invite people to a poll that is by invitation; whoever is invited already stays so.

        Raises NotYoursToSteer, NotByInvitation, PollOver and TooManyInvited.
        """

        def invite(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
            _require_by_invitation(poll)
            invited = store.invited(db, guild_id, poll_id) | (set(people) - {poll.user_id})
            if len(invited) > rules.INVITED_AT_MOST:
                raise TooManyInvited(limit=rules.INVITED_AT_MOST)
            for one in sorted(invited):
                store.invite(db, poll, one)
            refresh_poll(db, poll, now)
            return poll

        return await self._steer(guild_id, user_id, poll_id, manages, invite)

    async def uninvite(
        self, guild_id: int, user_id: int, poll_id: int, people: Collection[int], *, manages: bool
    ) -> PollView:
        """Take people off the list of a poll; their ideas and votes stay.

        Where only they were waited for, the cards or the final end. Raises NotYoursToSteer, NotByInvitation
        and PollOver.
        """

        def uninvite(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
            _require_by_invitation(poll)
            for one in people:
                store.uninvite(db, poll, one)
            refresh_poll(db, poll, now)
            return phases.end_if_all_voted(db, guild_id, poll_id, now) or poll

        return await self._steer(guild_id, user_id, poll_id, manages, uninvite)

    async def open_voting(self, guild_id: int, user_id: int, poll_id: int, *, manages: bool) -> PollView:
        """End the collecting and open the cards; raises NotYoursToSteer, NotCollecting and TooFewIdeas."""

        def open_voting(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
            rules.require_phase(poll, Phase.COLLECT, NotCollecting)
            count = len(store.entries_of(db, guild_id, poll_id))
            if count < rules.ENOUGH_IDEAS:
                raise TooFewIdeas(count=count, needed=rules.ENOUGH_IDEAS)
            return phases.end_collecting(db, poll, now, EndedBy.STARTER)

        return await self._steer(guild_id, user_id, poll_id, manages, open_voting)

    async def end_cards(self, guild_id: int, user_id: int, poll_id: int, *, manages: bool) -> PollView:
        """End the cards and open the final; raises NotYoursToSteer, NotAtTheCards and NobodyTapped."""

        def end_cards(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
            rules.require_phase(poll, Phase.CARDS, NotAtTheCards)
            if not any(voter.taps for voter in voters_of(db, guild_id, poll_id)):
                raise NobodyTapped
            return phases.end_cards(db, poll, now, EndedBy.STARTER)

        return await self._steer(guild_id, user_id, poll_id, manages, end_cards)

    async def end_final(self, guild_id: int, user_id: int, poll_id: int, *, manages: bool) -> PollView:
        """End the final, count it, and have the pick built; raises NotYoursToSteer and NotInTheFinal."""

        def end_final(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
            rules.require_phase(poll, Phase.FINAL, NotInTheFinal)
            return phases.end_final(db, poll, now, EndedBy.STARTER)

        return await self._steer(guild_id, user_id, poll_id, manages, end_final)

    async def extend(
        self, guild_id: int, user_id: int, poll_id: int, days: int, *, manages: bool
    ) -> PollView:
        """Put the end of a poll's phase, and all that follows, off by some days.

        Raises NotYoursToSteer, PollOver and DeadlineTooFar.
        """

        def extend(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
            rules.require_open(poll)
            longer = rules.extended(poll, days)
            store.save(db, longer)
            plan(db, guild_id)
            refresh_poll(db, longer, now)
            return longer

        return await self._steer(guild_id, user_id, poll_id, manages, extend)

    async def drop(self, guild_id: int, user_id: int, poll_id: int, *, manages: bool) -> PollView:
        """End a poll without a result; raises NotYoursToSteer and PollOver."""

        def drop(db: sqlite3.Connection, poll: Poll, now: datetime) -> Poll:
            rules.require_open(poll)
            return phases.drop(db, poll, now)

        return await self._steer(guild_id, user_id, poll_id, manages, drop)

    async def baseline_there(self, guild_id: int, user_id: int, build_id: int, link: str) -> Build:
        """Close a build with the link of its baseline, which is evidence for all who are in it.

        The poll is closed with its last build. Raises BuildGone, BuildOver, NotInBuild, BaselineLinkMissing,
        BaselineNotALink and TextTooLong.
        """

        def there(db: sqlite3.Connection) -> Build:
            poll = poll_of_build(db, guild_id, build_id)
            return picks.baseline_there(db, poll, build_id, user_id, link, self._clock.now())

        return await self._database.write(there)

    async def move_on(self, guild_id: int, user_id: int, build_id: int, *, manages: bool) -> PollView:
        """Let go of what a team builds, and have it begin with the best of the finalists that is left.

        Raises BuildGone, BuildOver, and NotInBuild for somebody who is not in and manages nothing.
        """

        def move_on(db: sqlite3.Connection) -> PollView:
            poll = poll_of_build(db, guild_id, build_id)
            by = None if manages else user_id
            return view_of(db, picks.move_on(db, poll, build_id, self._clock.now(), by=by), user_id)

        return await self._database.write(move_on)

    async def two_teams(self, guild_id: int, user_id: int, build_id: int, *, manages: bool) -> PollView:
        """Have the idea that about as many wanted built as well, by a second team.

        Raises BuildGone, NotYoursToSteer and NoSecondTeam.
        """

        def two_teams(db: sqlite3.Connection) -> PollView:
            first = find_build(db, guild_id, build_id)
            poll = _require_steered(db, guild_id, user_id, first.poll_id, manages)
            return view_of(db, picks.two_teams(db, poll, first, self._clock.now()), user_id)

        return await self._database.write(two_teams)

    async def listed(self, guild_id: int, over: int) -> tuple[list[Listed], list[Listed]]:
        """The polls of a server that are not over, and the newest ones that are; the newest of each first."""

        def find(db: sqlite3.Connection) -> tuple[list[Listed], list[Listed]]:
            running = store.running(db, guild_id)
            recent = store.recent(db, guild_id, len(running) + over)
            ended = [poll for poll in recent if poll not in running][:over]
            return [listed(db, poll) for poll in running], [listed(db, poll) for poll in ended]

        return await self._database.read(find)

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Record]]:
        """The polls that a member started, those to which they are invited, and their ideas in polls."""
        return {
            "poll": store.poll_rows(db, guild_id, user_id),
            "poll_invited": rows_of(db, "poll_invited", guild_id, user_id),
            "poll_entry": store.entry_rows(db, guild_id, user_id),
        }

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Leave the member's polls as nobody's, take them off all lists, and let go of what their ideas said.

        To be called when bot.ideas and `Voting` have forgotten them.
        """
        now = self._clock.now()
        theirs = [
            *store.started_by(db, guild_id, user_id),
            *store.with_invited(db, guild_id, user_id),
        ]
        store.forget_starter(db, guild_id, user_id)
        for poll in theirs:
            store.uninvite(db, poll, user_id)
            refresh_poll(db, poll, now)
        entering.let_go_of_lost_ideas(db, guild_id, now)
        for poll in theirs:
            phases.end_if_all_voted(db, guild_id, poll.id, now)

    def _enterable(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int
    ) -> list[tuple[int, str]]:
        poll = _require_part(db, guild_id, user_id, poll_id)
        inside = {entry.idea_id for entry in store.entries_of(db, guild_id, poll.id)}
        own = open_ideas_of(db, guild_id, user_id)
        return [(idea.id, idea.text.title) for idea in own if idea.id not in inside]

    async def _take_part(
        self,
        guild_id: int,
        user_id: int,
        poll_id: int,
        act: Callable[[sqlite3.Connection, Poll, datetime], None],
    ) -> PollView:
        """Do something that those may who may vote."""

        def take_part(db: sqlite3.Connection) -> PollView:
            poll = _require_part(db, guild_id, user_id, poll_id)
            act(db, poll, self._clock.now())
            return view_of(db, poll, user_id)

        return await self._database.write(take_part)

    async def _steer(
        self,
        guild_id: int,
        user_id: int,
        poll_id: int,
        manages: bool,
        act: Callable[[sqlite3.Connection, Poll, datetime], Poll],
    ) -> PollView:
        """Do something that only those may who steer a poll."""

        def steer(db: sqlite3.Connection) -> PollView:
            poll = _require_steered(db, guild_id, user_id, poll_id, manages)
            return view_of(db, act(db, poll, self._clock.now()), user_id)

        return await self._database.write(steer)


# What other rooms do within their own transactions.


def poll_of_build(db: sqlite3.Connection, guild_id: int, build_id: int) -> Poll:
    """The poll that picked what is built; raises BuildGone and PollGone."""
    return _require(db, guild_id, find_build(db, guild_id, build_id).poll_id)


def _require(db: sqlite3.Connection, guild_id: int, poll_id: int) -> Poll:
    poll = store.find(db, guild_id, poll_id)
    if poll is None:
        raise PollGone
    return poll


def _require_part(db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int) -> Poll:
    poll = _require(db, guild_id, poll_id)
    if not rules.may_vote(poll, user_id, store.invited(db, guild_id, poll_id)):
        raise NotYourPoll
    return poll


def _require_steered(
    db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int, manages: bool
) -> Poll:
    poll = _require(db, guild_id, poll_id)
    if not rules.may_steer(poll, user_id, manages=manages):
        raise NotYoursToSteer
    return poll


def _require_by_invitation(poll: Poll) -> None:
    if poll.scope is not Scope.INVITED:
        raise NotByInvitation
    rules.require_open(poll)
