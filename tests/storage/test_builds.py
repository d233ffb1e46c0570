"""Builds over a real database: who is in, how they end, and whose evidence their baselines are."""

import sqlite3
from datetime import date, time, timedelta

import pytest

from bot.builds.errors import (
    BaselineLinkMissing,
    BaselineNotALink,
    BuildGone,
    BuildOver,
    NotInBuild,
    TooLateToCorrect,
)
from bot.builds.rules import Baseline, BuildState
from bot.builds.service import baselines_of, builds_of, drop_rival, running_builds
from bot.checkins.rules import Entry, Evidence, KindOfWork
from bot.checkins.service import evidence_of
from bot.ideas.rules import IdeaText
from bot.lookback.gathering import members_week, servers_week
from bot.lookback.rules import Links
from bot.services import Services
from tests.building import IDEA, SHOWN, baseline_there, begun, moved_on
from tests.clocks import ManualClock

GUILD, OTHER = 1, 2
ADA, BEN, CLEO = 101, 102, 103
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


async def set_up(services: Services, guild_id: int = GUILD, zone: str = "UTC") -> None:
    await services.servers.set_up(guild_id, checkin_channel_id=5, zone=zone, prompt_time=time(9))


async def baselines(services: Services, user_id: int, guild_id: int = GUILD) -> list[Baseline]:
    return await services.database.read(baselines_of, guild_id, user_id, 10)


async def forget(services: Services, user_id: int) -> None:
    await services.database.write(services.builds.forget_member, GUILD, user_id)


async def test_a_build_begins_with_those_it_was_given_and_the_idea_as_it_was_voted_on(
    services: Services, clock: ManualClock
) -> None:
    build = await begun(services, GUILD, [BEN, ADA], poll_id=7)
    assert await services.builds.find(GUILD, build.id) == build
    assert (build.text, build.poll_id, build.state) == (IDEA, 7, BuildState.RUNNING)
    assert (set(build.members), build.to_mention) == ({ADA, BEN}, ())
    assert (build.began_at, build.until) == (clock.now(), clock.now() + timedelta(days=7))


async def test_whoever_presses_is_in_once_and_wants_to_be_mentioned(
    services: Services, clock: ManualClock
) -> None:
    build = await begun(services, GUILD, [ADA])
    clock.advance(minutes=1)
    for _ in range(2):
        build = await services.builds.join(GUILD, BEN, build.id)
    assert (build.members, build.to_mention) == ((ADA, BEN), (BEN,))
    build = await services.builds.join(GUILD, ADA, build.id)
    assert (build.members, set(build.to_mention)) == ((ADA, BEN), {ADA, BEN})
    assert [each.id for each in await services.builds.of_member(GUILD, BEN)] == [build.id]


async def test_whoever_leaves_is_out_and_whoever_was_not_in_may_press_all_the_same(
    services: Services,
) -> None:
    build = await begun(services, GUILD, [ADA, BEN])
    assert (await services.builds.leave(GUILD, BEN, build.id)).members == (ADA,)
    assert (await services.builds.leave(GUILD, CLEO, build.id)).members == (ADA,)
    assert await services.builds.of_member(GUILD, BEN) == []


async def test_a_build_of_another_server_is_not_there(services: Services) -> None:
    build = await begun(services, GUILD, [ADA])
    with pytest.raises(BuildGone):
        await services.builds.find(OTHER, build.id)
    for act in (services.builds.join, services.builds.leave):
        with pytest.raises(BuildGone):
            await act(OTHER, BEN, build.id)
    with pytest.raises(BuildGone):
        await services.builds.correct(OTHER, ADA, build.id, SHOWN)
    assert await services.database.read(running_builds, OTHER) == []
    assert await services.database.read(builds_of, OTHER, build.poll_id) == []
    assert await services.builds.of_member(OTHER, ADA) == []


@pytest.mark.parametrize("ended", [baseline_there, moved_on])
async def test_after_the_end_nobody_comes_or_goes_and_it_ends_once(services: Services, ended: object) -> None:
    build = await begun(services, GUILD, [ADA], rival="Bread timer")
    over = await ended(services, build)  # type: ignore[operator]
    assert (over.is_running, over.rival) == (False, "")
    for act in (services.builds.join, services.builds.leave):
        with pytest.raises(BuildOver, match="Plant doctor"):
            await act(GUILD, BEN, build.id)
    for again in (baseline_there, moved_on):
        with pytest.raises(BuildOver):
            await again(services, build)
    assert await services.builds.find(GUILD, build.id) == over


async def test_the_builds_of_a_poll_come_in_their_order_and_running_ones_until_they_end(
    services: Services, clock: ManualClock
) -> None:
    first = await begun(services, GUILD, [ADA])
    other = await begun(services, GUILD, [ADA], poll_id=2)
    await moved_on(services, first)
    second = await begun(services, GUILD, [ADA])
    found = await services.database.read(builds_of, GUILD, 1)
    assert [(build.id, build.state) for build in found] == [
        (first.id, BuildState.MOVED_ON),
        (second.id, BuildState.RUNNING),
    ]
    clock.advance(days=30)
    running = await services.database.read(running_builds, GUILD)
    assert [build.id for build in running] == [other.id, second.id]


async def test_only_who_is_in_can_say_so_where_that_is_asked_for(services: Services) -> None:
    build = await begun(services, GUILD, [ADA])
    for ended in (baseline_there, moved_on):
        with pytest.raises(NotInBuild):
            await ended(services, build, by=BEN)
    assert (await baseline_there(services, build, by=ADA)).state is BuildState.THERE


@pytest.mark.parametrize(
    ("link", "error"), [("", BaselineLinkMissing), (" ", BaselineLinkMissing), ("demo", BaselineNotALink)]
)
async def test_without_a_link_a_baseline_is_not_there(
    services: Services, link: str, error: type[Exception]
) -> None:
    build = await begun(services, GUILD, [ADA])
    with pytest.raises(error):
        await baseline_there(services, build, link=link)
    assert (await services.builds.find(GUILD, build.id)).is_running
    assert await baselines(services, ADA) == []


async def test_a_baseline_counts_for_all_who_are_in_on_the_day_that_each_of_them_has(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    await services.routines.plan(GUILD, BEN, zone="Pacific/Auckland")
    build = await begun(services, GUILD, [ADA, BEN, CLEO])
    await services.builds.leave(GUILD, CLEO, build.id)
    clock.set(clock.now().replace(hour=20))
    await baseline_there(services, build)
    # Eight in the evening of Monday is Tuesday morning in Auckland.
    assert await baselines(services, ADA) == [Baseline(MONDAY, SHOWN, "Plant doctor")]
    assert await baselines(services, BEN) == [Baseline(TUESDAY, SHOWN, "Plant doctor")]
    assert await baselines(services, CLEO) == []
    assert await baselines(services, ADA, OTHER) == []


async def test_in_a_server_that_was_never_set_up_the_builds_own_day_counts(
    services: Services, clock: ManualClock
) -> None:
    build = await begun(services, GUILD, [ADA], zone="Asia/Tokyo")
    clock.set(clock.now().replace(hour=16))
    await baseline_there(services, build)
    assert await baselines(services, ADA) == [Baseline(TUESDAY, SHOWN, "Plant doctor")]


async def test_whoever_moves_on_has_nothing_to_show(services: Services) -> None:
    await moved_on(services, await begun(services, GUILD, [ADA]))
    assert await baselines(services, ADA) == []


async def test_a_wrong_link_is_put_right_for_a_day_by_those_who_built_it(
    services: Services, clock: ManualClock
) -> None:
    right = "https://right.example"
    build = await begun(services, GUILD, [ADA, BEN])
    with pytest.raises(TooLateToCorrect):
        await services.builds.correct(GUILD, ADA, build.id, right)
    await baseline_there(services, build)
    with pytest.raises(TooLateToCorrect):
        await services.builds.correct(GUILD, CLEO, build.id, right)
    with pytest.raises(BaselineNotALink):
        await services.builds.correct(GUILD, ADA, build.id, "right")
    clock.advance(hours=23)
    assert (await services.builds.correct(GUILD, BEN, build.id, right)).link == right
    assert [shown.url for shown in await baselines(services, ADA)] == [right]
    clock.advance(hours=1)
    with pytest.raises(TooLateToCorrect):
        await services.builds.correct(GUILD, ADA, build.id, SHOWN)


async def test_a_rival_is_told_until_it_is_dropped(services: Services, clock: ManualClock) -> None:
    build = await begun(services, GUILD, [ADA], rival="Bread timer")
    assert build.rival == "Bread timer"
    dropped = await services.database.write(drop_rival, GUILD, build.id, clock.now())
    assert dropped.rival == ""


async def test_evidence_joins_check_ins_and_baselines_each_link_once_the_newest_first(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    early, page = "https://early.example", "https://page.example"
    build = await begun(services, GUILD, [ADA])
    await services.checkins.report(GUILD, ADA, Entry(f"{early} and {SHOWN}"))
    clock.advance(days=1)
    await baseline_there(services, build)
    clock.advance(days=1)
    await services.checkins.report(GUILD, ADA, Entry(page, kind=KindOfWork.BUILDING))
    found = await services.database.read(evidence_of, GUILD, ADA, 10)
    assert found == [
        Evidence(page, date(2026, 3, 4), showing=False),
        Evidence(SHOWN, TUESDAY, showing=True),
        Evidence(early, MONDAY, showing=False),
    ]
    assert await services.database.read(evidence_of, GUILD, ADA, 2) == found[:2]
    assert await services.database.read(evidence_of, OTHER, ADA, 10) == []


async def test_a_baseline_that_a_later_check_in_shows_again_counts_for_that_day(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    await baseline_there(services, await begun(services, GUILD, [ADA]))
    clock.advance(days=1)
    await services.checkins.report(GUILD, ADA, Entry(f"Tidied up {SHOWN}"))
    assert await services.database.read(evidence_of, GUILD, ADA, 10) == [
        Evidence(SHOWN, TUESDAY, showing=True)
    ]
    shown = (await services.progress.figures(GUILD, ADA)).evidence
    assert [(one.day, one.url) for one in shown] == [(TUESDAY, SHOWN)]


async def test_the_progress_of_a_member_shows_their_baselines(services: Services, clock: ManualClock) -> None:
    await set_up(services)
    build = await begun(services, GUILD, [ADA, BEN])
    await services.checkins.report(GUILD, ADA, Entry("https://early.example"))
    clock.advance(days=1)
    await baseline_there(services, build)
    shown = (await services.progress.figures(GUILD, ADA)).evidence
    assert [(one.day, one.url) for one in shown] == [(TUESDAY, SHOWN), (MONDAY, "https://early.example")]
    assert [one.url for one in (await services.progress.figures(GUILD, BEN)).evidence] == [SHOWN]
    assert (await services.progress.figures(GUILD, CLEO)).evidence == []


async def test_the_look_back_links_baselines_of_those_who_agreed_to_be_named(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    for user in (ADA, CLEO):
        await services.preferences.change(GUILD, user, named=True)
    await services.checkins.report(GUILD, CLEO, Entry("https://first.example"))
    clock.advance(days=1)
    build = await begun(services, GUILD, [ADA, BEN])
    await baseline_there(services, build)
    await services.checkins.report(GUILD, ADA, Entry(f"{SHOWN} https://more.example"))

    def shown(db: sqlite3.Connection, posting_day: date) -> tuple[object, ...]:
        week = servers_week(db, GUILD, posting_day, clock.now())
        return (list(week.shown), week.more_shown) if week else ()

    # A baseline comes before what others linked earlier, and its link stands once.
    both = [Links(ADA, [SHOWN, "https://more.example"]), Links(CLEO, ["https://first.example"])]
    assert await services.database.read(shown, date(2026, 3, 5)) == (both, 0)
    # Nine days after, the week that is looked back on begins the day after the baseline.
    await services.checkins.report(GUILD, BEN, Entry("Something"))
    assert await services.database.read(shown, date(2026, 3, 11)) == ()


async def test_a_members_week_has_their_baseline_without_a_check_in(
    services: Services, clock: ManualClock
) -> None:
    await set_up(services)
    await baseline_there(services, await begun(services, GUILD, [ADA]))
    for user, links in ((ADA, [SHOWN]), (BEN, [])):
        week = await services.database.read(members_week, GUILD, user, MONDAY, clock.now())
        assert week.links == links
    next_week = await services.database.read(
        members_week, GUILD, ADA, MONDAY + timedelta(days=7), clock.now()
    )
    assert next_week.links == []


async def test_with_the_last_member_all_but_the_title_of_a_build_is_forgotten(services: Services) -> None:
    build = await begun(services, GUILD, [ADA, BEN])
    await baseline_there(services, build)
    await forget(services, ADA)
    left = await services.builds.find(GUILD, build.id)
    assert (left.members, left.text, left.link) == ((BEN,), IDEA, SHOWN)
    assert await baselines(services, ADA) == []
    assert [shown.url for shown in await baselines(services, BEN)] == [SHOWN]
    await forget(services, BEN)
    left = await services.builds.find(GUILD, build.id)
    assert (left.members, left.text, left.link) == ((), IdeaText("Plant doctor"), "")
