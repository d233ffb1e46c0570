"""What goes out about buddies: one message for a pair, and nudges where they are wanted."""

from datetime import date

import pytest

from bot.buddies.deliveries import BuddiesContent, DirectNudgeContent, NudgeContent
from bot.checkins.rules import Entry
from bot.delivery.messenger import Place
from bot.errors import TryLater
from bot.preferences.service import change_preference, preference_of
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study

OTHER_GUILD, OTHER_CHANNEL = 2, 20
THURSDAY, FRIDAY = date(2026, 5, 7), date(2026, 5, 8)


async def pair_up(study: Study, one: int = ADA, other: int = BEN, guild: int = GUILD) -> None:
    await study.services.buddies.find(guild, one)
    await study.services.buddies.find(guild, other)


async def idle_since_monday(study: Study, zone: str = "UTC") -> None:
    """Ada and Ben are buddies; Ben checks in on Monday, and never again. It is Thursday noon in UTC."""
    await study.plan(BEN, ping=False, zone=zone)
    await study.check_in(BEN)
    await pair_up(study)
    await study.tick()
    study.clock.advance(days=3, hours=4)


async def wants_direct(study: Study) -> None:
    await study.services.database.write(change_preference, GUILD, BEN, direct_pings=True)


async def nudge(study: Study) -> None:
    await study.services.buddies.nudge(GUILD, ADA, BEN)


async def test_a_pair_is_told_by_one_message_in_the_days_thread(study: Study) -> None:
    await study.plan(CLEO)
    await study.tick_at("09:00")
    await pair_up(study)
    for _ in range(3):
        await study.tick()
    (told,) = study.messenger.of(BuddiesContent)
    assert told.content == BuddiesContent(ADA, BEN)
    assert told.place == Place(GUILD, study.messenger.prompts[0].id)


async def test_a_pair_is_told_in_the_channel_where_there_is_no_prompt(study: Study) -> None:
    await pair_up(study)
    await study.tick()
    (told,) = study.messenger.of(BuddiesContent)
    assert told.place == Place(GUILD, CHANNEL)


async def test_a_pair_that_parted_before_the_message_went_out_is_not_told(study: Study) -> None:
    await pair_up(study)
    await study.services.buddies.leave(GUILD, ADA)
    await study.tick()
    assert study.messenger.of(BuddiesContent) == []


async def test_only_the_pair_that_still_is_one_is_told(study: Study) -> None:
    await pair_up(study)
    await study.services.buddies.find(GUILD, CLEO)
    await study.services.buddies.leave(GUILD, BEN)
    await study.tick()
    (told,) = study.messenger.of(BuddiesContent)
    assert {told.content} <= {BuddiesContent(ADA, CLEO), BuddiesContent(CLEO, ADA)}


async def test_a_parting_is_not_told_in_public(study: Study) -> None:
    await pair_up(study)
    await study.tick()
    calls = len(study.messenger.calls)
    await study.services.buddies.leave(GUILD, ADA)
    study.clock.advance(hours=1)
    await study.tick()
    assert len(study.messenger.calls) == calls


async def test_a_lost_answer_tells_a_pair_once(study: Study) -> None:
    await pair_up(study)
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick()
    study.clock.advance(minutes=5)
    await study.tick()
    assert len(study.messenger.of(BuddiesContent)) == 1


async def test_the_same_people_in_two_servers_are_told_in_each_of_its_own_pair(study: Study) -> None:
    await study.set_up(OTHER_GUILD, channel_id=OTHER_CHANNEL)
    await pair_up(study, ADA, BEN)
    await pair_up(study, ADA, CLEO, OTHER_GUILD)
    await study.tick()
    told = {message.place: message.content for message in study.messenger.of(BuddiesContent)}
    assert told == {
        Place(GUILD, CHANNEL): BuddiesContent(ADA, BEN),
        Place(OTHER_GUILD, OTHER_CHANNEL): BuddiesContent(ADA, CLEO),
    }


async def test_a_nudge_goes_into_the_days_thread(study: Study) -> None:
    await idle_since_monday(study)
    await study.plan(CLEO, ping=False)
    await study.tick_at("09:00", FRIDAY)
    await nudge(study)
    for _ in range(3):
        await study.tick()
    (sent,) = study.messenger.of(NudgeContent)
    assert sent.content == NudgeContent(BEN, ADA)
    assert sent.place == Place(GUILD, study.messenger.prompts[-1].id)


async def test_a_nudge_is_a_direct_message_to_who_chose_that(study: Study) -> None:
    await idle_since_monday(study)
    await wants_direct(study)
    await nudge(study)
    await study.tick()
    (sent,) = study.messenger.of(DirectNudgeContent)
    assert sent.content == DirectNudgeContent(GUILD, CHANNEL, ADA)
    assert sent.place == Place(GUILD, -BEN)
    assert study.messenger.of(NudgeContent) == []


async def test_a_nudge_that_discord_refuses_comes_in_the_thread_as_pings_do_from_then_on(
    study: Study,
) -> None:
    await idle_since_monday(study)
    await wants_direct(study)
    await study.plan(BEN, "18:00")
    study.messenger.closed_to_direct.add(BEN)
    await nudge(study)
    await study.tick()
    await study.tick()
    (sent,) = study.messenger.of(NudgeContent)
    assert sent.content == NudgeContent(BEN, ADA, was_refused=True)
    chosen = await study.services.database.read(preference_of, GUILD, BEN)
    assert (chosen.direct_pings, chosen.direct_refused_on) == (False, THURSDAY)
    await study.tick_at("18:00")
    assert study.messenger.pinged() == [BEN]
    assert len(study.messenger.called("open_direct")) == 1, "Discord is not asked again"


async def test_a_nudge_waits_for_eight_in_the_morning_of_its_member(study: Study) -> None:
    await idle_since_monday(study, zone="America/New_York")
    # Six in the morning of Friday is two there; by then Wednesday can't be reported any more.
    study.clock.advance(hours=18)
    await nudge(study)
    await study.tick_at("11:59")
    assert study.messenger.of(NudgeContent) == []
    await study.tick_at("12:00")
    assert [each.content for each in study.messenger.of(NudgeContent)] == [NudgeContent(BEN, ADA)]


@pytest.mark.parametrize("direct", [False, True])
async def test_a_nudge_that_waited_comes_where_its_member_wants_it_by_then(
    study: Study, direct: bool
) -> None:
    await idle_since_monday(study, zone="America/New_York")
    if not direct:
        await wants_direct(study)
    study.clock.advance(hours=18)
    await nudge(study)
    await study.services.routines.choose_pings(GUILD, BEN, direct=direct)
    await study.tick_at("12:00")
    await study.tick()
    there, elsewhere = (DirectNudgeContent, NudgeContent) if direct else (NudgeContent, DirectNudgeContent)
    assert len(study.messenger.of(there)) == 1
    assert study.messenger.of(elsewhere) == []
    assert bool(study.messenger.called("open_direct")) is direct


async def test_a_nudge_that_may_have_arrived_does_not_come_in_the_other_place_too(study: Study) -> None:
    await idle_since_monday(study)
    await study.plan(BEN, ping=False)
    await wants_direct(study)
    await study.tick()
    await nudge(study)
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick()
    await study.services.routines.choose_pings(GUILD, BEN, direct=False)
    study.clock.advance(minutes=5)
    await study.tick()
    assert len(study.messenger.of(DirectNudgeContent)) == 1
    assert study.messenger.of(NudgeContent) == []


@pytest.mark.parametrize("meanwhile", ["late report", "other days"])
async def test_a_nudge_that_waited_is_not_sent_when_there_is_nothing_to_nudge_about_any_more(
    study: Study, meanwhile: str
) -> None:
    await idle_since_monday(study, zone="America/New_York")
    study.clock.advance(hours=18)
    await nudge(study)
    if meanwhile == "late report":
        await study.services.checkins.report(GUILD, BEN, Entry("Late"), THURSDAY)
    else:
        await study.plan(BEN, ping=False, zone="America/New_York", days="mon-thu")
    await study.tick_at("12:00")
    assert study.messenger.of(NudgeContent) == []
    assert [reason for _, _, reason in await study.fates("nudge")] == [
        "there is nothing to nudge about any more"
    ]


@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize(
    "meanwhile", ["checked in", "away", "day off", "parted", "swapped", "forgotten", "too late"]
)
async def test_a_nudge_that_is_not_fitting_any_more_is_not_sent(
    study: Study, meanwhile: str, direct: bool
) -> None:
    await idle_since_monday(study)
    if direct:
        await wants_direct(study)
    await nudge(study)
    today = THURSDAY.isoformat()
    match meanwhile:
        case "checked in":
            await study.services.checkins.report(GUILD, BEN, Entry("A small piece"))
        case "away":
            await study.execute("insert into pause values (?, ?, ?, ?, 0)", GUILD, BEN, today, today)
        case "day off":
            await study.execute("insert into rest_day values (?, ?, ?, 0)", GUILD, BEN, today)
        case "parted":
            await study.services.buddies.leave(GUILD, ADA)
        case "swapped":
            await study.services.buddies.find(GUILD, CLEO)
            await study.services.buddies.leave(GUILD, ADA)
        case "forgotten":
            await study.services.database.write(study.services.buddies.forget_member, GUILD, ADA)
        case "too late":
            study.clock.advance(hours=12)
    await study.tick()
    assert study.messenger.of(NudgeContent) == study.messenger.of(DirectNudgeContent) == []
    kind = "direct_nudge" if direct else "nudge"
    # What would name somebody who is forgotten is not even kept as skipped.
    expected = [] if meanwhile == "forgotten" else ["skipped"]
    assert [state for _, state, _ in await study.fates(kind)] == expected
