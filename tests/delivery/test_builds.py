"""What is said about builds by itself: where, once, to whom, and until when."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.builds.deliveries import (
    BuildContent,
    BuildThreadTitle,
    KickoffContent,
    ThereContent,
    WeekOverContent,
)
from bot.builds.rules import Build, BuildingDay, BuildState
from bot.checkins.deliveries import PromptContent
from bot.errors import TryLater, Undeliverable
from bot.ideas.rules import IdeaText
from bot.services import Services
from tests.building import baseline_there, begun, moved_on
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger, Message, shown_as_done
from tests.delivery.focus_study import contents, later, nothing_is_left_to_do
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study

OTHER, OTHER_CHANNEL, POLLS = 2, 20, 30
WEEK_OVER_AT = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def study(services: Services, clock: ManualClock, messenger: FakeMessenger) -> Study:
    """A server that was never set up: builds need none. It is nine on a Monday."""
    clock.advance(hours=1)
    return Study(services, clock, messenger)


async def build_with(study: Study, *members: int, channel: int = POLLS, title: str = "Plant doctor") -> Build:
    build = await begun(study.services, GUILD, members, channel_id=channel, text=IdeaText(title))
    await study.tick()
    return build


def only(study: Study, kind: type) -> Message:
    (message,) = study.messenger.of(kind)
    return message


def asked(study: Study) -> list[list[int]]:
    """Whom each question whether a baseline is there mentions."""
    return [list(content.mentioned) for content in contents(study.messenger, WeekOverContent)]


def shown(study: Study) -> Build:
    (content,) = contents(study.messenger, BuildContent)
    return content.build


async def test_a_build_is_posted_where_its_poll_is_and_its_thread_begins_with_the_first_steps(
    study: Study,
) -> None:
    build = await build_with(study, ADA)
    message, kickoff = only(study, BuildContent), only(study, KickoffContent)
    assert message.place.channel_id == POLLS
    assert kickoff.place.channel_id == message.id
    assert study.messenger.threads == {message.id: BuildThreadTitle("Plant doctor")}
    assert (message.content, kickoff.content) == (BuildContent(build), KickoffContent(build))


async def test_whoever_comes_or_goes_shows_in_both_messages(study: Study) -> None:
    build = await build_with(study, ADA)
    await study.services.builds.join(GUILD, BEN, build.id)
    await later(study, seconds=10)
    assert shown(study).members == (ADA, BEN)
    (kickoff,) = contents(study.messenger, KickoffContent)
    assert kickoff.build.members == (ADA, BEN)
    await study.services.builds.leave(GUILD, ADA, build.id)
    await later(study, seconds=10)
    assert shown(study).members == (BEN,)


async def test_many_who_come_at_once_change_the_message_once_in_five_seconds(study: Study) -> None:
    build = await build_with(study, ADA)
    for second in range(20):
        await study.services.builds.join(GUILD, 1_000 + second, build.id)
        study.clock.advance(seconds=1)
        await study.tick()
    await later(study, seconds=10)
    changes = [moment for moment, _ in only(study, BuildContent).changes]
    assert len(shown(study).members) == 21
    assert all(after - before >= timedelta(seconds=5) for before, after in pairwise(changes))


async def test_the_first_steps_wait_for_a_message_that_cannot_be_posted_yet(study: Study) -> None:
    study.messenger.fail("send", TryLater("Discord answered 500"), times=2)
    await build_with(study, ADA)
    assert study.messenger.messages == {}
    for _ in range(6):
        study.clock.advance(seconds=10)
        await study.tick()
    message = only(study, BuildContent)
    assert only(study, KickoffContent).place.channel_id == message.id
    assert await nothing_to_do_before_the_end(study)


async def nothing_to_do_before_the_end(study: Study) -> bool:
    calls = len(study.messenger.calls)
    study.clock.set(WEEK_OVER_AT - timedelta(seconds=1))
    await study.tick()
    return len(study.messenger.calls) == calls


async def test_where_no_thread_may_be_opened_all_is_said_in_the_channel(study: Study) -> None:
    study.messenger.without_threads.add(POLLS)
    build = await build_with(study, ADA)
    await baseline_there(study.services, build)
    await later(study, seconds=10)
    assert {message.place.channel_id for message in study.messenger.messages.values()} == {POLLS}
    assert len(study.messenger.messages) == 3


async def test_in_a_channel_that_is_gone_nothing_can_be_said_and_nothing_else_is_held_up(
    study: Study,
) -> None:
    study.messenger.gone.add(POLLS)
    await build_with(study, ADA)
    assert [row[1] for row in await study.fates("build")] == ["skipped"]
    await later(study, seconds=30)
    assert [row[1] for row in await study.fates("build_kickoff")] == ["skipped"]
    await build_with(study, ADA, channel=CHANNEL)
    assert only(study, BuildContent).place.channel_id == CHANNEL


async def test_when_the_week_is_over_those_who_asked_for_it_are_mentioned_once(study: Study) -> None:
    build = await build_with(study, ADA, CLEO)
    for user in (BEN, CLEO):
        await study.services.builds.join(GUILD, user, build.id)
    await later(study, seconds=10)
    study.clock.set(WEEK_OVER_AT - timedelta(seconds=1))
    await study.tick()
    assert asked(study) == []
    study.clock.advance(seconds=1)
    await study.tick()
    assert [sorted(mentioned) for mentioned in asked(study)] == [[BEN, CLEO]]
    assert only(study, WeekOverContent).place.channel_id == only(study, BuildContent).id
    assert await nothing_is_left_to_do(study)
    assert shown(study).is_running


async def test_who_is_away_or_takes_the_day_off_is_not_mentioned(study: Study) -> None:
    await study.set_up()
    build = await build_with(study)
    for user in (ADA, BEN, CLEO):
        await study.services.builds.join(GUILD, user, build.id)
    for user in (ADA, BEN):
        await study.plan(user, ping=False)
    await study.services.routines.pause(GUILD, ADA, "2026-05-09", "2026-05-20")
    study.clock.set(WEEK_OVER_AT - timedelta(hours=2))
    await study.services.checkins.not_today(GUILD, BEN)
    study.clock.set(WEEK_OVER_AT)
    await study.tick()
    assert asked(study) == [[CLEO]]


async def test_whoever_left_before_the_end_is_not_mentioned(study: Study) -> None:
    build = await build_with(study, ADA)
    await study.services.builds.join(GUILD, BEN, build.id)
    await study.services.builds.leave(GUILD, BEN, build.id)
    study.clock.set(WEEK_OVER_AT)
    await study.tick()
    assert asked(study) == [[]]


@pytest.mark.parametrize(
    ("hours_late", "asked_at"),
    [
        (5, WEEK_OVER_AT + timedelta(hours=5)),
        # Back at two in the night: the question waits for the morning.
        (17, WEEK_OVER_AT + timedelta(days=1)),
        (24 * 13, WEEK_OVER_AT + timedelta(days=13)),
    ],
)
async def test_a_week_that_ends_in_a_downtime_is_asked_about_afterwards_by_day(
    study: Study, hours_late: float, asked_at: datetime
) -> None:
    build = await build_with(study)
    await study.services.builds.join(GUILD, ADA, build.id)
    await later(study, seconds=10)
    study.clock.set(WEEK_OVER_AT + timedelta(hours=hours_late))
    await study.tick()
    if study.clock.now() < asked_at:
        assert asked(study) == []
        study.clock.set(asked_at)
        await study.tick()
    assert asked(study) == [[ADA]]
    assert only(study, WeekOverContent).sent_at == asked_at


async def test_after_a_downtime_of_weeks_nobody_is_asked_any_more(study: Study) -> None:
    await build_with(study, ADA)
    study.clock.set(WEEK_OVER_AT + timedelta(days=14))
    await study.tick()
    assert asked(study) == []
    assert [row[1:] for row in await study.fates("build_week_over")] == [("skipped", "too late")]
    assert await nothing_is_left_to_do(study)


async def test_several_builds_are_each_asked_about_at_their_own_time(study: Study) -> None:
    first = await build_with(study, ADA)
    study.clock.advance(hours=3)
    second = await build_with(study, BEN, title="Bread timer")
    together = await build_with(study, CLEO, title="Bird caller")
    study.clock.set(WEEK_OVER_AT)
    await study.tick()
    study.clock.advance(hours=3)
    await study.tick()
    messages = study.messenger.of(WeekOverContent)
    builds = [content.build.id for content in contents(study.messenger, WeekOverContent)]
    assert builds == [first.id, second.id, together.id]
    assert [message.sent_at - WEEK_OVER_AT for message in messages] == [
        timedelta(0),
        timedelta(hours=3),
        timedelta(hours=3),
    ]


async def test_a_team_is_asked_though_an_earlier_look_failed(study: Study) -> None:
    await build_with(study, ADA)
    await study.execute("update build set zone = 'Mars/Crater'")
    study.clock.set(WEEK_OVER_AT)
    await study.tick()
    assert asked(study) == []
    await study.execute("update build set zone = 'UTC'")
    study.clock.advance(hours=1)
    # Whatever begins or ends next plans the look anew.
    await build_with(study, BEN, title="Bread timer")
    await study.tick()
    assert [content.build.text.title for content in contents(study.messenger, WeekOverContent)] == [
        "Plant doctor"
    ]


@pytest.mark.parametrize("asked_before", [False, True])
async def test_a_baseline_is_told_in_the_thread_and_shows_in_all_messages(
    study: Study, asked_before: bool
) -> None:
    build = await build_with(study, ADA, BEN)
    if asked_before:
        study.clock.set(WEEK_OVER_AT)
        await later(study)
    await baseline_there(study.services, build)
    await later(study, seconds=10)
    assert (shown(study).state, shown(study).link) == (BuildState.THERE, "https://demo.example")
    there = only(study, ThereContent)
    assert there.place.channel_id == only(study, BuildContent).id
    states = [content.build.state for content in contents(study.messenger, WeekOverContent)]
    assert states == [BuildState.THERE] * asked_before
    assert await nothing_is_left_to_do(study)
    assert len(study.messenger.of(WeekOverContent)) == asked_before


async def test_a_team_that_moved_on_is_asked_nothing(study: Study) -> None:
    build = await build_with(study, ADA)
    await moved_on(study.services, build)
    await later(study, seconds=10)
    assert shown(study).state is BuildState.MOVED_ON
    assert await nothing_is_left_to_do(study)
    assert study.messenger.of(WeekOverContent) == []


async def test_a_build_that_was_over_before_it_could_be_posted_is_not(study: Study) -> None:
    study.messenger.fail("send", TryLater("Discord is down"), times=1)
    build = await build_with(study, ADA)
    await moved_on(study.services, build)
    await later(study, seconds=30)
    assert await nothing_is_left_to_do(study)
    assert study.messenger.messages == {}


async def test_a_corrected_link_shows_in_the_message_and_in_the_thread(study: Study) -> None:
    build = await build_with(study, ADA)
    await baseline_there(study.services, build)
    await later(study, seconds=10)
    await study.services.builds.correct(GUILD, ADA, build.id, "https://right.example")
    await later(study, seconds=10)
    (there,) = contents(study.messenger, ThereContent)
    assert {shown(study).link, there.build.link} == {"https://right.example"}


async def test_who_is_forgotten_vanishes_from_all_that_was_posted(study: Study) -> None:
    build = await build_with(study, ADA)
    await study.services.builds.join(GUILD, BEN, build.id)
    study.clock.set(WEEK_OVER_AT)
    await later(study)
    await baseline_there(study.services, build)
    await later(study, seconds=10)
    await study.services.database.write(study.services.builds.forget_member, GUILD, BEN)
    await later(study, seconds=10)
    everything = [message.content for message in study.messenger.messages.values()]
    assert len(everything) == 4
    assert str(BEN) not in str(everything)


def asked_about(prompt: Message) -> Sequence[BuildingDay]:
    """Which builds a prompt asks about."""
    assert isinstance(prompt.content, PromptContent)
    return prompt.content.builds


async def test_the_prompt_asks_about_the_builds_of_its_server_until_their_week_is_over(study: Study) -> None:
    await study.set_up(prompt_at="10:00")
    await study.set_up(OTHER, channel_id=OTHER_CHANNEL, prompt_at="10:00")
    for guild in (GUILD, OTHER):
        await study.plan(ADA, guild_id=guild, ping=False)
    build = await build_with(study, ADA)
    study.clock.set(WEEK_OVER_AT - timedelta(days=6))
    await build_with(study, ADA, title="Bread timer")
    await study.tick_at("10:00")
    first, other = study.messenger.prompts
    assert asked_about(first) == (BuildingDay("Plant doctor", 2), BuildingDay("Bread timer", 1))
    assert asked_about(other) == ()
    # Whoever checks in much later sees the days that were asked about, and what ended is not asked about.
    study.clock.set(WEEK_OVER_AT - timedelta(days=5))
    await study.tick_at("23:00")
    await study.check_in(ADA)
    await moved_on(study.services, build)
    await later(study, seconds=10)
    mine = [message for message in study.messenger.prompts if message.place.channel_id == CHANNEL]
    assert shown_as_done(mine[-1]) == [ADA]
    assert asked_about(mine[-1]) == (BuildingDay("Bread timer", 2),)
    study.clock.set(WEEK_OVER_AT + timedelta(days=1))
    await study.tick_at("10:00")
    assert asked_about(study.messenger.prompts[-1]) == ()


async def test_a_build_that_begins_shows_in_the_prompt_of_the_day(study: Study) -> None:
    await study.set_up(prompt_at="10:00")
    await study.plan(ADA, ping=False)
    await study.tick_at("10:00")
    (prompt,) = study.messenger.prompts
    assert asked_about(prompt) == ()
    study.clock.advance(hours=5)
    await build_with(study, ADA)
    await later(study, seconds=10)
    assert asked_about(prompt) == (BuildingDay("Plant doctor", 1),)


async def test_an_older_prompt_does_not_ask_about_what_began_after_its_day(study: Study) -> None:
    await study.set_up(prompt_at="10:00")
    await study.plan(ADA, ping=False)
    await study.tick_at("10:00")
    (prompt,) = study.messenger.prompts
    await study.check_in(ADA)
    study.clock.advance(days=1, hours=1)
    await build_with(study, ADA)
    await study.services.database.write(study.services.checkins.forget_member, GUILD, ADA)
    await later(study, seconds=10)
    assert shown_as_done(prompt) == []
    assert asked_about(prompt) == ()


async def test_a_refused_question_is_not_asked_for_ever(study: Study) -> None:
    await build_with(study, ADA)
    await later(study, seconds=10)
    study.messenger.fail("send", Undeliverable("I lack a right in the channel"), times=2)
    study.clock.set(WEEK_OVER_AT)
    await study.tick()
    assert await nothing_is_left_to_do(study)
    assert asked(study) == []
