"""Who is forgotten disappears from Discord as well: what the bot said about them is deleted or changed."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest

from bot.buddies.deliveries import BuddiesContent, NudgeContent
from bot.checkins.pings import DirectPingContent
from bot.delivery.forgetting import TAKEN_BACK
from bot.errors import TryLater, Undeliverable
from bot.privacy.errors import NotYourQuestion, QuestionTooOld
from bot.privacy.service import ASKED_FOR, Question
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import GUILD, Study

# Long enough to be found in any text, and in nothing else.
ADA, BEN = 777_000_111_222_333_444, 777_000_555_666_777_888


async def forget(services: Services, user: int = ADA, guild: int = GUILD) -> Question:
    question = await services.privacy.question(guild, user)
    return await services.privacy.forget(guild, user, asked_by=user, until=question.until)


async def settle(study: Study, minutes: int = 5) -> None:
    """Ticks for some minutes, in which all that is taken back one by one has its turn."""
    for _ in range(minutes * 6):
        study.clock.advance(seconds=10)
        await study.tick()


def naming(messenger: FakeMessenger, user: int) -> list[object]:
    """What stands in Discord and names somebody, be it as who it was sent to."""
    return [
        message.content
        for message in messenger.messages.values()
        if str(user) in repr((message.content, message.place))
    ]


async def rows(services: Services) -> list[sqlite3.Row]:
    return await services.database.read(lambda db: db.execute("select * from delivery").fetchall())


async def test_nothing_that_stands_in_discord_names_who_was_forgotten(
    study: Study, services: Services, messenger: FakeMessenger
) -> None:
    await services.preferences.change(GUILD, ADA, named=True)
    for user in (ADA, BEN):
        await study.plan(user, at="09:30")
    first_day = study.clock.now().date()
    for later in range(3):
        await study.tick_at("09:00", first_day + timedelta(days=later))
        await study.tick_at("09:30")
        await study.check_in(ADA)
        await study.check_in(BEN)
        await study.tick_at("10:00")
    # A card a day, a prompt a day, and the pings.
    assert len(naming(messenger, ADA)) == 9
    bens_cards = [card.id for card in messenger.cards if card.content.checkin.user_id == BEN]  # type: ignore[attr-defined]
    gone = await forget(services)
    assert not gone.is_empty
    await settle(study)
    assert naming(messenger, ADA) == []
    assert [card.id for card in messenger.cards] == bens_cards
    assert all(BEN in prompt.content.members for prompt in messenger.prompts[:3])  # type: ignore[attr-defined]
    await study.tick_at("09:00", study.clock.now().date() + timedelta(days=1))
    assert [row["kind"] for row in await rows(services) if row["kind"] == TAKEN_BACK] in ([], [TAKEN_BACK])


async def test_a_message_on_its_way_is_deleted_as_soon_as_it_has_arrived(
    study: Study, services: Services, messenger: FakeMessenger
) -> None:
    await study.check_in(ADA)
    await study.check_in(BEN)
    held = messenger.hold(GUILD)
    sending = asyncio.create_task(study.tick())
    await messenger.until_in_flight(1)
    await forget(services)
    held.set()
    await sending
    await settle(study, minutes=1)
    assert naming(messenger, ADA) == []
    assert len(naming(messenger, BEN)) == 1


async def test_a_message_of_which_nobody_knows_whether_it_arrived_is_looked_for_and_deleted(
    study: Study, services: Services, messenger: FakeMessenger
) -> None:
    await study.check_in(ADA)
    messenger.fail("send", TryLater("the answer was lost"), after_effect=True)
    await study.tick()
    assert len(naming(messenger, ADA)) == 1
    await forget(services)
    assert str(ADA) not in repr([tuple(row) for row in await rows(services)])
    await settle(study, minutes=10)
    assert naming(messenger, ADA) == []
    assert len(messenger.called("send")) == 1


async def test_what_was_not_sent_yet_is_not_sent(
    study: Study, services: Services, messenger: FakeMessenger
) -> None:
    await study.plan(ADA, at="09:30")
    await study.check_in(ADA)
    await forget(services)
    assert await rows(services) == []
    await study.tick_at("09:30")
    assert messenger.messages == {}


async def test_direct_messages_are_deleted_too(
    study: Study, services: Services, messenger: FakeMessenger
) -> None:
    await study.plan(ADA, at="09:30")
    await services.routines.choose_pings(GUILD, ADA, direct=True)
    await study.tick_at("09:30")
    assert len(messenger.of(DirectPingContent)) == 1
    await forget(services)
    await settle(study, minutes=1)
    assert messenger.of(DirectPingContent) == []


async def test_a_refusal_that_comes_after_somebody_was_forgotten_brings_nothing_of_them_back(
    study: Study, services: Services, messenger: FakeMessenger
) -> None:
    await study.plan(ADA, at="09:30")
    await services.routines.choose_pings(GUILD, ADA, direct=True)
    await study.tick_at("09:00")
    held = messenger.hold(GUILD)
    messenger.fail("open_direct", Undeliverable("closed"))
    sending = asyncio.create_task(study.tick_at("09:30"))
    await messenger.until_in_flight(1)
    await forget(services)
    held.set()
    await sending
    await settle(study, minutes=1)
    assert all(held.is_empty for held in await services.privacy.what(GUILD, ADA))


async def test_others_wait_for_none_of_it(study: Study, services: Services, messenger: FakeMessenger) -> None:
    for _ in range(40):
        await study.check_in(ADA)
        await study.tick_at("10:00")
        study.clock.advance(days=1)
    await forget(services)
    await study.tick()
    await study.check_in(BEN)
    study.clock.advance(seconds=10)
    await study.tick()
    assert len(naming(messenger, BEN)) == 1
    assert len(naming(messenger, ADA)) > 20
    await settle(study, minutes=2)
    assert naming(messenger, ADA) == []


@pytest.mark.parametrize("forgotten", [ADA, BEN])
async def test_what_told_of_buddies_is_deleted_whoever_of_the_two_is_forgotten(
    study: Study, services: Services, messenger: FakeMessenger, forgotten: int
) -> None:
    for user in (ADA, BEN):
        await study.plan(user)
        await services.buddies.find(GUILD, user)
    await study.tick_at("09:00")
    assert len(messenger.of(BuddiesContent)) == 1
    await forget(services, forgotten)
    await settle(study, minutes=1)
    assert messenger.of(BuddiesContent) == []


async def test_a_nudge_of_somebody_who_is_forgotten_is_deleted(
    study: Study, services: Services, clock: ManualClock, messenger: FakeMessenger
) -> None:
    for user in (ADA, BEN):
        await study.plan(user, ping=False)
        await services.buddies.find(GUILD, user)
    await study.check_in(ADA)
    await study.check_in(BEN)
    for _ in range(6):
        await study.tick_at("10:00")
        clock.advance(days=1)
        await study.check_in(ADA)
    await services.buddies.nudge(GUILD, ADA, BEN)
    await study.tick()
    assert len(messenger.of(NudgeContent)) == 1
    await forget(services)
    await settle(study, minutes=1)
    assert messenger.of(NudgeContent) == []


async def test_only_who_asked_may_confirm_and_only_in_time(
    study: Study, services: Services, clock: ManualClock
) -> None:
    await study.check_in(ADA)
    question = await services.privacy.question(GUILD, ADA)
    with pytest.raises(NotYourQuestion):
        await services.privacy.forget(GUILD, ADA, asked_by=BEN, until=question.until)
    clock.advance(seconds=ASKED_FOR.total_seconds())
    with pytest.raises(QuestionTooOld):
        await services.privacy.forget(GUILD, ADA, asked_by=ADA, until=question.until)
    assert not (await services.privacy.question(GUILD, ADA)).is_empty


async def test_a_second_time_there_is_nothing_left(study: Study, services: Services) -> None:
    await study.check_in(ADA)
    assert not (await forget(services)).is_empty
    assert (await forget(services)).is_empty
