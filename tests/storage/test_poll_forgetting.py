"""Forgetting somebody in each phase of a poll: who started it, whose idea is in it, who is invited."""

import asyncio
import sqlite3

import pytest

from bot.polls.errors import NotYourPoll
from bot.polls.recount import recount
from bot.polls.rules import DECIDED, EndedBy, Phase, Scope
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.led_polls import Leader, Led, an_idea

GUILD, OTHER = 1001, 1002
# Long enough to be found in any text, and in nothing else.
ADA, BEN, CLEO = 777_000_111_222_333_444, 777_000_555_666_777_888, 777_000_999_999_999_999

GONE = "An idea that was taken away"


@pytest.fixture
def lead(services: Services, clock: ManualClock) -> Leader:
    return Leader(services, clock, FakeMessenger(clock), starter=ADA)


async def forget(services: Services, user: int, guild: int = GUILD) -> None:
    def all_features(db: sqlite3.Connection) -> None:
        for feature in services.personal_data:
            feature.forget_member(db, guild, user)

    await services.database.write(all_features)


def stored(db: sqlite3.Connection, text: str) -> set[str]:
    """The tables in which a text stands somewhere."""
    tables = [name for (name,) in db.execute("select name from sqlite_schema where type = 'table'")]
    return {
        table
        for table in tables
        if any(text in str(tuple(row)) for row in db.execute(f'select * from "{table}"'))
    }


@pytest.mark.parametrize("phase", Phase)
async def test_a_poll_goes_on_without_whoever_started_it(
    lead: Leader, db: sqlite3.Connection, phase: Phase
) -> None:
    led = await lead.at(phase, author=BEN)
    before = await led.outcome()
    await forget(lead.services, ADA)
    after = await led.outcome()
    assert (after.poll.phase, after.poll.user_id, after.poll.until) == (phase, None, before.poll.until)
    assert after.final == before.final
    assert [entry.title for entry in after.entries] == [entry.title for entry in before.entries]
    assert stored(db, str(ADA)) == set()
    if phase is Phase.FINAL:
        await led.when_time_is_over()
        assert [build.members for build in (await led.view()).builds] == [(BEN,)]


@pytest.mark.parametrize(
    ("phase", "then"),
    [
        (Phase.COLLECT, Phase.COLLECT),
        (Phase.CARDS, Phase.DROPPED),
        (Phase.FINAL, Phase.DROPPED),
        (Phase.BASELINE, Phase.BASELINE),
    ],
)
async def test_of_whoever_ranked_alone_nothing_is_left_to_choose(
    lead: Leader, db: sqlite3.Connection, phase: Phase, then: Phase
) -> None:
    led = await lead.at(phase, scope=Scope.ALONE)
    title = (await led.entry(0)).title
    await forget(lead.services, ADA)
    assert await led.phase() is then
    assert stored(db, str(ADA)) == set()
    # Of the one that is built, the title stays on the build's message.
    assert stored(db, title) <= {"build"}
    assert stored(db, "three forums") == set()
    if phase is Phase.COLLECT:
        await led.when_time_is_over()
        assert (await led.poll()).ended_by is EndedBy.TOO_FEW


async def with_bens_idea(lead: Leader, phase: Phase) -> Led:
    """A poll of eight ideas in which the best, and one that comes into no final, are Ben's."""
    led = await lead.started()
    await lead.services.polls.add_idea(GUILD, BEN, led.id, an_idea("Ben's worse"))
    await led.add(6)
    await lead.services.polls.add_idea(GUILD, BEN, led.id, an_idea("Ben's better"))
    if phase is Phase.COLLECT:
        return led
    await led.open()
    if phase is Phase.CARDS:
        return led
    # All cards that there are, so that no chance is left in it.
    await led.tap(CLEO, 70)
    await led.end_cards()
    assert (await led.poll()).shortlist == (7, 6, 5, 4, 3)
    if phase is not Phase.FINAL:
        await led.end_final()
        assert (await led.poll()).tried == (7,)
    return led


async def test_ideas_of_somebody_forgotten_leave_a_poll_that_collects(
    lead: Leader, db: sqlite3.Connection
) -> None:
    led = await with_bens_idea(lead, Phase.COLLECT)
    await forget(lead.services, BEN)
    entries = (await led.view()).entries
    assert [entry.position for entry in entries] == list(range(6))
    assert GONE not in [entry.title for entry in entries]
    assert stored(db, "Ben's") == set()


@pytest.mark.parametrize("phase", [Phase.CARDS, Phase.FINAL])
async def test_ideas_of_somebody_forgotten_can_not_win(
    lead: Leader, db: sqlite3.Connection, phase: Phase
) -> None:
    led = await with_bens_idea(lead, phase)
    before = await led.outcome()
    await forget(lead.services, BEN)
    view = await led.outcome()
    assert [entry.position for entry in view.entries if entry.title == GONE] == [0, 7]
    assert view.entries[7].withdrawn
    assert view.entries[7].authors == frozenset()
    assert view.shortlist == before.shortlist
    assert stored(db, "Ben's") == stored(db, "idea.example") == set()
    if phase is Phase.CARDS:
        await led.tap(CLEO, 5)
        await led.end_cards()
    await led.end_final()
    assert 7 not in [placed.idea for placed in (await led.final()).order]
    assert recount(await lead.services.voting.record(GUILD, led.id)).is_same


async def test_what_was_decided_stays_though_an_author_is_forgotten(
    lead: Leader, db: sqlite3.Connection
) -> None:
    led = await with_bens_idea(lead, Phase.BASELINE)
    before, record = await led.outcome(), await lead.services.voting.record(GUILD, led.id)
    await forget(lead.services, BEN)
    after = await led.outcome()
    assert after.poll == before.poll
    assert (after.shortlist, after.final, after.voters) == (before.shortlist, before.final, before.voters)
    assert [entry.title for entry in after.entries if entry.title == GONE] == [GONE, GONE]
    assert stored(db, "Ben's worse") == stored(db, "idea.example") == set()
    again = await lead.services.voting.record(GUILD, led.id)
    assert again == record.replace("Ben's better", GONE).replace("Ben's worse", GONE)
    assert recount(again).is_same


async def test_nobody_is_given_an_idea_to_build_that_was_forgotten(lead: Leader) -> None:
    led = await lead.started()
    await led.add(6)
    await lead.services.polls.add_idea(GUILD, BEN, led.id, an_idea("Ben's"))
    await led.open()
    await led.tap(CLEO, 20)
    await led.end_cards()
    shortlist = (await led.poll()).shortlist
    assert shortlist[0] == 6
    for user in (CLEO, 20, 21, 22):
        await led.mark(user, best=shortlist[1])
    await led.end_final()
    await forget(lead.services, BEN)
    while await led.phase() is Phase.BASELINE:
        await led.move_on()
    assert sorted((await led.poll()).tried) == sorted(shortlist[1:])


async def test_an_idea_that_is_called_like_a_forgotten_one_is_forgotten_as_well(
    lead: Leader, db: sqlite3.Connection
) -> None:
    led = await lead.started()
    await led.add(6)
    await lead.services.polls.add_idea(GUILD, BEN, led.id, an_idea(GONE))
    await led.open()
    assert stored(db, "idea.example") == {"idea", "poll_entry"}
    await forget(lead.services, BEN)
    assert stored(db, "idea.example") == set()


async def test_what_is_others_too_stays_in_a_poll(lead: Leader) -> None:
    led = await lead.started()
    (first,) = await led.add(1, BEN)
    await lead.services.database.write(
        lambda db: db.execute("insert into idea_co_author values (?, ?, ?)", (first, GUILD, CLEO)).rowcount
    )
    await forget(lead.services, BEN)
    (entry,) = (await led.view()).entries
    assert (entry.idea_id, entry.authors) == (first, frozenset({CLEO}))
    await forget(lead.services, CLEO)
    assert await led.ideas() == []


@pytest.mark.parametrize("phase", [Phase.COLLECT, *DECIDED])
async def test_somebody_invited_who_is_forgotten_is_on_no_list(
    lead: Leader, db: sqlite3.Connection, phase: Phase
) -> None:
    led = await lead.at(phase, scope=Scope.INVITED)
    await lead.services.database.write(
        lambda db: db.execute("insert into poll_invited values (?, ?, ?)", (led.id, GUILD, BEN)).rowcount
    )
    await forget(lead.services, BEN)
    assert stored(db, str(BEN)) == set()
    assert await led.phase() is phase
    if phase is Phase.COLLECT:
        with pytest.raises(NotYourPoll):
            await lead.services.polls.add_idea(GUILD, BEN, led.id, an_idea("Ben's"))


async def test_cards_wait_for_nobody_who_is_forgotten(lead: Leader, monkeypatch: pytest.MonkeyPatch) -> None:
    # Which cards are dealt is up to chance, and whether the five are settled by them is here not to be.
    monkeypatch.setattr("bot.polls.starting.secrets.randbelow", lambda _below: 7)
    led = await lead.at_cards(12, Scope.INVITED, invited=[BEN])
    await led.tap(BEN, 1)
    # Ben's tap goes with him, so a few more are needed than would just do.
    settled = 0
    while settled < 4:
        settled += (await lead.services.voting.deal(GUILD, ADA, led.id)).settled
        await led.tap(ADA)
        # Taps are reckoned behind their answers.
        await asyncio.gather(
            *(task for task in asyncio.all_tasks() if task.get_name().startswith("standing"))
        )
    assert await led.phase() is Phase.CARDS
    await forget(lead.services, BEN)
    poll = await led.poll()
    assert (poll.phase, poll.ended_by) == (Phase.FINAL, EndedBy.SETTLED)
    assert [voter.user_id for voter in (await led.view()).voters] == [ADA]


async def test_a_final_waits_for_nobody_who_is_forgotten(lead: Leader) -> None:
    led = await lead.at_final(7, Scope.INVITED, invited=[BEN])
    first, second, *_ = (await led.poll()).shortlist
    await led.mark(BEN, best=first, others=[first])
    await led.mark(ADA, best=second)
    assert await led.phase() is Phase.FINAL
    await forget(lead.services, BEN)
    poll = await led.poll()
    assert (poll.phase, poll.ended_by) == (Phase.BASELINE, EndedBy.EVERYBODY_VOTED)
    assert [voter.user_id for voter in (await led.view()).voters if voter.has_ballot] == [ADA]


async def test_who_is_forgotten_in_one_server_stays_in_another(lead: Leader, db: sqlite3.Connection) -> None:
    led = await lead.at(Phase.CARDS)
    await led.tap(BEN)
    before = await led.view()
    for user in (ADA, BEN):
        await forget(lead.services, user, OTHER)
    assert await led.view() == before


async def test_the_seed_of_an_open_poll_is_not_given_out(lead: Leader, db: sqlite3.Connection) -> None:
    led = await lead.at_final()
    for is_decided in (False, True):
        (row,) = lead.services.polls.export_member(db, GUILD, ADA)["poll"]
        assert row["seed"] == ((await led.poll()).seed if is_decided else None)
        if not is_decided:
            await led.end_final()
