"""The message that shows who is in focus together, from the second who starts to the last who finishes."""

from pathlib import Path

import pytest

from bot.errors import Undeliverable
from bot.focus.deliveries import CompanyContent, EndContent
from bot.focus.rules import Company
from bot.services import Services
from tests.delivery.focus_study import (
    company,
    company_message,
    contents,
    forget,
    later,
    nothing_is_left_to_do,
    running,
    start,
    stop,
    told,
)
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study

OTHER, OTHER_CHANNEL = 2, 20


def companies_by_server(study: Study) -> dict[int, Company]:
    messages = study.messenger.of(CompanyContent)
    shown = contents(study.messenger, CompanyContent)
    return {message.place.guild_id: each.company for message, each in zip(messages, shown, strict=True)}


async def test_a_company_is_posted_when_the_second_starts_and_shows_who_until_when(study: Study) -> None:
    ada = await start(study, ADA)
    await later(study)
    assert study.messenger.messages == {}
    study.clock.advance(minutes=10)
    ben = await start(study, BEN, 25)
    await later(study)
    assert {member.user_id: member.until for member in company(study).running} == {
        ADA: ada.block.ends_at,
        BEN: ben.block.ends_at,
    }
    assert company_message(study).place.channel_id == CHANNEL


async def test_the_message_follows_as_people_join_stop_and_finish(study: Study) -> None:
    ada = await start(study, ADA, 90)
    await start(study, BEN, 25)
    await later(study)
    await later(study, minutes=10)
    await start(study, CLEO, 50)
    await later(study)
    assert running(study) == [ADA, BEN, CLEO]
    await later(study, minutes=15)  # Ben's end
    assert (running(study), company(study).finished) == ([ADA, CLEO], [BEN])
    await stop(study, ada)
    await later(study)
    assert (running(study), company(study).finished) == ([CLEO], [ADA, BEN])
    await later(study, minutes=35)  # Cleo's end
    assert running(study) == []
    assert (company(study).people, company(study).minutes) == (3, 25 + 25 + 50)
    assert await nothing_is_left_to_do(study)


async def test_a_finished_company_is_not_touched_by_later_blocks(study: Study) -> None:
    await start(study, ADA, 25)
    await start(study, BEN, 25)
    await later(study, minutes=0)
    await later(study, minutes=25)
    before = company_message(study).changes.copy()
    await start(study, CLEO)
    await later(study, minutes=50)
    assert company_message(study).changes == before
    assert company(study).people == 2


async def test_the_next_company_of_a_day_has_a_message_of_its_own(study: Study) -> None:
    for _ in range(2):
        await start(study, ADA, 25)
        await start(study, BEN, 25)
        await later(study)
        await later(study, minutes=25)
    assert [each.company.minutes for each in contents(study.messenger, CompanyContent)] == [50, 50]


async def test_a_company_that_never_ends_goes_on_in_a_new_message(study: Study) -> None:
    for turn in range(39):  # one block begins every 20 minutes
        await start(study, 1000 + turn)
        await later(study)
        await later(study, minutes=20)
    for _ in range(5):
        await later(study, minutes=20)
    shown = [each.company for each in contents(study.messenger, CompanyContent)]
    assert [each.running for each in shown] == [[], [], []]
    assert sum(each.people for each in shown) == 39
    assert sum(each.minutes for each in shown) == 39 * 50
    assert await nothing_is_left_to_do(study)


async def test_companies_of_two_servers_with_the_same_people_know_nothing_of_each_other(
    study: Study,
) -> None:
    await study.set_up(OTHER, channel_id=OTHER_CHANNEL)
    for user in (ADA, BEN):
        await start(study, user, 50)
    for user in (ADA, CLEO):
        await start(study, user, 25, guild=OTHER)
    await later(study)
    shown = companies_by_server(study)
    assert {guild: [member.user_id for member in each.running] for guild, each in shown.items()} == {
        GUILD: [ADA, BEN],
        OTHER: [ADA, CLEO],
    }
    await later(study, minutes=25)
    after = companies_by_server(study)
    assert after[GUILD] == shown[GUILD]
    assert (after[OTHER].people, after[OTHER].minutes) == (2, 50)
    assert {m.place.guild_id for m in study.messenger.of(EndContent)} == {OTHER}


@pytest.mark.parametrize("hours", [1, 24, 24 * 40])
async def test_a_company_that_ended_in_a_downtime_is_shown_as_it_ended(
    study: Study, database_path: Path, hours: int
) -> None:
    await start(study, ADA, 25)
    await start(study, BEN, 50)
    await later(study)
    await study.services.close()
    study.clock.advance(hours=hours)
    study.services = await Services.open(database_path, study.clock, openings_every=None)
    try:
        await study.services.delivery.resume()
        await later(study)
        assert told(study) == ([BEN] if hours == 1 else [])
        assert (running(study), company(study).people, company(study).minutes) == ([], 2, 75)
        assert await nothing_is_left_to_do(study)
    finally:
        await study.services.close()


async def test_a_company_that_could_not_be_shown_while_it_lasted_is_not_shown_afterwards(
    study: Study,
) -> None:
    await start(study, ADA, 25)
    await start(study, BEN, 25)
    study.clock.advance(minutes=25)
    await study.tick()
    assert study.messenger.of(CompanyContent) == []
    assert [row[1:] for row in await study.fates("company")] == [("skipped", "all had finished")]


async def test_where_the_company_is_refused_the_end_is_still_told(study: Study) -> None:
    study.messenger.fail("send", Undeliverable("I lack a right in the channel"))
    await start(study, ADA, 25)
    await start(study, BEN, 50)
    await later(study)
    await later(study, minutes=25)
    assert told(study) == [ADA]
    assert study.messenger.of(CompanyContent) == []


async def test_a_company_belongs_to_one_message_though_the_server_changes_its_zone(study: Study) -> None:
    await start(study, ADA, 50)
    await start(study, BEN, 50)
    await later(study)
    await study.set_up(zone="Pacific/Kiritimati")
    await start(study, CLEO, 25)
    await later(study)
    await later(study, minutes=50)
    assert (company(study).people, company(study).minutes) == (3, 125)


# --- forgetting


async def test_whoever_is_forgotten_disappears_from_the_company(study: Study) -> None:
    for user in (ADA, BEN, CLEO):
        await start(study, user)
    await later(study)
    await forget(study, ADA)
    await later(study)
    assert running(study) == [BEN, CLEO]
    await later(study, minutes=50)
    assert sorted(told(study)) == [BEN, CLEO]
    assert (company(study).people, company(study).minutes) == (2, 100)


async def test_a_company_of_which_one_is_left_is_taken_down_until_another_joins(study: Study) -> None:
    await start(study, ADA)
    await start(study, BEN)
    await later(study)
    await forget(study, ADA)
    await later(study)
    assert study.messenger.of(CompanyContent) == []
    await start(study, CLEO)
    await later(study)
    assert running(study) == [BEN, CLEO]


async def test_to_forget_the_last_who_is_in_focus_ends_the_company(study: Study) -> None:
    await start(study, ADA, 25)
    await start(study, BEN, 25)
    await start(study, CLEO, 90)
    await later(study)
    await later(study, minutes=25)
    await forget(study, CLEO)
    await later(study)
    assert (running(study), company(study).people, company(study).minutes) == ([], 2, 50)
    assert await nothing_is_left_to_do(study)


async def test_a_company_of_forgotten_people_has_no_part_in_that_of_others(study: Study) -> None:
    for user in (ADA, BEN):
        await start(study, user, 25)
    await later(study)
    for user in (ADA, BEN):
        await forget(study, user)
    await later(study)
    study.clock.advance(seconds=1)
    for user in (CLEO, 104):
        await start(study, user, 25)
    await later(study)
    assert running(study) == [CLEO, 104]
    assert company(study).finished == []
