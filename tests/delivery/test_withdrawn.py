"""A check-in that is deleted takes its card with it, once, whatever happens meanwhile."""

from datetime import date

from bot.checkins.rules import Entry
from bot.errors import TryLater, Undeliverable
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import ADA, GUILD, Study

MONDAY = date(2026, 5, 4)


async def checked_in(study: Study) -> None:
    await study.set_up()
    await study.check_in(ADA)
    await study.tick()
    assert len(study.messenger.cards) == 1


async def delete(study: Study) -> None:
    await study.services.checkins.delete(GUILD, ADA, study.clock.now().date())


async def test_the_card_of_a_deleted_check_in_is_deleted(study: Study, messenger: FakeMessenger) -> None:
    await checked_in(study)
    await delete(study)
    study.clock.advance(seconds=10)
    await study.tick()
    assert messenger.cards == []
    study.clock.advance(hours=1)
    assert await study.tick() == 0
    assert len(messenger.called("delete")) == 1


async def test_a_check_in_that_is_deleted_before_its_card_was_sent_has_none(
    study: Study, messenger: FakeMessenger
) -> None:
    await study.set_up()
    await study.check_in(ADA)
    await delete(study)
    await study.tick()
    assert messenger.calls == []


async def test_who_reports_again_after_deleting_gets_a_new_card(
    study: Study, messenger: FakeMessenger
) -> None:
    await checked_in(study)
    (first,) = messenger.cards
    await delete(study)
    study.clock.advance(seconds=10)
    await study.tick()
    await study.check_in(ADA, "Something better")
    study.clock.advance(seconds=10)
    await study.tick()
    (second,) = messenger.cards
    # Discord would answer a nonce that it still knows with the message that was deleted.
    assert second.nonce != first.nonce


async def test_who_reports_again_while_the_card_is_being_deleted_gets_a_new_card(
    study: Study, messenger: FakeMessenger
) -> None:
    await checked_in(study)
    await delete(study)
    study.clock.advance(seconds=10)
    messenger.fail("delete", TryLater("Discord answered 500"), times=1)
    await study.tick()
    assert len(messenger.cards) == 1
    await study.services.checkins.report(GUILD, ADA, Entry("Something better"))
    study.clock.advance(minutes=10)
    await study.tick()
    (card,) = messenger.cards
    assert card.content.checkin.entry.done == "Something better"  # type: ignore[attr-defined]


async def test_a_card_whose_deletion_was_lost_on_the_way_is_deleted_again(
    study: Study, messenger: FakeMessenger, clock: ManualClock
) -> None:
    await checked_in(study)
    await delete(study)
    clock.advance(seconds=10)
    messenger.fail("delete", TryLater("no answer"), after_effect=True)
    await study.tick()
    clock.advance(minutes=10)
    await study.tick()
    assert messenger.cards == []
    clock.advance(minutes=10)
    assert await study.tick() == 0


async def test_a_card_in_a_channel_that_is_gone_is_given_up(study: Study, messenger: FakeMessenger) -> None:
    await checked_in(study)
    await delete(study)
    messenger.fail("delete", Undeliverable("the channel is gone"))
    study.clock.advance(seconds=10)
    await study.tick()
    study.clock.advance(hours=1)
    assert await study.tick() == 0


async def test_a_card_that_was_sent_before_a_crash_is_found_and_deleted(
    study: Study, messenger: FakeMessenger
) -> None:
    await study.set_up()
    await study.check_in(ADA)
    messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick()
    assert len(messenger.cards) == 1
    await delete(study)
    study.clock.advance(minutes=10)
    await study.tick()
    assert messenger.cards == []


async def test_the_prompt_stops_naming_who_deleted(study: Study, messenger: FakeMessenger) -> None:
    await study.set_up()
    await study.plan(ADA, ping=False)
    await study.tick_at("09:00")
    await study.check_in(ADA)
    study.clock.advance(seconds=10)
    await study.tick()
    assert messenger.prompts[0].content.members == [ADA]  # type: ignore[attr-defined]
    await delete(study)
    study.clock.advance(seconds=10)
    await study.tick()
    assert messenger.prompts[0].content.members == []  # type: ignore[attr-defined]
