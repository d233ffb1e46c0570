"""Where pings and cards go: the thread under the day's prompt, else the channel, else nowhere."""

from datetime import date

from bot.errors import TryLater
from bot.servers.places import ThreadTitle
from tests.delivery.fake_messenger import FakeMessenger, Message
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study

TUESDAY = date(2026, 5, 5)
NEW_CHANNEL = 11


async def prompted(study: Study, *members: int) -> Message:
    """Have members with routines, and the day's prompt posted."""
    for member in members or (ADA,):
        await study.plan(member)
    await study.tick_at("09:00")
    (prompt,) = study.messenger.prompts
    return prompt


async def test_a_card_goes_into_the_thread_under_the_days_prompt(study: Study) -> None:
    prompt = await prompted(study)
    await study.check_in(ADA)
    await study.tick()
    (card,) = study.messenger.cards
    assert card.place.channel_id == prompt.id
    assert study.messenger.threads == {prompt.id: ThreadTitle(date(2026, 5, 4))}


async def test_a_ping_goes_into_the_thread_under_the_days_prompt(study: Study) -> None:
    prompt = await prompted(study)
    await study.tick_at("09:30")
    (ping,) = study.messenger.pings
    assert ping.place.channel_id == prompt.id


async def test_the_thread_of_a_day_is_opened_once(study: Study) -> None:
    await prompted(study, ADA, BEN, CLEO)
    for member in (ADA, BEN):
        await study.check_in(member)
        await study.tick()
    await study.tick_at("09:30")
    assert len(study.messenger.cards) == 2
    assert len(study.messenger.pings) == 1
    assert len(study.messenger.called("open_thread")) == 1


async def test_every_day_has_a_thread_of_its_own(study: Study) -> None:
    await prompted(study)
    await study.tick_at("09:30")
    await study.tick_at("09:30", TUESDAY)
    assert list(study.messenger.threads.values()) == [
        ThreadTitle(date(2026, 5, 4)),
        ThreadTitle(date(2026, 5, 5)),
    ]
    assert [ping.place.channel_id for ping in study.messenger.pings] == list(study.messenger.threads)


async def test_a_prompt_nobody_answers_has_no_thread(study: Study) -> None:
    await study.plan(ADA, ping=False)
    await study.tick_at("09:00")
    assert len(study.messenger.prompts) == 1
    assert study.messenger.threads == {}


async def test_a_check_in_before_the_days_prompt_goes_under_the_newest_prompt(study: Study) -> None:
    prompt = await prompted(study)
    await study.tick_at("07:00", TUESDAY)
    await study.check_in(BEN)
    await study.tick()
    (card,) = study.messenger.cards
    assert card.place.channel_id == prompt.id


async def test_a_check_in_goes_to_the_channel_when_the_newest_prompt_is_days_old(study: Study) -> None:
    await prompted(study)
    await study.services.routines.stop(GUILD, ADA)
    await study.tick_at("07:00", date(2026, 5, 7))
    await study.check_in(BEN)
    await study.tick()
    (card,) = study.messenger.cards
    assert card.place.channel_id == CHANNEL


async def test_a_card_goes_to_the_channel_where_there_has_been_no_prompt(study: Study) -> None:
    await study.check_in(ADA)
    await study.tick()
    (card,) = study.messenger.cards
    assert card.place.channel_id == CHANNEL


async def test_cards_and_pings_go_to_the_channel_where_threads_may_not_be_opened(study: Study) -> None:
    study.messenger.without_threads.add(CHANNEL)
    await prompted(study, ADA, BEN)
    await study.check_in(ADA)
    await study.tick_at("09:30")
    places = {message.place.channel_id for message in study.messenger.messages.values()}
    assert places == {CHANNEL}
    assert len(study.messenger.cards) == len(study.messenger.pings) == 1


async def test_cards_go_to_the_channel_when_the_thread_was_deleted(study: Study) -> None:
    prompt = await prompted(study)
    await study.check_in(ADA)
    await study.tick()
    study.messenger.gone.add(prompt.id)
    await study.check_in(BEN)
    await study.tick()
    assert [card.place.channel_id for card in study.messenger.cards] == [prompt.id, CHANNEL]
    assert [fate[1:] for fate in await study.fates("card")] == [("sent", None)] * 2


async def test_cards_go_to_the_channel_when_the_thread_was_locked(study: Study) -> None:
    prompt = await prompted(study)
    await study.check_in(ADA)
    await study.tick()
    study.messenger.locked.add(prompt.id)
    await study.check_in(BEN)
    await study.tick()
    assert [card.place.channel_id for card in study.messenger.cards] == [prompt.id, CHANNEL]


async def test_a_card_that_was_put_off_goes_to_the_channel_when_the_thread_is_deleted_meanwhile(
    study: Study,
) -> None:
    prompt = await prompted(study)
    await study.check_in(ADA)
    study.messenger.fail("send", TryLater("Discord answered 500"))
    await study.tick()
    study.messenger.gone.add(prompt.id)
    await study.tick_at("09:01")
    (card,) = study.messenger.cards
    assert card.place.channel_id == CHANNEL


async def test_cards_and_pings_go_to_the_channel_when_the_prompt_was_deleted(study: Study) -> None:
    prompt = await prompted(study, ADA, BEN)
    study.messenger.delete_message(prompt.id)
    await study.check_in(ADA)
    await study.tick_at("09:30")
    assert [message.place.channel_id for message in study.messenger.cards + study.messenger.pings] == [
        CHANNEL,
        CHANNEL,
    ]
    assert await study.fates("prompt") == [("2026-05-04", "sent", "the message is gone")]


async def test_a_prompt_that_was_deleted_is_not_posted_again(study: Study) -> None:
    prompt = await prompted(study)
    study.messenger.delete_message(prompt.id)
    for member in (ADA, BEN):
        await study.check_in(member)
        study.clock.advance(minutes=1)
        await study.tick()
    assert study.messenger.prompts == []


async def test_what_cannot_be_shown_anywhere_is_skipped_with_the_reason_and_the_check_in_stays(
    study: Study,
) -> None:
    study.messenger.gone.add(CHANNEL)
    await study.plan(ADA)
    await study.plan(BEN)
    await study.check_in(ADA)
    await study.tick_at("09:30")
    assert study.messenger.messages == {}
    gone = ("2026-05-04", "skipped", "the channel is gone")
    assert await study.fates("prompt") == [gone]
    assert await study.fates("card") == [gone]
    assert (await study.fates("ping"))[1] == gone
    checkins = study.services.checkins
    assert await checkins.why_no_card(GUILD, ADA, date(2026, 5, 4)) == "the channel is gone"
    assert [day.state.value for day in await checkins.ledger(GUILD, ADA)] == ["done"]


async def test_a_channel_that_is_gone_is_asked_once_a_message_and_not_again(study: Study) -> None:
    study.messenger.gone.add(CHANNEL)
    await study.plan(ADA)
    for at in ("09:00", "09:01", "09:30", "09:31", "12:00"):
        await study.tick_at(at)
    assert len(study.messenger.calls) == 2, "one prompt and one ping"


async def test_cards_and_pings_go_to_the_channel_an_admin_chose_after_the_prompts_was_deleted(
    study: Study,
) -> None:
    await prompted(study, ADA, BEN)
    study.messenger.gone.add(CHANNEL)
    await study.set_up(channel_id=NEW_CHANNEL)
    await study.check_in(ADA)
    await study.tick_at("09:30")
    places = [message.place.channel_id for message in study.messenger.cards + study.messenger.pings]
    assert places == [NEW_CHANNEL, NEW_CHANNEL]


async def test_checking_in_again_shows_the_card_once_the_channel_has_been_mended(study: Study) -> None:
    study.messenger.gone.add(CHANNEL)
    await study.check_in(ADA)
    await study.tick()
    await study.set_up(channel_id=NEW_CHANNEL)
    await study.check_in(ADA, "Read a paper, twice")
    await study.tick()
    assert [card.place.channel_id for card in study.messenger.cards] == [NEW_CHANNEL]
    assert await study.services.checkins.why_no_card(GUILD, ADA, date(2026, 5, 4)) is None


async def test_what_belongs_to_one_server_is_never_sent_to_another(
    study: Study, messenger: FakeMessenger
) -> None:
    await study.set_up(2, channel_id=20)
    await prompted(study)
    await study.plan(ADA, guild_id=2)
    for guild_id in (GUILD, 2):
        await study.check_in(BEN, f"Work for server {guild_id}", guild_id=guild_id)
    await study.tick_at("09:30")
    for call in messenger.calls:
        own = {CHANNEL} if call.place.guild_id == GUILD else {20}
        own |= {each.id for each in messenger.prompts if each.place.guild_id == call.place.guild_id}
        assert call.place.channel_id in own
    for card in messenger.cards:
        assert f"server {card.place.guild_id}" in card.content.checkin.entry.done  # type: ignore[attr-defined]
